"""The tracks of a relation: the values of each, how long they hold, and the clauses that express them.

A clause has placeholders for the parties, and its verb in present and past tense:
"{holder} [recognises|recognised] {other}".
"""

from relations.models.vocabularies import CONSULAR, COW, DYAD, PLOVER, VIENNA, Vocabulary, needed_by

COW_ALLIANCES = "Correlates of War, Formal Alliances"
HISTORIAN = "Office of the Historian, Guide to Recognition and Relations"
US_MISSIONS = "Kenkel, U.S. Diplomatic Missions"


class Persistence(Vocabulary):
    """How long a value holds if no source states an end."""

    LASTS = "lasts", "Lasts", "Until something ends it.", DYAD
    FADES = "fades", "Fades", "For its time: once it had begun, it is only possible that it went on.", DYAD


LASTS, FADES = Persistence

REPRESENTED = "{holder} [is|was] represented to {other} at the level of {label}"
CALLED = (
    "{holder}'s relations with {other} [are|were] called {label} ({subject})",
    "relations between {pair} [are|were] called {label} ({subject})",
)


class TrackValue(Vocabulary):
    """A value of a track, with its persistence and two clauses: `held` for one with a holder, `mutual` for one without.

    They are written between the definition and the origin of a member; if there is one clause only, it is both.
    """

    persistence: Persistence
    held: str
    mutual: str

    def __init__(self, *said: str) -> None:
        self.persistence, self.held = Persistence(said[3]), said[4]
        self.mutual = said[-1]


class LegalStatus(TrackValue):
    """The legal status of diplomatic relations."""

    ESTABLISHED = (
        "established",
        "Established",
        "Diplomatic relations exist by mutual consent.",
        LASTS,
        "{holder} [has|had] established diplomatic relations with {other}",
        "{pair} [have|had] diplomatic relations",
        VIENNA + ", article 2",
    )
    SUSPENDED = (
        "suspended",
        "Suspended",
        "Relations exist but are not carried on.",
        LASTS,
        "{holder} [has|had] suspended diplomatic relations with {other}",
        "diplomatic relations between {pair} [are|were] suspended",
        VIENNA + ", article 45",
    )
    SEVERED = (
        "severed",
        "Severed",
        "A party has broken off diplomatic relations.",
        LASTS,
        "{holder} [has|had] severed diplomatic relations with {other}",
        "diplomatic relations between {pair} [are|were] severed",
        VIENNA + ", article 45",
    )
    INTERRUPTED = (
        "interrupted",
        "Interrupted",
        "Relations are interrupted, suspended or severed: which is not known.",
        LASTS,
        "{holder} [has|had] interrupted diplomatic relations with {other}",
        "diplomatic relations between {pair} [are|were] interrupted",
        HISTORIAN,
    )
    NONE = (
        "none",
        "No relations",
        "A source says that there are no diplomatic relations.",
        LASTS,
        "{holder} [has|had] no diplomatic relations with {other}",
        "{pair} [have|had] no diplomatic relations",
        HISTORIAN,
    )


class LevelOfRepresentation(TrackValue):
    """The level at which the holder, the sending state, is represented to the other."""

    NONE = (
        "none",
        "No representation",
        "A source says that the sender is not represented.",
        LASTS,
        "{holder} [is|was] not represented to {other}",
        US_MISSIONS,
    )
    INTERESTS_SECTION = (
        "interests_section",
        "Interests section",
        "Its interests are looked after by a protecting power.",
        LASTS,
        "{holder} [is|was] represented to {other} by an interests section",
        VIENNA + ", articles 45 and 46",
    )
    CONSULAR = (
        "consular",
        "Consular",
        "Consular relations only.",
        LASTS,
        "{holder} [is|was] represented to {other} at the consular level",
        CONSULAR + ", article 2",
    )
    CHARGE = (
        "charge_d_affaires",
        "Chargé d'affaires",
        "The head of mission is a chargé d'affaires.",
        LASTS,
        REPRESENTED,
        COW,
    )
    MINISTER = "minister", "Minister", "The head of mission is a minister or envoy.", LASTS, REPRESENTED, COW
    AMBASSADOR = "ambassador", "Ambassador", "The head of mission is an ambassador.", LASTS, REPRESENTED, COW
    UNSPECIFIED = (
        "unspecified",
        "Unspecified",
        "It is represented, and at what level is not known.",
        LASTS,
        "{holder} [is|was] represented to {other}, at what level is not known",
        COW,
    )


class MilitaryTies(TrackValue):
    """Military ties between two states."""

    CONFRONTATION = (
        "confrontation",
        "Confrontation",
        "Armed forces stand against each other without open war.",
        FADES,
        "armed forces of {holder} [stand|stood] against those of {other}",
        "armed forces of {pair} [stand|stood] against each other",
        needed_by("intro.1.3"),
    )
    COOPERATION = (
        "cooperation",
        "Cooperation",
        "Armed forces or arms industries work together.",
        FADES,
        "{holder} [cooperates|cooperated] with {other} in military matters",
        "{pair} [cooperate|cooperated] in military matters",
        PLOVER + ", COOPERATE (military)",
    )
    ASSISTANCE = (
        "assistance",
        "Assistance",
        "One side helps the armed forces of the other.",
        FADES,
        "{holder} [helps|helped] the armed forces of {other}",
        "one of {pair} [helps|helped] the armed forces of the other, which is not stated",
        PLOVER + ", AID (military)",
    )
    ALLIANCE = (
        "alliance",
        "Alliance",
        "A treaty of alliance is in force.",
        LASTS,
        "{holder} [is|was] allied with {other} by treaty",
        "{pair} [are|were] allied by treaty",
        COW_ALLIANCES,
    )
    SEVERED = (
        "severed",
        "Severed",
        "A party has ended military ties.",
        LASTS,
        "{holder} [has|had] severed military ties with {other}",
        "military ties between {pair} [are|were] severed",
        PLOVER + ", SANCTION discontinue (military)",
    )


class Recognition(TrackValue):
    """Whether the holder recognises the other party as a state, or a title of it, which is the subject."""

    RECOGNISED = (
        "recognised",
        "Recognised",
        "The holder recognises the other.",
        LASTS,
        "{holder} [recognises|recognised] {other}",
        "CAMEO 054",
    )
    NOT_RECOGNISED = (
        "not_recognised",
        "Not recognised",
        "The holder does not recognise the other.",
        LASTS,
        "{holder} [does|did] not recognise {other}",
        "CAMEO 054",
    )


class Position(TrackValue):
    """The stand that the holder takes on a subject."""

    FAVOURS = (
        "favours",
        "Favours",
        "The holder is for it.",
        FADES,
        "{holder} [favours|favoured] {subject}",
        "{pair} [favour|favoured] {subject}",
        needed_by("turkey.4.1"),
    )
    OPPOSES = (
        "opposes",
        "Opposes",
        "The holder is against it.",
        FADES,
        "{holder} [opposes|opposed] {subject}",
        "{pair} [oppose|opposed] {subject}",
        needed_by("turkey.4.1"),
    )
    ABSTAINS = (
        "abstains",
        "Abstains",
        "The holder takes no side.",
        FADES,
        "{holder} [takes|took] no side on {subject}",
        "{pair} [take|took] no side on {subject}",
        needed_by("egypt.3.3"),
    )
    CLAIMS = (
        "claims",
        "Claims",
        "The holder claims it for itself.",
        FADES,
        "{holder} [claims|claimed] {subject}",
        "{pair} [claim|claimed] {subject}",
        needed_by("intro.1.2"),
    )
    COMPLIES = (
        "complies",
        "Complies",
        "The holder keeps to it.",
        FADES,
        "{holder} [complies|complied] with {subject}",
        "{pair} [comply|complied] with {subject}",
        needed_by("turkey.4.2"),
    )
    REFUSES = (
        "refuses",
        "Refuses",
        "The holder refuses to carry it out.",
        FADES,
        "{holder} [refuses|refused] {subject}",
        "{pair} [refuse|refused] {subject}",
        needed_by("egypt.5.1"),
    )


class Cooperation(TrackValue):
    """Cooperation on a subject."""

    UNDER_WAY = (
        "under_way",
        "Under way",
        "The two work together on it.",
        FADES,
        "{holder} [works|worked] with {other} on {subject}",
        "{pair} [work|worked] together on {subject}",
        PLOVER + ", COOPERATE",
    )
    PLEDGED = (
        "pledged",
        "Pledged",
        "The two have promised to work together on it.",
        FADES,
        "{holder} [has|had] promised to work with {other} on {subject}",
        "{pair} [have|had] promised to work together on {subject}",
        PLOVER + ", AGREE",
    )
    RESTRICTED = (
        "restricted",
        "Restricted",
        "It goes on within limits.",
        FADES,
        "{holder} [limits|limited] its work with {other} on {subject}",
        "{pair} [work|worked] together on {subject} within limits",
        needed_by("kuwait.2.2"),
    )
    HALTED = (
        "halted",
        "Halted",
        "It has stopped.",
        FADES,
        "{holder} [has|had] halted its work with {other} on {subject}",
        "{pair} no longer [work|worked] together on {subject}",
        PLOVER + ", SANCTION discontinue",
    )


class Character(TrackValue):
    """What a source calls the relations; always the source's word, never ours."""

    HOSTILE = "hostile", "Hostile", "Called hostile.", FADES, *CALLED, needed_by("israel.1.1")
    LIMITED = "limited", "Limited", "Called limited.", FADES, *CALLED, needed_by("turkey.1.1")
    CORDIAL = "cordial", "Cordial", "Called cordial or positive.", FADES, *CALLED, needed_by("egypt.4.3")
    GROWING = "growing", "Growing", "Said to pick up or to grow closer.", FADES, *CALLED, needed_by("iran.1.2")
    STRONG = "strong", "Strong", "Called strong.", FADES, *CALLED, needed_by("egypt.2.1")
    CLOSE = "close", "Close", "Called close.", FADES, *CALLED, needed_by("syria.1.1")


class Track(Vocabulary):
    """A side of a relation on which a state of affairs lasts; each has its own closed list of values."""

    question: str

    def __init__(self, *said: str) -> None:
        self.question = said[-1]

    LEGAL = (
        "legal",
        "Legal status",
        "Whether diplomatic relations exist. One value at a time.",
        "whether {pair} have diplomatic relations",
        VIENNA,
    )
    LEVEL = (
        "level",
        "Level of representation",
        "The rank at which the holder is represented. One value at a time.",
        "at what level {holder} is represented to {other}",
        COW,
    )
    MILITARY = (
        "military",
        "Military ties",
        "Whether military ties exist. One value at a time.",
        "what military ties {pair} have",
        PLOVER,
    )
    RECOGNITION = (
        "recognition",
        "Recognition",
        "Whether the holder recognises the other. One value at a time per holder.",
        "whether {holder} recognises {other}",
        "CAMEO 054",
    )
    POSITION = (
        "position",
        "Position",
        "The holder's stand on a subject. Any number.",
        "what stand {pair} take",
        needed_by("turkey.4.1"),
    )
    COOPERATION = (
        "cooperation",
        "Cooperation",
        "Work together on a subject. Any number.",
        "on what {pair} work together",
        PLOVER,
    )
    CHARACTER = (
        "character",
        "Character",
        "What a source calls the relations. Any number.",
        "what the relations between {pair} are called",
        needed_by("turkey.1.1"),
    )


MUTUAL_TRACKS = (Track.LEGAL, Track.MILITARY)
ONE_SIDED_TRACKS = (Track.LEVEL, Track.RECOGNITION)
OPEN_TRACKS = (Track.POSITION, Track.COOPERATION, Track.CHARACTER)
TRACK_VALUES: dict[Track, type[TrackValue]] = {
    Track.LEGAL: LegalStatus,
    Track.LEVEL: LevelOfRepresentation,
    Track.MILITARY: MilitaryTies,
    Track.RECOGNITION: Recognition,
    Track.POSITION: Position,
    Track.COOPERATION: Cooperation,
    Track.CHARACTER: Character,
}
