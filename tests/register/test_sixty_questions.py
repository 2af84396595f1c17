"""Sixty questions of a historian, which the site answers without the document.

Who, since when, how sure, how many, compared with whom, and where it is said.

A question is a search or a filtered list; its answer is on that page, or on a page that it links to.
"""

import html
import re
from functools import cache
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.register.pages import lines


@cache
def text(path: str) -> str:
    """The text of a page."""
    return " ".join(" ".join(lines(path)).split())


@cache
def links(path: str) -> set[str]:
    """The addresses that a page links to."""
    return {html.unescape(link) for link in re.findall(r'href="([^"#]+)', Client().get(path).content.decode())}


def q(words: str) -> str:
    return "/search/?q=" + words.replace(" ", "+")


QUESTIONS = [
    # Who has relations, since when, and until when
    (
        "Does Jordan have relations?",
        q("Does Jordan have relations with North Korea"),
        "",
        "Jordan has severed diplomatic relations with North Korea, as Jordan announced in 2018 – when it took effect",
    ),
    ("Who says so?", q("PRK JOR"), "/sources/middle-east-relations-of-north-korea/jordan.1.3/", "In our words."),
    ("Since when had it had them?", q("jordan north korea"), "/periods/jor-prk-legal-established-1974/", "1974"),
    (
        "And the Emirates?",
        q("emirates north korea relations"),
        "/relations/ARE-PRK/",
        "Diplomatic relations between United Arab Emirates and North Korea are severed – since 2017",
    ),
    ("When did Iraq sever them?", q("iraq north korea"), "", "since October 1980"),
    (
        "Why did Iraq?",
        q("iraq severed"),
        "/periods/irq-prk-legal-severed-1980/",
        "Reason Military support that North Korea gave to Iran in its war with Iraq.",
    ),
    ("Who severed relations at all?", "/periods/?value=severed&track=legal", "", "3 relation periods"),
    (
        "What was severed, relations or not?",
        q("severed"),
        "",
        "Reported Egypt and North Korea: military ties, severed",
    ),
    (
        "Which Gulf state came last?",
        "/relations/?as_of=2006",
        "",
        "United Arab Emirates and North Korea ARE-PRK not stated",
    ),
    (
        "Did it have relations with Kuwait in 2000?",
        "/relations/KWT-PRK/?as_of=2000-12-31",
        "",
        "Not stated: whether Kuwait and North Korea have diplomatic relations",
    ),
    ("Since when with Kuwait?", q("kuwait"), "", "since 2001"),
    ("Since when with Palestine?", q("palestine"), "", "since 1966"),
    ("Who has relations today?", "/", "", "Established 7"),
    ("Of whom is it not stated?", "/", "", "Not stated, though represented 1 Egypt"),
    (
        "At what level is Egypt represented?",
        q("Egypt North Korea"),
        "",
        "Egypt is represented to North Korea at the level of ambassador – since 24 August 1963",
    ),
    (
        "Does Israel recognise, or is it recognised?",
        q("israel recognition"),
        "/periods/isr-prk-recognition-not-recognised-by-prk/",
        "Not recognised",
    ),
    (
        "How do the two Yemens differ?",
        "/relations/?country=YAR&country=YMD&as_of=1970",
        "",
        "North Korea and South Yemen PRK-YMD Established 1968",
    ),
    ("What of a state that is no more?", "/relations/PRK-YMD/", "", "South Yemen no longer exists."),
    # Missions
    ("Is there an embassy in Cairo?", q("embassy Cairo"), "/missions/prk-egy-embassy/", "Cairo"),
    ("Where does the envoy to Turkey sit?", q("embassy turkey"), "/missions/prk-tur-embassy/", "Sofia"),
    (
        "When was the embassy in Jordan closed?",
        q("embassy jordan"),
        "",
        "The embassy of North Korea to Jordan was open – since when is not stated; closed in 1998",
    ),
    ("Which embassies were closed?", "/missions/?from=1990&to=1999&side=ends", "", "Embassy of North Korea to Lebanon"),
    ("When did it open in Aden?", q("embassy south yemen"), "/missions/prk-ymd-embassy/", "1988"),
    # When
    ("What happened in 2017?", "/events/?from=2017&to=2017", "", "6 in 2017, then 10 that may be"),
    (
        "What did Kuwait do in 2017?",
        q("2017 Kuwait"),
        "/events/kuwait-expels-north-korean-ambassador/",
        "September 2017",
    ),
    (
        "What happened in the 1970s?",
        "/chronology/?from=1970&to=1979&reading=certainly",
        "",
        "1 to 7 March 1973 Kang Ryang-uk heads a North Korean government delegation to Egypt",
    ),
    ("When did el-Shazly go?", q("el-Shazly"), "/events/el-shazly-visits-north-korea/", "6 to 13 April 1973"),
    (
        "When did Sadat go to Jerusalem?",
        q("sadat jerusalem"),
        "/events/sadat-visits-jerusalem/",
        "19 to 21 November 1977",
    ),
    (
        "When did the message come to the Arab states?",
        q("message solidarity arab states"),
        "/events/kim-il-sung-sends-solidarity-to-arab-states/",
        "18 October 1973",
    ),
    ("When was the reactor destroyed?", q("reactor destroyed"), "/events/israel-destroys-syrian-reactor/", "2007"),
    (
        "When did the flights to Kuwait stop?",
        q("flights halted"),
        "/events/air-koryo-flights-to-kuwait-city-halted/",
        "by October 2016",
    ),
    # How sure
    ("What is alleged?", "/everything/?modality=alleged", "", "5 records"),
    (
        "What is alleged of a field alone?",
        "/everything/?modality=alleged&kind=events",
        "",
        "Houthi forces fire Scud missiles into Saudi Arabia",
    ),
    (
        "How sure is the deal of 2015?",
        q("firm emirates deal"),
        "",
        "Alleged Firm in the Emirates discusses an arms deal with North Korea",
    ),
    (
        "Did Egypt break military ties?",
        q("egypt military ties severed"),
        "/periods/egy-prk-military-severed-2017/",
        "Reported",
    ),
    (
        "Is the nuclear model known?",
        q("model nuclear programme israel"),
        "",
        "Inferred North Korea seeks to model its nuclear weapons programme on Israel's",
    ),
    (
        "What did not happen?",
        "/everything/?negated=yes",
        "",
        "Did not happen: Kim Jong-un attends the reopening of the Suez Canal",
    ),
    (
        "Did Kim Jong-un go to Suez?",
        q("kim jong-un suez"),
        "/events/kim-jong-un-attends-suez-canal-reopening/",
        "Did not happen",
    ),
    ("What is announced of Turkey?", q("turkey north korea"), "", "27 June 2001"),
    # How many
    ("How many died on the flight?", q("flight 858"), "/events/bombing-of-korean-air-flight-858/", "115 persons"),
    ("Is it on Bahrain's page?", q("bahrain"), "/countries/BHR/", "Bombing of Korean Air Flight 858"),
    ("How many workers in Kuwait?", q("workers kuwait"), "/observations/prk-kwt-workers/", "about 3,000 persons"),
    ("How many in Oman?", q("workers oman"), "/observations/prk-omn-workers/", "estimated 300 persons"),
    (
        "How many in Qatar, and how sent?",
        q("labourers qatar"),
        "/events/north-korean-labourers-sent-to-qatar/",
        "more than 1,000 persons",
    ),
    ("How many grenades?", q("grenades"), "/arms-transfers/prk-egy-rocket-propelled-grenades/", "30,000"),
    (
        "How much was Egypt given after Suez?",
        q("financial aid suez"),
        "/events/north-korea-sends-financial-aid-after-suez-invasion/",
        "60,000 KPW",
    ),
    ("How much food?", q("cereals"), "/events/north-korea-gives-egypt-food-aid-after-six-day-war/", "5,000 tons"),
    ("What did Kuwait buy in 2017?", "/observations/?measure=exports&country=KWT", "", "250,000 USD"),
    ("What did it sell?", "/observations/?measure=exports&country=KWT", "", "not reported"),
    ("How many trainers came?", q("trainers arrive"), "/events/north-korean-trainers-arrive-in-egypt/", "20 persons"),
    # Arms
    ("Who supplied the first Scud-B?", q("Scud-B"), "/arms-transfers/egy-prk-scud-b/", "Supplier Egypt"),
    ("Whom did it supply?", "/countries/PRK/", "", "From North Korea To North Korea Egypt 4 2 Iran 4"),
    ("What did Iraq get for its money?", q("rodong iraq"), "/arms-transfers/prk-irq-rodong/", "Paid, not delivered"),
    ("Which missiles went to Yemen?", "/arms-transfers/?country=YEM", "", "2 arms transfers"),
    # Who
    ("What part had Sadat?", q("sadat"), "/actors/anwar-sadat/", "role: approved"),
    (
        "Who headed the delegation?",
        q("delegation 1973"),
        "/events/north-korean-delegation-visits-egypt/",
        "Kang Ryang-uk",
    ),
    ("What did Orascom do?", q("orascom"), "/actors/orascom/", "Koryolink"),
    # Compared, and where it is said
    ("Kuwait and Qatar beside each other?", "/compare/KWT-PRK/PRK-QAT/", "", "Legal status"),
    ("What do Jordan and Oman share?", q("jordan oman"), "", "No record has all of them together"),
    (
        "Where are workers' visas told of?",
        q("visas"),
        "/sources/middle-east-relations-of-north-korea/qatar.2.2/",
        "a halt to visas for North Korean labourers",
    ),
]


def test_there_are_sixty_questions() -> None:
    assert len({question for question, *_ in QUESTIONS}) == 60


@pytest.mark.parametrize(("question", "path", "leads_to", "answer"), QUESTIONS, ids=[each[0] for each in QUESTIONS])
def test_the_site_answers(question: str, path: str, leads_to: str, answer: str) -> None:
    if leads_to:
        assert leads_to in links(path), question
    assert answer in text(leads_to or path), question


# The first answer on the search page, or else the first result.
FIRST = {
    "arms to Iran in the 1980s": "/arms-transfers/prk-irn-arms-deals/",
    "DPRK ambassador Cairo": "/missions/prk-egy-embassy/",
    "which countries broke off relations": "/periods/irq-prk-legal-severed-1980/",
    "when did Kuwait recognise North Korea": "/periods/kwt-prk-legal-established-2001/",
    "Russia 1950": "/relations/PRK-SUN/",
    "Россия": "/relations/PRK-SUN/",
    "Russian friendship treaty": "/events/egyptian-soviet-treaty-of-friendship-abrogated/",
    "correlates of war": "/sources/cow-state-system-2016/",
    "Yom Kippur": "/events/kim-il-sung-sends-solidarity-to-arab-states/",
    "Six-Day War food": "/events/north-korea-gives-egypt-food-aid-after-six-day-war/",
    "trade agreement 1957": "/events/egypt-and-north-korea-sign-trade-agreement/",
    "UAE missiles 1999": "/arms-transfers/prk-are-scud-1999/",
    "Emirates arms deal 2015": "/events/firm-in-emirates-discusses-arms-deal-with-north-korea/",
    "embassies closed in 1998": "/missions/prk-jor-embassy/",
    "who expelled the ambassador": "/events/kuwait-expels-north-korean-ambassador/",
    "consulate Egypt 1961": "/events/north-korean-diplomats-sent-to-set-up-consular-relations/",
    "Nodong Iraq": "/arms-transfers/prk-irq-missile-technology/",
    "R17": "/arms-transfers/egy-prk-r-17-elbrus/",
    "Korean Air 858": "/events/bombing-of-korean-air-flight-858/",
    "Port Said": "/events/north-korean-arms-for-africa-pass-through-port-said/",
    "1956..1957": "/events/north-korea-declares-solidarity-in-suez-crisis/",
    "Suez crisis": "/events/north-korea-declares-solidarity-in-suez-crisis/",
    "3G network": "/events/koryolink-becomes-only-3g-network-in-north-korea/",
    "Yemen scuds Spain 2002": "/events/spanish-warships-intercept-north-korean-freighter/",
    "workers in Qatar": "/observations/prk-qat-workers/",
    "Egypt's exports rank 2010": "/observations/egy-prk-exporters-rank-2010/",
    "embassy Sofia": "/missions/prk-tur-embassy/",
    "egyptian libyan war 1977": "/events/north-korea-sides-with-libya-against-egypt/",
    "Turkish ambassador": "/periods/prk-tur-level-ambassador-prk-2001/",
    "severed": "/periods/are-prk-legal-severed-2017/",
    "Corée du Nord Égypte ambassade": "/relations/EGY-PRK/",
}
ROW = re.compile(r'href="(/(?:events|periods|missions|arms-transfers|observations|relations|sources)/[^"?]+/)"')


def first_answer(query: str) -> str:
    """The first link to a relation, record or source among the answers on a search page."""
    page = Client().get("/search/", {"q": query}).content.decode().partition("<main")[2]
    return next(iter(ROW.findall(page)), "")


def test_the_best_answer_comes_first() -> None:
    assert {query: first_answer(query) for query in FIRST} == FIRST


# Queries in the words of people who do not know the register; each answer is on the search page.
IN_OTHER_WORDS = [
    ("DPRK Jordan ties", "Jordan has severed diplomatic relations with North Korea"),
    ("is there still a jordanian embassy or a north korean one", "Embassy of North Korea to Jordan"),
    ("when did kuwait expel the ambassador", "September 2017 Kuwait expels the resident North Korean ambassador"),
    ("how many were killed on Flight 858", "A bombing of Korean Air Flight 858 killed 115 people"),
    ("how many North Korean workers are in Kuwait?", "about 3,000 persons"),
    ("who recognises palestine", "North Korea towards Palestine : recognition , recognised"),
    ("did north korea build the syrian reactor", "North Korea builds a nuclear reactor in Syria"),
    ("nuclear reactor syria israel airstrike", "Ten North Korean nuclear scientists"),
    (
        "when did Iraq break off relations",
        "Iraq has severed diplomatic relations with North Korea – since October 1980",
    ),
    ("was an ambassador recalled", "Kuwait expels the resident North Korean ambassador"),
    ("who broke off ties", "Iraq and North Korea: legal status, severed"),
    ("who sold weapons to syria", "Missile technology, North Korea to Syria"),
    ("which soldiers were killed", "Ten North Korean nuclear scientists"),
    ("which countries severed ties in 2017", "United Arab Emirates and North Korea: legal status, severed"),
    ("scud sales to Iran", "arms deals with Iran"),
    ("how much did iraq pay for the Rodong missiles", "Rodong , North Korea to Iraq"),
    ("lebanese exports to north korea 2017", "Exports , Lebanon to North Korea 189,000 USD"),
    ("who sold weapons to africa", "Weapons , North Korea to recipients in Africa"),
    ("who trained egyptian pilots", "troops to train Egyptian pilots"),
    ("yemen scud ship intercepted by spain", "Spanish warships intercept a North Korean freighter"),
    ("aid to egypt cut by US", "The United States cuts aid to Egypt"),
    ("palestinian authority north korea", "North Korea and Palestine have diplomatic relations – since 1966"),
    ("world cup stadium workers", "North Korean labourers are sent to Qatar"),
    ("embassy in Damascus", "Nothing here has damascus"),
    ("How many North Korean embassies are there in the Middle East today?", "Missions 11 Which of them are so today"),
    (
        "Is it true that North Korean pilots fought for Egypt?",
        "Events 4 some time from 1 to 7 March 1973 Saad el-Shazly",
    ),
    ("did the DPRK ever sell scuds to the UAE", "1999 Reported Scud , North Korea to United Arab Emirates"),
    ("do jordan and north korea have diplomatic relations", "Jordan has severed diplomatic relations with North Korea"),
    ("which countries stopped issuing visas to north koreans", "Events 3 September 2017 Announced"),
    ("who bought the RPGs", "the buyer alleged, North Korea to Arab Organization"),
    ("spanish navy scud ship", "Spanish warships intercept a North Korean freighter"),
    ("why did iraq cut ties with the dprk", "Military support that North Korea gave to Iran in its war with Iraq"),
    (
        "north korean soldiers in syrian civil war",
        "by 2016 Reported North Korean troops fight for the Syrian government",
    ),
    (
        "houthi missiles from north korea",
        "North Korea (concerned) Alleged Yemen (concerned) Alleged Houthi forces fire",
    ),
    ("embassies closed in the 90s", "1998 Embassy of North Korea to Jordan closed"),
    ("North Korea and Egypt in early 1973", "March 1973"),
    ("Sadat around 1977", "19 to 21 November 1977 Anwar Sadat visits Jerusalem"),
    ("weapons to Yemen in the 2000s", "2002 Spanish warships"),
    ("埃及朝鲜关系", "Egypt is represented to North Korea at the level of ambassador"),
    ("朝鮮エジプト 1973年3月", "1 to 7 March 1973 Kang Ryang-uk heads"),
    ("iran iraq war arms", "since about 1980 Arms , not named, North Korea to Iran"),
    ("how many scuds did uae buy in 1999", "North Korea to United Arab Emirates 30 missiles Ordered"),
    ("did iraq get the missiles it paid for", "North Korea to Iraq 0 missiles delivered Paid, not delivered"),
    (
        "when did diplomatic relations between lebanon and north korea start",
        "1981 Lebanon and North Korea : legal status",
    ),
    ("airstrike syria 2007", "6 September 2007 North Korea (concerned) Reported"),
    ("north korea hamas", "Nothing here has hamas"),
]


@pytest.mark.parametrize(("question", "answer"), IN_OTHER_WORDS, ids=[each[0] for each in IN_OTHER_WORDS])
def test_a_question_in_other_words_is_answered_by_the_search(question: str, answer: str) -> None:
    path = f"/search/?{urlencode({'q': question})}"
    assert answer in text(path), question
