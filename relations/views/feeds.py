"""Sitemap, robots.txt, and the feed of latest changes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import capfirst
from django.views.generic import TemplateView

from relations.addresses import RECORDS, THINGS
from relations.exchange import codebook
from relations.models import Entry, Record, Tally
from relations.parameters import CursorField, StrictForm
from relations.phrasing import hedges, read_hedges
from relations.text import quoted
from relations.views.base import NoParameters, PlainView, StrictView
from relations.views.links import address
from relations.views.pages import latest_changes
from relations.wording import heading

PAGES = (
    *("home", "chronology", "everything", "figure-list", "comparison", "network", "codebook", "data", "api", "about"),
    *(f"{model._meta.model_name}-list" for model in (*THINGS.values(), *RECORDS.values())),
)
CHUNK = 2000  # URLs in one part of the sitemap
LATEST = 50  # entries in the feed


@dataclass(frozen=True)
class Section:
    """A collection in the sitemap, in parts of CHUNK rows; a part is named by the number of public rows before it.

    Primary keys would reveal how many rows are not public.
    """

    collection: str
    model: Any

    def rows(self) -> QuerySet:
        """Its public rows; for records slug and time of change from their entries, in the order of a covering index."""
        if issubclass(self.model, Record):
            return Entry.objects.leading(self.model).order_by("changed_at", "slug").values_list("slug", "changed_at")
        public: QuerySet = self.model.objects.public().order_by("pk")
        return public

    def parts(self, records: dict[str, int]) -> list[str]:
        """The path of each part; `records` has the number of public records by type."""
        number = records.get(self.collection, 0) if issubclass(self.model, Record) else self.rows().count()
        path = reverse("sitemap-section", args=[self.collection])
        return [address(path, [("after", str(n))] if n else []) for n in range(0, number or 1, CHUNK)]

    def addresses(self, after: int) -> Iterator[tuple[str, Any]]:
        """The paths of a part; for records with the time of their last change, else with None."""
        for row in self.rows()[after : after + CHUNK]:
            if issubclass(self.model, Record):
                slug, changed_at = row
                yield self.model(slug=slug).get_absolute_url(), changed_at
            else:
                yield row.get_absolute_url(), None


SECTIONS = {name: Section(name, model) for name, model in (THINGS | RECORDS).items()}


class SitemapIndex(PlainView, TemplateView):
    """The index of the parts of the sitemap."""

    template_name = "relations/sitemap_index.xml"
    content_type = "application/xml"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        records = Tally.objects.known_under("")
        paths = [reverse("sitemap-pages"), *(path for section in SECTIONS.values() for path in section.parts(records))]
        return super().get_context_data(urls=map(self.request.build_absolute_uri, paths), **kwargs)


class Sitemap(StrictView, TemplateView):
    """A part of the sitemap: the static pages, or rows of one collection."""

    template_name = "relations/sitemap.xml"
    content_type = "application/xml"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        absolute = self.request.build_absolute_uri
        urls = [(absolute(path), changed_at) for path, changed_at in self.addresses(**self.kwargs)]
        return super().get_context_data(urls=urls, **kwargs)

    def addresses(self, collection: str = "") -> list[tuple[str, Any]]:
        """The paths of the requested part with their times of change; Http404 for an unknown collection."""
        if not collection:
            NoParameters(self.request.GET).check()
            of_codebook = (("codebook-table", codebook.tables()), ("closed-list", codebook.LISTS))
            explained = [reverse(of, args=[name]) for of, names in of_codebook for name in names]
            return [(path, None) for path in (*map(reverse, PAGES), *explained)]
        if collection not in SECTIONS:
            raise Http404
        after = SitemapForm(self.request.GET).check()["after"]
        return list(SECTIONS[collection].addresses(int(after or 0)))


class SitemapForm(StrictForm):
    """The parameter of a part: the number of rows before it."""

    after = CursorField("After")

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        if not re.fullmatch("[0-9]{0,18}", self.cleaned_data["after"] or ""):
            yield "after", f"{quoted(self.cleaned_data['after'])} is no place in this map. Leave it out."


class Robots(PlainView, TemplateView):
    """The file robots.txt, which excludes lists with parameters."""

    template_name = "relations/robots.txt"
    content_type = "text/plain; charset=utf-8"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        home = reverse("home")
        sitemap = self.request.build_absolute_uri(reverse("sitemap"))
        return super().get_context_data(home=home, sitemap=sitemap, **kwargs)


class Changes(PlainView):
    """The records that were published or changed last, as an Atom feed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        register, absolute = settings.REGISTER, request.build_absolute_uri
        feed = Atom1Feed(
            title=f"{register.title}: latest changes",
            link=absolute(reverse("home")),
            description="",
            feed_url=absolute(reverse("changes")),
            author_name=f"The {register.title} contributors",
            feed_copyright=register.licence_of_many or None,
            language="en",
        )
        records = latest_changes(LATEST)
        read_hedges(records)
        for record in records:
            url = absolute(record.get_absolute_url())
            details = [f"{capfirst(record._meta.verbose_name)}, version {record.version}"]
            details += [f"{of}: {modality.label.lower()}" for of, modality in hedges(record)]
            feed.add_item(
                title=heading(record),
                link=url,
                unique_id=url,
                description=f"{'; '.join(details)}.",
                pubdate=record.published_at,
                updateddate=record.changed_at,
            )
        return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
