"""The site: the admin, and everything else in `relations`. /healthz and /readyz are in config/middleware.py."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("relations.urls")),
]
