"""The URLs of the public site and the API."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from relations.addresses import COUNTRIES, RELATIONS
from relations.api import views as api
from relations.api.reconcile import Reconcile
from relations.exchange.columns import collection_of
from relations.exchange.exports import CSV, TYPES
from relations.exchange.layouts import LAYOUTS, Layout
from relations.exchange.tidy import TIDY, Tidy
from relations.models.vocabularies import Collection
from relations.views import (
    across,
    compare,
    dossiers,
    feeds,
    files,
    lists,
    look,
    pages,
    records,
    search,
    sources,
    things,
)
from relations.views.formats import FORMATS
from relations.views.network import TransferNetwork
from relations.views.released import AsReleased, ReleaseFile
from relations.views.versions import AsOfVersion, Versions


def files_of(folder: str, model: str, list_view: Any) -> list[URLPattern]:
    """The URLs of a list as a file, one for each format."""
    return [path(f"{folder}.{form}", list_view.as_view(file_format=form), name=f"{model}-{form}") for form in TYPES]


def references_of(folder: str, list_view: Any) -> list[URLPattern]:
    """The URLs of the reference to a list, one for each format."""
    return [path(f"{folder}.cite.{form.ending}", list_view.as_view(cited_in=form)) for form in FORMATS]


def parts_of(tidy: Tidy) -> list[URLPattern]:
    """The URLs of a table of parts as a file, one for each format."""
    list_view = lists.LISTS[collection_of(tidy.owner_model)] if tidy.owner else None
    return [
        path(
            f"{tidy.name}.{form}",
            files.TidyFile.as_view(tidy=tidy, of_all=list_view, file_format=form),
            name=f"{tidy.name}-{form}",
        )
        for form in TYPES
    ]


def layout_of(layout: Layout) -> URLPattern:
    """The URL of a list as a CSV file in the columns of another register."""
    view = files.LayoutFile.as_view(layout=layout, of_all=lists.LISTS[layout.collection], file_format=CSV)
    return path(f"{layout.name}.csv", view, name=f"{layout.name}-csv")


def versions_of(folder: str, model: str, queryset: Any) -> list[URLPattern]:
    """The URLs of the public versions of a record."""
    return [
        path(f"{folder}/<str:key>/versions/", Versions.as_view(queryset=queryset), name=f"{model}-versions"),
        path(
            f"{folder}/<str:key>/versions/<int:number>/",
            AsOfVersion.as_view(queryset=queryset),
            name=f"{model}-version",
        ),
    ]


def collection(
    folder: str, model: str, list_view: type[lists.FilteredList], detail_view: type[records.ReferencedDetail]
) -> list[URLPattern]:
    """The URLs of a type: its list as a page, files and JSON, the pages of its rows, and references to both.

    `folder` is the first part of the path, `model` the first part of the URL names.
    """
    return [
        path(f"{folder}/", list_view.as_view(), name=f"{model}-list"),
        *files_of(folder, model, list_view),
        *references_of(folder, list_view),
        path(
            f"{folder}/<str:key>@<str:version>/",
            AsReleased.as_view(model=list_view.queryset.model),
            name=f"{model}-as-released",
        ),
        path(f"{folder}/<str:key>/", detail_view.as_view(), name=f"{model}-detail"),
        path(
            f"{folder}/<str:key>.json",
            api.One.as_view(collection=folder, name=f"{model}-as-json"),
            name=f"{model}-as-json",
        ),
        path(f"api/v1/{folder}/", api.Listed.as_view(of_all=list_view), name=f"api-{model}-list"),
        path(
            f"api/v1/{folder}/<str:key>/", api.One.as_view(collection=folder, name=f"api-{model}"), name=f"api-{model}"
        ),
        *(path(f"{folder}/<str:key>/cite.{form.ending}", detail_view.as_view(cited_in=form)) for form in FORMATS),
        *(versions_of(folder, model, detail_view.queryset) if issubclass(detail_view, records.RecordDetail) else ()),
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.Home.as_view(), name="home"),
    *collection(COUNTRIES, "country", lists.CountryList, things.CountryDetail),
    *collection(RELATIONS, "relation", lists.RelationList, things.RelationDetail),
    *collection(Collection.ACTORS, "actor", lists.ActorList, things.ActorDetail),
    *collection(Collection.PERIODS, "relationperiod", lists.RelationPeriodList, records.RelationPeriodDetail),
    *collection(Collection.MISSIONS, "mission", lists.MissionList, records.MissionDetail),
    *collection(Collection.EVENTS, "event", lists.EventList, records.EventDetail),
    *collection(Collection.TRANSFERS, "armstransfer", lists.ArmsTransferList, records.ArmsTransferDetail),
    *collection(Collection.OBSERVATIONS, "observation", lists.ObservationList, records.ObservationDetail),
    *collection(Collection.SOURCES, "source", lists.SourceList, sources.SourceDetail),
    path("sources/<str:key>/<str:ref>/", sources.PassageDetail.as_view(), name="passage-detail"),
    path("relations/<str:key>/dossier/", dossiers.RelationDossier.as_view(), name="relation-dossier"),
    path("countries/<str:key>/dossier/", dossiers.CountryDossier.as_view(), name="country-dossier"),
    path("compare/", compare.Comparison.as_view(), name="comparison"),
    path("compare/<path:pairs>/", compare.Compare.as_view(), name="compare"),
    path("figures/", across.FigureList.as_view(), name="figure-list"),
    *files_of("figures", "figure", across.FigureList),
    *references_of("figures", across.FigureList),
    *(url for tidy in TIDY if tidy.has_file for url in parts_of(tidy)),
    *files_of("dyad-years", "dyad-year", files.DyadYears),
    *files_of("country-years", "country-year", files.CountryYears),
    *(layout_of(layout) for layout in LAYOUTS),
    path("diplomatic-exchange.csv", files.ExchangeFile.as_view(file_format=CSV), name="diplomatic-exchange-csv"),
    path("releases/<str:version>/<str:name>", ReleaseFile.as_view(), name="release-file"),
    path("api/", api.Handbook.as_view(), name="api"),
    path("api/v1/openapi.json", api.Description.as_view(), name="api-description"),
    path("api/v1/figures/", api.FiguresListed.as_view(), name="api-figure-list"),
    path("api/v1/reconcile/", Reconcile.as_view(), name="api-reconcile"),
    path("network/", TransferNetwork.as_view(), name="network"),
    path("everything/", across.Everything.as_view(), name="everything"),
    *references_of("everything", across.Everything),
    path("chronology/", pages.Chronology.as_view(), name="chronology"),
    path("search/", search.Search.as_view(), name="search"),
    path("codebook/", pages.Codebook.as_view(), name="codebook"),
    path("codebook/lists/", pages.ClosedLists.as_view(), name="closed-lists"),
    path("codebook/<str:name>/", pages.CodebookTable.as_view(), name="codebook-table"),
    path("codebook/lists/<str:name>/", pages.ClosedList.as_view(), name="closed-list"),
    path("data/", pages.Data.as_view(), name="data"),
    path("about/", pages.About.as_view(), name="about"),
    path("changes.atom", feeds.Changes.as_view(), name="changes"),
    path("robots.txt", feeds.Robots.as_view(), name="robots"),
    path("sitemap.xml", feeds.SitemapIndex.as_view(), name="sitemap"),
    path("sitemap/pages.xml", feeds.Sitemap.as_view(), name="sitemap-pages"),
    path("sitemap/<str:collection>.xml", feeds.Sitemap.as_view(), name="sitemap-section"),
    path("favicon.ico", look.Icon.as_view(), name="icon"),
    path("register.css", look.StyleSheet.as_view(), name="register-css"),
    path("logo", look.Logo.as_view(), name="logo"),
]
