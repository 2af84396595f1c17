"""Releases: their files, and records as they were in a release."""

from collections.abc import Iterable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from relations.addresses import RELATIONS, pair_of
from relations.exchange import archives
from relations.exchange.column import Column
from relations.exchange.columns import collection_of, key_of
from relations.exchange.releases import Release, release_of
from relations.exchange.tidy import TIDY
from relations.views.base import PlainView

A_DAY = 24 * 60 * 60


def release_or_404(version: str) -> Release:
    """The release with this version; raises Http404 if there is none."""
    release = release_of(version)
    if release is None:
        raise Http404
    return release


@method_decorator(cache_control(public=True, max_age=A_DAY), name="dispatch")
class ReleaseFile(PlainView):
    """A file of a release, which never changes."""

    def get(self, request: HttpRequest, version: str, name: str) -> FileResponse:
        release = release_or_404(version)
        if name not in release.sha256:
            raise Http404
        headers = {"Access-Control-Allow-Origin": "*"}
        return FileResponse((release.folder / name).open("rb"), as_attachment=True, filename=name, headers=headers)


@method_decorator(cache_control(public=True, max_age=A_DAY), name="dispatch")
class AsReleased(PlainView, TemplateView):
    """A record or thing as it was in a release, with its parts and its evidence."""

    template_name = "relations/as_released.html"
    model: Any = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release, key = release_or_404(kwargs["version"]), kwargs["key"]
        collection = collection_of(self.model)
        wanted = pair_of(key) if collection == RELATIONS else {key_of(self.model)[0].name: key}
        with archives.opened(release.archive) as archive:
            found = archives.rows(archive, collection, **wanted) if wanted else []
            if not found:
                raise Http404
            parts = [
                (tidy.name.replace("-", " "), tidy.own, archives.rows(archive, tidy.name, **{tidy.owner: key}))
                for tidy in TIDY
                if tidy.has_file and tidy.owner and tidy.owner_model is self.model
            ]
            evidence = next(tidy for tidy in TIDY if not tidy.owner)
            parts.append(
                ("citations", evidence.own, archives.rows(archive, "citations", collection=collection, slug=key))
            )
        filled = [(name, [stated(row, own) for row in rows]) for name, own, rows in parts if rows]
        facts = [(name, value) for name, value in found[0].items() if value is not None]
        return super().get_context_data(
            release=release, path=f"{collection}/{key}", facts=facts, parts=filled, **kwargs
        )


def stated(row: dict[str, Any], columns: Iterable[Column]) -> list[tuple[str, Any]]:
    """The names and values of the columns that are not null."""
    return [(column.name, row[column.name]) for column in columns if row[column.name] is not None]
