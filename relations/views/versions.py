"""The versions of a record: the changes of each, and the record as it was in one of them."""

from typing import Any

from django.http import Http404, HttpRequest

from relations.versions import versions_of
from relations.views.records import PublicDetail

MOST = 100  # versions, the latest ones


class Versions(PublicDetail):
    """The changes of a record since it became public."""

    template_name = "relations/versions.html"
    below = "versions/"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = versions_of(self.object)
        before = [None, *versions]  # the first version has no previous one to compare with
        steps = [(version, last and version.since(last)) for version, last in zip(versions, before, strict=False)]
        return super().get_context_data(steps=steps[::-1][:MOST], is_cut=len(steps) > MOST, **kwargs)


class AsOfVersion(PublicDetail):
    """A record as it was in one version, with its parts and its evidence."""

    template_name = "relations/as_of_version.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.below = f"versions/{self.kwargs['number']}/"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = [version for version in versions_of(self.object) if version.number == self.kwargs["number"]]
        if not found:
            raise Http404
        parts = [(name, [row.items() for row in rows]) for name, rows in found[0].parts.items() if rows]
        return super().get_context_data(version=found[0], facts=found[0].facts.items(), parts=parts, **kwargs)
