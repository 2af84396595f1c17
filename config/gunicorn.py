"""gunicorn's configuration, for `manage.py serve`, the container and `python -m config.gunicorn --bind …` alike."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.logs import LOGGING

wsgi_app = "config.wsgi"
worker_class = "gthread"
threads = 4
preload_app = True  # a setting that is missing stops the master in one line, instead of every worker for ever
secure_scheme_headers: dict[str, str] = {}  # Django alone decides whom to believe: TRUSTED_PROXY
forwarder_headers = ""
control_socket_disable = True
logconfig_dict = LOGGING

# One connection a thread, kept open. Commands and tests read no gunicorn configuration and so have no pool.
os.environ.setdefault("DATABASE_POOL_SIZE", str(threads))

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
try:
    workers = settings.WEB_CONCURRENCY
except ImproperlyConfigured as error:
    sys.exit(f"dyad: {error}")


def post_fork(server: Any, worker: Any) -> None:
    """gunicorn would cut SCRIPT_NAME off and fail outside it; config/wsgi.py has read it, for every server alike."""
    os.environ.pop("SCRIPT_NAME", None)


if __name__ == "__main__":  # gunicorn's own program reads WEB_CONCURRENCY before it comes here
    from gunicorn.app.wsgiapp import run

    sys.argv[1:1] = ["--config", __file__]
    run()
