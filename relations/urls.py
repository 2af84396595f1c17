"""The public addresses."""

from django.urls import URLPattern, URLResolver, path

from relations.addresses import COUNTRIES, RELATIONS
from relations.models.vocabularies import Collection
from relations.views import lists, pages, records, things


def collection(
    of: str, model: str, of_all: type[lists.FilteredList], of_one: type[records.PublicDetail]
) -> list[URLPattern]:
    """The addresses of a type: its list, the list as a file, and the page of one row."""
    return [
        path(f"{of}/", of_all.as_view(), name=f"{model}-list"),
        path(f"{of}.csv", of_all.as_view(is_file=True), name=f"{model}-csv"),
        path(f"{of}/<str:key>/", of_one.as_view(), name=f"{model}-detail"),
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
    *collection(Collection.SOURCES, "source", lists.SourceList, things.SourceDetail),
    path("sources/<str:key>/<str:ref>/", things.PassageDetail.as_view(), name="passage-detail"),
    path("chronology/", pages.Chronology.as_view(), name="chronology"),
    path("search/", pages.Search.as_view(), name="search"),
    path("codebook/", pages.Codebook.as_view(), name="codebook"),
    path("data/", pages.Data.as_view(), name="data"),
    path("about/", pages.About.as_view(), name="about"),
]
