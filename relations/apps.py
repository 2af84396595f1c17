from django.apps import AppConfig


class RelationsConfig(AppConfig):
    """The register."""

    name = "relations"
