"""What programs come for: the map of the site, what robots may ask, and what was published or changed of late."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import capfirst
from django.views.generic import TemplateView, View

from relations.addresses import COUNTRIES, RECORDS, THINGS
from relations.models import Country, Entry, Record
from relations.parameters import CursorField, StrictForm, quoted
from relations.views.base import StrictView
from relations.views.links import address
from relations.views.pages import latest_changes
from relations.wording import heading

PAGES = (
    *("home", "chronology", "everything", "figure-list", "comparison", "network", "codebook", "data", "api", "about"),
    *(f"{model._meta.model_name}-list" for model in (*THINGS.values(), *RECORDS.values())),
)
CHUNK = 2000  # addresses in one part of the map
LATEST = 50  # changes in the feed


@dataclass(frozen=True)
class Section:
    """A collection of the map: its public rows, and the column of their numbers, by which it is cut into parts."""

    collection: str
    rows: Callable[[], QuerySet]
    number: str = "pk"

    @property
    def path(self) -> str:
        return reverse("sitemap-section", args=[self.collection])

    def parts(self) -> list[str]:
        """The address of each part of the section: the rows of so many numbers each, without counting them."""
        numbers = self.rows().values_list(self.number, flat=True)
        first, last = (numbers.order_by(order).first() for order in (self.number, f"-{self.number}"))
        if first is None or last is None:
            return [self.path]
        ends = range(first - 1, last, CHUNK)
        return [address(self.path, [("after", str(end))] if end else []) for end in ends]

    def addresses(self, after: int) -> Iterable[tuple[str, Any]]:
        """The paths of a part, those of records with the time of their last change."""
        some = {f"{self.number}__gt": after, f"{self.number}__lte": after + CHUNK}
        for row in self.rows().filter(**some).order_by(self.number):
            yield row.get_absolute_url(), row.changed_at if isinstance(row, Entry) else None


def numbered_countries() -> QuerySet:
    """Public countries, of which there are a few hundred, numbered in the order of their codes."""
    return Country.objects.public().annotate(number=Window(RowNumber(), order_by="code"))


def entries_of(model: type[Record]) -> QuerySet:
    """An entry for each record of a type, with what the map says of it."""
    return Entry.objects.leading(model).only("record_id", "collection", "side", "slug", "changed_at")


SECTIONS = {
    COUNTRIES: Section(COUNTRIES, numbered_countries, "number"),
    **{name: Section(name, model.objects.public) for name, model in THINGS.items() if name != COUNTRIES},
    **{name: Section(name, partial(entries_of, model), "record_id") for name, model in RECORDS.items()},
}


class SitemapIndex(TemplateView):
    """The parts of the map of the site."""

    template_name = "relations/sitemap_index.xml"
    content_type = "application/xml"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paths = [reverse("sitemap-pages"), *(path for section in SECTIONS.values() for path in section.parts())]
        return super().get_context_data(urls=map(self.request.build_absolute_uri, paths), **kwargs)


class Sitemap(StrictView, TemplateView):
    """A part of the map: the pages that stand alone, or rows of one collection."""

    template_name = "relations/sitemap.xml"
    content_type = "application/xml"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        absolute = self.request.build_absolute_uri
        urls = [(absolute(path), changed_at) for path, changed_at in self.addresses(**self.kwargs)]
        return super().get_context_data(urls=urls, **kwargs)

    def addresses(self, collection: str = "") -> list[tuple[str, Any]]:
        """The paths of the part that is asked for."""
        if not collection:
            return [(reverse(name), None) for name in PAGES]
        if collection not in SECTIONS:
            raise Http404
        after = SitemapForm(self.request.GET).check()["after"]
        return list(SECTIONS[collection].addresses(int(after or 0)))


class SitemapForm(StrictForm):
    """Which part of a section is asked for."""

    after = CursorField("After")

    def contradictions(self) -> Iterator[tuple[str, str]]:
        yield from super().contradictions()
        if not re.fullmatch("[0-9]{0,18}", self.cleaned_data["after"] or ""):
            yield "after", f"{quoted(self.cleaned_data['after'])} is no place in this map. Leave it out."


class Robots(TemplateView):
    """What robots may ask: every page, and no list in every order."""

    template_name = "relations/robots.txt"
    content_type = "text/plain; charset=utf-8"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        home = reverse("home")
        sitemap = self.request.build_absolute_uri(reverse("sitemap"))
        return super().get_context_data(home=home, sitemap=sitemap, **kwargs)


class Changes(View):
    """The records that were published or changed last, as an Atom feed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        register, absolute = settings.REGISTER, request.build_absolute_uri
        feed = Atom1Feed(
            title=f"{register.title}: latest changes",
            link=absolute(reverse("home")),
            description="",
            feed_url=absolute(reverse("changes")),
            author_name=f"The {register.title} contributors",
            feed_copyright=register.licence or None,
            language="en",
        )
        for record in latest_changes(LATEST):
            url = absolute(record.get_absolute_url())
            feed.add_item(
                title=heading(record),
                link=url,
                unique_id=url,
                description=f"{capfirst(record._meta.verbose_name)}, version {record.version}.",
                pubdate=record.published_at,
                updateddate=record.changed_at,
            )
        return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
