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

PROBES = ("/healthz", "/readyz")  # these answer at the top, too: a prober need not know where the site is


def below(path: str, site: Application) -> Application:
    """The site as the server runs it below a path, whether the server cuts the path off or not."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        asked = environ.get("PATH_INFO", "")
        if environ.get("SCRIPT_NAME") == path or asked in PROBES:
            return site(environ, start_response)
        if f"{asked}/".startswith(f"{path}/"):
            environ |= {"SCRIPT_NAME": path, "PATH_INFO": asked.removeprefix(path)}  # the server logs it, too
            return site(environ, start_response)
        start_response("404 Not Found", [("Content-Type", "text/plain"), ("X-Content-Type-Options", "nosniff")])
        return [f"This site is at {path}/\n".encode()]

    return application


gc.disable()  # nothing that is loaded is thrown away: looking for it takes a fifth of the time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
try:
    site = get_wsgi_application()
    application = PageCache(below(settings.SCRIPT_NAME, site) if settings.SCRIPT_NAME else site)
    get_resolver().url_patterns  # noqa: B018 - loads views and admin now, once, before the web server forks its workers
except ImproperlyConfigured as error:
    sys.exit(f"dyad: {error}")
gc.freeze()  # nor is it later, in any of the workers, which have it in common
gc.set_threshold(20_000)  # objects more than before; a page makes some thousand, and lets go of nearly all by itself
gc.enable()
