"""Synonyms of the field: a search for weapons that were sold also finds missiles that were supplied.

They work in one direction, from the words of a query to those of texts and terms: a search for missiles does not find
all weapons. Search is by stems, so each list has only the forms that the English stemmer does not reduce to the same.
"""

from functools import cache

# Words of a query, and what is searched for in addition, separated by commas; several words are a phrase.
SYNONYMS = (
    # diplomatic relations
    (
        "sever severs severed severing break breaks broke broken breaking cut cuts cutting rupture",
        "severed, broke, cut",
    ),
    ("normalise normalised normalize normalized resume resumed restore restored", "established, restored, resumed"),
    ("establish established establishing establishment", "established, restored"),
    ("start starts started begin begins began begun", "established, began"),
    ("diplomatic", "legal status, level of representation, embassy, legation"),
    ("mission missions", "embassy, legation, consulate"),
    ("consul consuls consulate consulates", "consulate, consular"),
    ("ambassador ambassadors", "ambassador, embassy"),
    ("envoy envoys representative representatives", "envoy, ambassador"),
    ("close closed closing closure shut shuts shutting", "closed, closure, shut"),
    ("recall recalled recalling withdraw withdrew withdrawn withdrawal", "recalled, withdrew, withdrawn, expelled"),
    ("expel expels expelled expelling expulsion ousted", "expelled, expulsion, persona non grata"),
    ("deport deports deported deporting deportation repatriate repatriated", "repatriated, expelled, expulsion"),
    (
        "recognise recognised recognises recognize recognized recognition",
        "recognised, recognized, recognition, legal status",
    ),
    ("visit visits visited visiting trip travel travels travelled traveled toured", "visit, trip, travelled, flies"),
    ("meet meets met meeting meetings talk talks talked talking", "met, meeting, talks, negotiations"),
    ("negotiate negotiates negotiated negotiating negotiation negotiations", "negotiations, talks, met"),
    ("ally allies allied alliance friend friends friendly friendship", "alliance, friendship, close, cordial"),
    ("enemy enemies enmity hostile hostility", "hostile, enemy"),
    ("condemn condemned condemnation denounce denounced criticise criticised", "condemned, condemnation, denounced"),
    ("back backed backing support supports supported supporting", "support, favours, solidarity"),
    ("oppose opposed opposing opposition against", "opposes, against, refuses"),
    ("treaty treaties accord accords pact pacts agreement agreements", "treaty, accord, pact, agreement"),
    ("stop stops stopped stopping halt halts halted end ends ended", "halt, stop, end, no longer"),
    ("grant grants granted granting issue issues issued issuing", "grant, issue, visas, licences"),
    ("sanction sanctions embargo embargoes", "sanctions, embargo"),
    ("violate violated violates violation violations breach breached evade evaded", "violated, breach, evaded"),
    # arms and armies
    ("weapon weapons weaponry arms armament armaments munitions", "weapons, arms, missiles, rockets, grenades, rifles"),
    ("missile missiles rocket rockets", "missiles, rockets, Scud"),
    ("nodong nodongs rodong rodongs", "Nodong, Rodong"),
    ("gun guns rifle rifles firearm firearms", "guns, rifles, small arms"),
    ("tank tanks", "tanks, armoured vehicles"),
    ("sell sells sold selling sale sales", "sold, sale, supplied, delivered, transferred, exported, bought, purchased"),
    (
        "supply supplies supplied deliver delivers delivered delivery",
        "supplied, delivered, sent, transferred, sold, shipment",
    ),
    ("send sends sent shipped transfer transfers transferred", "sent, shipped, delivered, transferred"),
    ("provide provides provided", "provided, supplied, delivered, assistance"),
    (
        "buy buys bought buying purchase purchased purchases acquire acquired",
        "bought, purchased, acquired, ordered, sold",
    ),
    (
        "get gets got getting obtain obtains obtained receive receives received",
        "received, bought, acquired, supplied, sold, delivered",
    ),
    ("deal deals contract contracts", "deal, contract, ordered, sale"),
    ("soldier soldiers troop troops army armies forces", "soldiers, troops, army, forces"),
    ("train trains trained training instructor instructors trainer trainers adviser advisers", "training, trainers"),
    ("nuclear atomic reactor reactors", "nuclear, atomic, reactor"),
    ("airstrike airstrikes bomb bombs bombed bombing raid raids strike strikes struck", "bombing, bombed, air strike"),
    ("plane planes aircraft airliner jet jets", "plane, aircraft, airliner, flight"),
    ("kill kills killed killing dead death deaths died casualties", "killed, dead, victims"),
    ("ship ships vessel vessels boat boats freighter", "ship, freighter, warships"),
    (
        "seize seizes seized seizing seizure capture captured intercept intercepts intercepted interception",
        "seized, seizure, intercepted, interception",
    ),
    ("fight fights fighting fought", "fight, fought"),
    ("rpg rpgs", "rocket-propelled"),
    ("navy naval", "warships"),
    # trade and aid
    ("trade trades traded trading commerce", "trade, exports, imports, commercial"),
    ("work works worked working employ employs employed", "workers, labourers"),
    ("worker workers labourer labourers laborer laborers labour labor", "workers, labourers, labour"),
    ("aid help helps helped assist assisted assistance", "aid, help, assistance"),
    ("money loan loans credit credits finance finances financed financing fund funds", "loan, credit, finances, money"),
    (
        "build builds built building construct constructed construction factory factories",
        "built, construction, factory",
    ),
)


@cache
def synonyms_by_word() -> dict[str, tuple[str, ...]]:
    """The synonyms of each word in the list."""
    return {word: tuple(others.split(", ")) for words, others in SYNONYMS for word in words.split()}


def synonyms_of(words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The words of a query that have synonyms, with these, the word itself left out."""
    known = synonyms_by_word()
    found = {word: tuple(other for other in known.get(word.lower(), ()) if other != word.lower()) for word in words}
    return {word: others for word, others in found.items() if others}
