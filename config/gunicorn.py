"""gunicorn's configuration, for `manage.py serve` and for the container alike."""

import os
from typing import Any

from config.logs import LOGGING

wsgi_app = "config.wsgi"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # a setting that is missing stops the master in one line, instead of every worker for ever
secure_scheme_headers: dict[str, str] = {}  # Django alone decides whom to believe: TRUSTED_PROXY
forwarder_headers = ""
control_socket_disable = True


def post_fork(server: Any, worker: Any) -> None:
    """gunicorn would cut SCRIPT_NAME off and fail outside it; config/wsgi.py has read it, for every server alike."""
    os.environ.pop("SCRIPT_NAME", None)


# One connection a thread, kept open. Commands and tests read no gunicorn configuration and so have no pool.
os.environ.setdefault("DATABASE_POOL_SIZE", str(threads))

logconfig_dict = LOGGING
