"""The desk among Django's sites: what it lists first."""

from typing import Any

from axes.apps import AppConfig
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from tablib.formats import registry

# django-import-export asks each of these formats whether it is there, which loads openpyxl and PyYAML before the first
# page; files have formats of our own (relations/exchange/sheets.py).
for kind in ("xlsx", "yaml"):
    registry._formats.pop(kind, None)


class Desk(AdminSite):
    """The models of the register before those of users and log-ins, on the first page and in the side bar."""

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: (app["app_label"] != "relations", app["name"]))


class DeskConfig(AdminConfig):
    """Django's admin, with the desk for its site."""

    default_site = "config.desk.Desk"


class LogInsConfig(AppConfig):
    """The library that counts failed log-ins, by what it holds and not by its own name."""

    verbose_name = "Log-ins"
