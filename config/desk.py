"""The desk as Django's `AdminSite`: the order of its apps."""

from typing import Any

from axes.apps import AppConfig
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from tablib.formats import registry

# django-import-export checks whether each of these formats is available, which loads openpyxl and PyYAML before the
# first page. Files have formats of our own (relations/exchange/sheets.py).
for kind in ("xlsx", "yaml"):
    registry._formats.pop(kind, None)


class Desk(AdminSite):
    """Lists the models of the register before those of users and log-ins, on the first page and in the side bar."""

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: (app["app_label"] != "relations", app["name"]))


class DeskConfig(AdminConfig):
    """Django's admin with `Desk` as the default site."""

    default_site = "config.desk.Desk"


class LogInsConfig(AppConfig):
    """django-axes under a name that says what it contains."""

    verbose_name = "Log-ins"
