"""The map of a state's relations: marks, patterns, words, and states that cannot be drawn."""

import json
import re
from typing import Any

import pytest
from django.test import Client, override_settings

from config.register import Register
from relations.atlas import FILE, Box, frame, land_without_code, shapes
from relations.views.maps import Map
from tests.factories import (
    cite,
    make_country,
    make_event,
    make_lifespan,
    make_mission,
    make_period,
    make_relation,
    make_source,
)

pytestmark = pytest.mark.django_db
STEP = re.compile(r"[Mml]|-?[0-9]+|z")


@pytest.fixture(autouse=True)
def studied():
    """A register that studies North Korea."""
    with override_settings(REGISTER=Register(studied_state="PRK")):
        yield


def drawn(found: Map | None) -> dict[str, tuple[str, bool]]:
    """The states of a map, each with its pattern and whether it is certain and asserted."""
    assert found
    return {mark.country.pk: (mark.pattern, mark.is_plain) for mark in found.marks}


def of(client: Client, path: str) -> Any:
    return client.get(path).context["map"]


def legal(code: str, value: str, **more: Any) -> Any:
    slug = more.pop("slug", f"{code.lower()}-{value}")
    return make_period("legal", value, relation=make_relation(*sorted((code, "PRK"))), slug=slug, **more)


def test_each_state_has_the_pattern_and_the_words_of_its_status(client: Client) -> None:
    legal("SYR", "established", began_on="1966")
    legal("EGY", "severed", began_on="2018", modality="reported")
    legal("TUR", "none", began_on="1990")
    legal("IRQ", "suspended", began_on="1980")
    legal("IRN", "established", began_on="[1973..2100]", slug="iran-perhaps")
    legal("QAT", "established", began_on="1993")
    legal("QAT", "severed", began_on="1993")
    legal("KWT", "established", began_on="1964", ended_on="1970")
    make_period("level", "ambassador", relation=make_relation("JOR", "PRK"), held_by=make_country("JOR"), slug="amman")
    make_relation("PRK", "SAU")
    make_event("PRK", "SAU", slug="visit")
    make_lifespan("OMN", "2090", "2099")
    legal("OMN", "established", began_on="2091", slug="later")
    found = of(client, "/")
    assert drawn(found) == {
        "SYR": ("established", True),
        "EGY": ("severed", False),
        "TUR": ("none", True),
        "IRQ": ("halted", True),
        "IRN": ("established", False),
        "QAT": ("disputed", True),
        "KWT": ("ended", False),
        "JOR": ("represented", True),
        "SAU": ("unstated", True),
        "OMN": ("absent", True),
    }
    titles = {mark.country.pk: mark.title for mark in found.marks}
    assert titles["SYR"] == "Syria: North Korea and Syria have diplomatic relations – since 1966."
    assert titles["EGY"] == (
        "Egypt: It is reported that diplomatic relations between Egypt and North Korea are severed – since 2018."
    )
    assert titles["SAU"] == (
        "Country SAU: Whether North Korea and Country SAU have diplomatic relations is not stated."
    )
    html = client.get("/").content.decode()
    read = dict(re.findall(r'<a href="/relations/([A-Z-]+)/"[^>]*>\s*<title>(.*?)</title>', html))
    assert {code: read[code] for code in ("EGY-PRK", "PRK-SYR")} == {
        "EGY-PRK": titles["EGY"],
        "PRK-SYR": titles["SYR"],
    }
    assert re.findall(r'<a href="/relations/(EGY-PRK|PRK-SYR)/" class="unsure">', html) == ["EGY-PRK"]
    assert all(f'id="fill-{mark.pattern}"' in html for mark in found.marks)


def test_the_legend_says_each_status_as_the_table_does(client: Client) -> None:
    for code in ("SYR", "KWT"):
        legal(code, "established", began_on="1966")
    legal("EGY", "severed", began_on="2018")
    make_relation("PRK", "SAU")
    make_event("PRK", "SAU", slug="visit")
    kinds = [(kind.word, kind.pattern, kind.number) for kind in of(client, "/relations/").legend]
    assert kinds == [("Established", "established", 2), ("Severed", "severed", 1), ("Not stated", "unstated", 1)]
    words = {row.word for _, rows in client.get("/relations/").context["groups"] for row in rows}
    assert words == {word for word, _, _ in kinds}


def test_a_map_of_another_day_leads_to_that_day_and_keeps_its_frame(client: Client) -> None:
    legal("SYR", "established", began_on="1966")
    make_mission("PRK", "LBN", opened_on="1981", closed_on="1990")
    make_relation("LBN", "PRK")
    make_event("PRK", "USA", slug="talks")
    make_period("cooperation", "under_way", relation=make_relation("PRK", "USA"), subject="Trade", slug="trade")
    today, then = of(client, "/relations/"), of(client, "/relations/?as_of=1960-05-01")
    assert (drawn(today)["SYR"], drawn(then)["SYR"]) == (("established", True), ("unstated", True))
    assert today.view_box == then.view_box
    assert [str(country) for country in today.outside] == ["North Korea", "Country USA"]
    assert 'href="/relations/PRK-SYR/?as_of=1960-05-01"' in client.get("/relations/?as_of=1960-05-01").content.decode()
    assert '<a rel="nofollow" href="/relations/?as_of=1970">1970</a>' in client.get("/").content.decode()


def test_a_former_state_is_listed_next_to_the_map(client: Client) -> None:
    legal("SYR", "established", began_on="1966")
    legal("YMD", "established", began_on="1968")
    make_lifespan("YMD", "1967", "1990")
    found = of(client, "/relations/?as_of=1980")
    assert [(country.pk, row.word) for country, row in found.undrawn] == [("YMD", "Established")]
    html = client.get("/relations/?as_of=1980").content.decode()
    assert '<a href="/relations/PRK-YMD/?as_of=1980-12-31">South Yemen</a> (1967 – 1990), established' in html


def test_the_map_is_of_the_state_in_the_filter_and_of_the_whole_list(client: Client) -> None:
    legal("EGY", "established", began_on="1963")
    make_period("legal", "severed", relation=make_relation("EGY", "ISR"), began_on="1950", slug="israel")
    assert [*drawn(of(client, "/relations/"))] == ["EGY"]
    of_egypt = of(client, "/relations/?country=EGY")
    assert (str(of_egypt.state), {*drawn(of_egypt)}) == ("Egypt", {"ISR", "PRK"})
    for number, code in enumerate(("IRN", "IRQ", "JOR", "KWT", "LBN", "OMN", "QAT", "SAU", "SYR", "TUR", "YEM")):
        legal(code, "established", began_on=f"19{60 + number}")
    legal("ARE", "established", began_on="2007", state="draft")
    first = client.get("/relations/?size=10")
    assert len(drawn(first.context["map"])) == 12 and "ARE" not in drawn(first.context["map"])
    assert len(first.context["rows"]) == 10
    assert client.get(first.context["next"]).context["map"] is None
    for code in drawn(first.context["map"]).keys() - {"EGY"}:
        make_event("EGY", code)
        make_relation(*sorted(("EGY", code)))
    for asked in ("country=EGY&country=ISR", "q=egypt"):
        of_egypt = client.get(f"/relations/?{asked}&size=10").context
        assert (bool(of_egypt["next"]), [*drawn(of_egypt["map"])]) == (True, ["EGY"])


def test_without_a_state_there_is_no_map(client: Client) -> None:
    legal("EGY", "established", began_on="1963")
    with override_settings(REGISTER=Register()):
        pages = [client.get("/"), client.get("/relations/"), client.get("/relations/?country=EGY")]
    assert [page.context["map"] is None for page in pages] == [True, True, False]
    assert 'class="map"' not in pages[0].content.decode()
    assert of(client, "/relations/?q=nothing") is None


def test_an_announced_beginning_stands_in_the_title(client: Client) -> None:
    period = legal("TUR", "established", began_on="2001-06-27", modality="announced")
    cite(period, source=make_source("report"), field="began_on", is_announcement=True)
    (mark,) = of(client, "/").marks
    assert not mark.is_plain
    assert mark.title == (
        "Turkey: North Korea and Turkey have diplomatic relations, as was announced on 27 June 2001"
        " – when it took effect is not stated."
    )


def test_what_a_finger_or_an_eye_would_miss_has_a_mark_of_its_own(client: Client) -> None:
    for code in ("BHR", "QAT", "SAU", "TUR"):
        legal(code, "established", began_on="1990")
    sizes = {mark.country.pk: (mark.is_small, mark.is_tiny) for mark in of(client, "/").marks}
    assert sizes == {"BHR": (True, True), "QAT": (True, False), "SAU": (False, False), "TUR": (False, False)}
    assert [mark.country.pk for mark in of(client, "/").marks] == ["SAU", "TUR", "QAT", "BHR"]


def ends(path: str) -> list[tuple[int, int]]:
    """The first point of each ring of a path, and all of its points."""
    points, at, start, verb = [], (0, 0), (0, 0), ""
    words = iter(STEP.findall(path))
    for word in words:
        if word in "Mml":
            verb = word
        elif word == "z":
            at = start
        else:
            step = int(word), int(next(words))
            at = step if verb == "M" else (at[0] + step[0], at[1] + step[1])
            start = at if verb in "Mm" else start
            points.append(at)
    return points


def test_every_outline_lies_in_its_box_and_is_no_line_around_the_world() -> None:
    for shape in shapes().values():
        xs, ys = zip(*ends(shape.path), strict=True)
        assert (min(xs), min(ys), max(xs), max(ys)) == (
            shape.box.left,
            shape.box.top,
            shape.box.right,
            shape.box.bottom,
        )
    assert shapes()["RUS"].box.width < 3600
    assert land_without_code().startswith("M")
    assert json.loads(FILE.read_bytes())["licence"].startswith("Public domain")
    assert FILE.stat().st_size < 120_000


def test_neighbours_share_their_border() -> None:
    shared = {*ends(shapes()["IRQ"].path)} & {*ends(shapes()["IRN"].path)}
    assert len(shared) > 10


def test_a_frame_holds_its_boxes_with_a_margin_and_is_never_too_narrow() -> None:
    assert frame([Box(0, 0, 1000, 500), Box(500, -500, 800, 0)]) == Box(-60, -560, 1060, 560)
    assert frame([Box(100, 100, 104, 104)]) == Box(-10, -10, 214, 214)
    assert not Box(0, 0, 10, 10).meets(Box(11, 0, 20, 10))
    assert not Box(0, 0, 10, 10).meets(Box(0, 11, 10, 20))
    assert Box(0, 0, 10, 10).meets(Box(10, 10, 20, 20))
