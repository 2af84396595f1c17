"""Logging in to the desk, and the lockout of addresses that guess passwords."""

from datetime import datetime
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME, get_user_model
from django.contrib.auth.forms import UsernameField
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.timezone import now

from config import errors
from config.visitors import address_in

NO_PAGES = ("logout", "autocomplete", "jsi18n", "process_import")  # names of admin URLs that are not pages


class SignInForm(AdminAuthenticationForm):
    """Django's form with a maximum length: it would query the database for names that no account can have."""

    username = UsernameField(
        max_length=get_user_model()._meta.get_field("username").max_length,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


admin.site.login_form = SignInForm


def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The login page of the admin; drops the parameter `next` unless it is a page of the desk."""
    for method in ("GET", "POST"):
        parameters = getattr(request, method)
        if REDIRECT_FIELD_NAME in parameters and not is_of_the_desk(parameters[REDIRECT_FIELD_NAME]):
            parameters = parameters.copy()
            del parameters[REDIRECT_FIELD_NAME]
            setattr(request, method, parameters)
    return admin.site.login(request)


def is_of_the_desk(address: str) -> bool:
    """Whether a URL is a page of this site's admin."""
    try:
        parts = urlsplit(address)
        page = resolve(f"/{parts.path.removeprefix(get_script_prefix())}")
    except (ValueError, Resolver404):
        return False
    is_page = page.url_name is not None and not page.url_name.endswith(NO_PAGES)
    return not (parts.scheme or parts.netloc) and page.namespaces == ["admin"] and is_page


def address_of(request: HttpRequest) -> str | None:
    """The address that failures are counted by: for IPv6 the /64 network, all of which one visitor may use."""
    address = address_in(request.META.get("REMOTE_ADDR", ""))
    if address and address.version == 6:
        address = ip_network((address, 64), strict=False).network_address
    return str(address) if address else None


class Guesses(AxesDatabaseHandler):
    """Counts failures by user name and address, and by address alone for all names together."""

    def get_failures(self, request: Any, credentials: dict | None = None) -> int:
        """The larger of both counts, that of the address shifted so that AXES_FAILURE_LIMIT is the limit of either."""
        of_address = sum(of_this_address(request).values_list("failures_since_start", flat=True))
        return max(
            super().get_failures(request, credentials),
            of_address - settings.FAILURES_OF_ADDRESS + settings.AXES_FAILURE_LIMIT,
        )


def of_this_address(request: Any) -> QuerySet:
    """The attempts of this address that still count; none for visitors at a Unix socket, who have no address."""
    attempts = AccessAttempt.objects.filter(attempt_time__gt=request.axes_attempt_time - settings.AXES_COOLOFF_TIME)
    return attempts.filter(ip_address=request.axes_ip_address) if request.axes_ip_address else attempts.none()


def ends_at(attempts: QuerySet, limit: int) -> datetime | None:
    """When the number of failures falls below the limit again; None if it is below already."""
    failures = 0
    for number, at in attempts.order_by("-attempt_time").values_list("failures_since_start", "attempt_time"):
        failures += number
        if failures >= limit:
            return at + settings.AXES_COOLOFF_TIME
    return None


def locked_out(request: Any, response: HttpResponseBase, credentials: dict | None) -> HttpResponse:
    """The page for a visitor who is locked out, with the time when the lockout ends."""
    name = (credentials or {}).get("username") or request.POST.get("username", "")
    of_address = of_this_address(request)
    ends = [
        ends_at(of_address.filter(username=name), settings.AXES_FAILURE_LIMIT),
        ends_at(of_address, settings.FAILURES_OF_ADDRESS),
    ]
    until = max((end for end in ends if end), default=now() + settings.AXES_COOLOFF_TIME)
    seconds = max(round((until - now()).total_seconds()), 1)
    return errors.page(429, retry_after=seconds, until=until)
