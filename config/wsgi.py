"""The application that a web server runs."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
try:
    application = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 - loads views and admin now, once, before the web server forks its workers
except ImproperlyConfigured as error:
    sys.exit(f"dyad: {error}")
