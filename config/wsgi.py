"""The application that a web server runs."""

import gc
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config.page_cache import Application, PageCache

PROBES = ("/healthz", "/readyz")  # also answered at the top of the host: a probe need not know the path of the site


def below(path: str, site: Application) -> Application:
    """The WSGI application below a URL path, whether the server strips the path or not."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        requested = environ.get("PATH_INFO", "")
        if environ.get("SCRIPT_NAME") == path or requested in PROBES:
            return site(environ, start_response)
        if f"{requested}/".startswith(f"{path}/"):
            environ |= {"SCRIPT_NAME": path, "PATH_INFO": requested.removeprefix(path)}  # the access log reads both
            return site(environ, start_response)
        start_response("404 Not Found", [("Content-Type", "text/plain"), ("X-Content-Type-Options", "nosniff")])
        return [f"This site is at {path}/\n".encode()]

    return application


gc.disable()  # the modules loaded here leave no garbage: collecting would take a fifth of the start
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
try:
    site = get_wsgi_application()
    application = PageCache(below(settings.SCRIPT_NAME, site) if settings.SCRIPT_NAME else site)
    get_resolver().url_patterns  # noqa: B018 - loads views and admin now, once, before the web server forks its workers
except ImproperlyConfigured as error:
    sys.exit(f"dyad: {error}")
gc.freeze()  # nor is it scanned later in the workers, which share this memory
gc.set_threshold(20_000)  # new objects; a page makes some thousand, nearly all of which are freed without the collector
gc.enable()
