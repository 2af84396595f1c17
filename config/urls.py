"""The URLs of the site: the admin, and those of `relations`. /healthz and /readyz are in config/middleware.py."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from config import accounts
from relations.admin import boxes, changes, checkup, home, work

urlpatterns = [
    # Replaces the admin's “view on site”, which would reveal the slug of a draft to people without permission. The desk
    # links to public pages itself.
    path("admin/r/<path:of_anything>", RedirectView.as_view()),
    path("admin/login/", accounts.sign_in),
    path("admin/", home.index),
    path("admin/reading/", boxes.reading, name="reading"),
    path("admin/records/", work.records, name="desk-records"),
    path("admin/changes/", changes.feed, name="desk-changes"),
    path("admin/checks/", checkup.checks, name="desk-checks"),
    path("admin/", admin.site.urls),
    path("", include("relations.urls")),
]

handler400 = "config.errors.bad_request"
handler403 = "relations.admin.forbidden.page"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
