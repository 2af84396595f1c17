"""gunicorn's configuration, for `manage.py serve`, the container and `python -m config.gunicorn --bind …` alike."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.limits import DOWNLOADS, PAGES
from config.logs import LOGGING

wsgi_app = "config.wsgi"
worker_class = "config.worker.Worker"
threads = PAGES + DOWNLOADS
preload_app = True  # a missing setting stops the master with one line; else workers would be restarted for ever
control_socket_disable = True
logconfig_dict = LOGGING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
try:
    workers = settings.WEB_CONCURRENCY
except ImproperlyConfigured as error:
    sys.exit(f"dyad: {error}")

if __name__ == "__main__":  # gunicorn's own command reads WEB_CONCURRENCY before it loads this file
    from gunicorn.app.wsgiapp import run

    sys.argv[1:1] = ["--config", __file__]
    run()
