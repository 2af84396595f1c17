"""The public addresses."""

from django.urls import URLPattern, URLResolver, path

from relations.addresses import COUNTRIES, RELATIONS
from relations.models.vocabularies import Collection
from relations.views import lists, pages, records, things


def collection(of: str, model: str, of_all: type[lists.FilteredList], of_one: type[records.Page]) -> list[URLPattern]:
    """The list of a type, its file, and the page of one."""
    return [
        path(f"{of}/", of_all.as_view(), name=f"{model}-list"),
        path(f"{of}.csv", of_all.as_view(is_file=True), name=f"{model}-csv"),
        path(f"{of}/<str:key>/", of_one.as_view(), name=f"{model}-detail"),
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.Home.as_view(), name="home"),
    *collection(COUNTRIES, "country", lists.CountryList, things.CountryPage),
    *collection(RELATIONS, "relation", lists.RelationList, things.RelationPage),
    *collection(Collection.ACTORS, "actor", lists.ActorList, things.ActorPage),
    *collection(Collection.PERIODS, "relationperiod", lists.RelationPeriodList, records.RelationPeriodPage),
    *collection(Collection.MISSIONS, "mission", lists.MissionList, records.MissionPage),
    *collection(Collection.EVENTS, "event", lists.EventList, records.EventPage),
    *collection(Collection.TRANSFERS, "armstransfer", lists.ArmsTransferList, records.ArmsTransferPage),
    *collection(Collection.OBSERVATIONS, "observation", lists.ObservationList, records.ObservationPage),
    *collection(Collection.SOURCES, "source", lists.SourceList, things.SourcePage),
    path("sources/<str:key>/<str:ref>/", things.PassagePage.as_view(), name="passage-detail"),
    path("chronology/", pages.Chronology.as_view(), name="chronology"),
    path("search/", pages.Search.as_view(), name="search"),
    path("codebook/", pages.Codebook.as_view(), name="codebook"),
    path("data/", pages.Data.as_view(), name="data"),
    path("about/", pages.About.as_view(), name="about"),
]
