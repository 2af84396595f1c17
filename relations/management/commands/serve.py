import socket
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from gunicorn.app.base import Application


class Site(Application):
    """gunicorn with our configuration, in this process, so that Django is loaded only once."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def load_config(self) -> None:
        self.load_config_from_file(str(settings.BASE_DIR / "config" / "gunicorn.py"))
        self.cfg.set("bind", self.address)

    def load(self) -> Any:
        from config.wsgi import application  # noqa: PLC0415 - it finds the static files when it is imported

        return application


class Command(BaseCommand):
    help = "Prepare this checkout and serve it on this machine as visitors will see it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, port: int, **options: Any) -> None:
        self._refuse_port_in_use(port)
        call_command("prepare", stdout=self.stdout)
        self._refuse_port_in_use(port)  # again: a first start takes minutes, in which another process may take the port
        site = f"http://127.0.0.1:{port}{settings.SCRIPT_NAME}"
        self.stdout.write(f"Serving {site}/ and {site}/admin/ (Ctrl-C stops)")
        self.stdout.flush()
        Site(f"127.0.0.1:{port}").run()

    def _refuse_port_in_use(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError) as error:
                reason = getattr(error, "strerror", None) or error
                raise CommandError(f"Port {port} cannot be used ({reason}). Choose another: make run PORT=…") from None
