"""The closed lists: every value with its label, its definition and where the term comes from."""

from typing import Self

from django.db import models

DYAD = "this project"


def needed_by(ref: str) -> str:
    """The origin of a term of ours: the sentence of the first document that could not be held without it."""
    return f"{DYAD} ({ref})"


VIENNA = "Vienna Convention on Diplomatic Relations, 1961"
CONSULAR = "Vienna Convention on Consular Relations, 1963"
COW = "Correlates of War, Diplomatic Exchange"
COW_ALLIANCES = "Correlates of War, Formal Alliances"
PLOVER = "PLOVER manual, 2024"
SIPRI = "SIPRI Arms Transfers Database, sources and methods"
CSL = "Citation Style Language 1.0.2"
EDTF = "ISO 8601-2"


class Vocabulary(models.TextChoices):
    """A closed list; a member is written `VALUE = "value", "Label", "definition", "where the term comes from"`."""

    wording: str
    definition: str

    # TextChoices takes the last string of a member as its label; ours is the second, so that a list reads naturally.
    def __new__(cls, value: str, label: str = "", definition: str = "") -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.wording = label
        term.definition = definition
        return term

    @property
    def label(self) -> str:
        return self.wording

    @property
    def origin(self) -> str:
        """Where the term comes from."""
        return str(super().label)


class State(Vocabulary):
    """How far a record has come on its way to the public."""

    DRAFT = "draft", "Draft", "Being coded; may be incomplete; never public.", DYAD
    IN_REVIEW = "in_review", "In review", "Complete in its coder's eyes; waits for a second pair.", DYAD
    PUBLISHED = "published", "Published", "Complete, cited and public.", DYAD


class Modality(Vocabulary):
    """How the text speaks of a claim; not how much we believe it. From the strongest to the weakest."""

    ASSERTED = "asserted", "Asserted", "Plainly stated, without a hedge.", needed_by("iraq.1.1")
    ANNOUNCED = "announced", "Announced", "A party about its own act.", needed_by("turkey.2.2")
    REPORTED = (
        "reported",
        "Reported",
        "Passed on: “reportedly”, “according to”, a government about a fact of the world.",
        needed_by("iraq.2.1"),
    )
    INFERRED = (
        "inferred",
        "Inferred",
        "Reasoned by the author: “probably”, “it has been suggested”.",
        needed_by("egypt.3.2"),
    )
    ALLEGED = "alleged", "Alleged", "Claimed against somebody and not established: “allegedly”.", needed_by("egypt.8.2")
    DISPUTED = "disputed", "Disputed", "Parties or sources contradict each other.", needed_by("egypt.8.2")


class Stance(Vocabulary):
    """What a passage does to the record that cites it."""

    SUPPORTS = "supports", "Supports", "The passage says what the record says.", DYAD
    CONTRADICTS = "contradicts", "Contradicts", "The passage says otherwise; `value` holds what it says instead.", DYAD
    MENTIONS = (
        "mentions",
        "Mentions",
        "The passage is context: about the subject, no evidence for a claim.",
        needed_by("intro.1.1"),
    )


class CountryKind(Vocabulary):
    """What sort of country a country is."""

    STATE = "state", "State", "A state in today's sense, generally recognised.", COW
    PARTLY_RECOGNISED = (
        "partly_recognised_state",
        "Partly recognised state",
        "A state that many states do not recognise.",
        needed_by("palestine.1.1"),
    )
    FORMER = "former_state", "Former state", "A state that no longer exists.", "ISO 3166-3"
    TERRITORY = "territory", "Territory", "A territory that is no state.", "ISO 3166-1"


class CodeScheme(Vocabulary):
    """A scheme of country codes."""

    ISO2 = "iso2", "ISO 3166-1 alpha-2", "Two letters.", "ISO 3166-1"
    COW = (
        "cow",
        "Correlates of War number",
        "The state-system number; a state may have none.",
        "Correlates of War, State System Membership",
    )
    GW = (
        "gw",
        "Gleditsch–Ward number",
        "The number in the revised list of independent states.",
        "Gleditsch and Ward, list of independent states",
    )
    WIKIDATA = "wikidata", "Wikidata item", "The item's identifier.", "Wikidata"


class ActorKind(Vocabulary):
    """What sort of actor an actor is."""

    PERSON = "person", "Person", "A natural person.", PLOVER
    STATE_BODY = (
        "state_body",
        "Body of a state",
        "A government, ministry, armed force or other organ of a state.",
        PLOVER,
    )
    INTERNATIONAL = "international_organisation", "International organisation", "A body of several states.", PLOVER
    COMPANY = "company", "Company", "A business, whoever owns it.", PLOVER
    MOVEMENT = "movement", "Movement", "A political movement or bloc.", PLOVER
    ARMED_GROUP = (
        "armed_group",
        "Armed group",
        "An organised armed force that is no organ of a recognised government.",
        "UCDP, non-state actor",
    )
    FUND = "fund", "Fund or institute", "A fund, institute or foundation.", needed_by("kuwait.2.1")


class LegalStatus(Vocabulary):
    """The legal status of diplomatic relations."""

    ESTABLISHED = "established", "Established", "Diplomatic relations exist by mutual consent.", VIENNA + ", article 2"
    SUSPENDED = "suspended", "Suspended", "Relations exist but are not carried on.", VIENNA + ", article 45"
    SEVERED = "severed", "Severed", "A party has broken off diplomatic relations.", VIENNA + ", article 45"


class LevelOfRepresentation(Vocabulary):
    """The level at which two states represent each other."""

    CONSULAR = "consular", "Consular", "Consular relations only.", CONSULAR + ", article 2"
    CHARGE = "charge_d_affaires", "Chargé d'affaires", "Heads of mission are chargés d'affaires.", COW
    MINISTER = "minister", "Minister", "Heads of mission are ministers or envoys.", COW
    AMBASSADOR = "ambassador", "Ambassador", "Heads of mission are ambassadors.", COW


class MilitaryTies(Vocabulary):
    """Military ties between two states."""

    CONFRONTATION = (
        "confrontation",
        "Confrontation",
        "Armed forces stand against each other without open war.",
        needed_by("intro.1.3"),
    )
    COOPERATION = (
        "cooperation",
        "Cooperation",
        "Armed forces or arms industries work together.",
        PLOVER + ", COOPERATE (military)",
    )
    ASSISTANCE = (
        "assistance",
        "Assistance",
        "One side helps the armed forces of the other.",
        PLOVER + ", AID (military)",
    )
    ALLIANCE = "alliance", "Alliance", "A treaty of alliance is in force.", COW_ALLIANCES
    SEVERED = "severed", "Severed", "A party has ended military ties.", PLOVER + ", SANCTION discontinue (military)"


class Recognition(Vocabulary):
    """Whether the holder recognises the other party as a state, or its title to a territory."""

    RECOGNISED = "recognised", "Recognised", "The holder recognises the other.", "CAMEO 054"
    NOT_RECOGNISED = "not_recognised", "Not recognised", "The holder does not recognise the other.", "CAMEO 054"


class Position(Vocabulary):
    """The stand that the holder takes on a subject."""

    FAVOURS = "favours", "Favours", "The holder is for it.", needed_by("turkey.4.1")
    OPPOSES = "opposes", "Opposes", "The holder is against it.", needed_by("turkey.4.1")
    ABSTAINS = "abstains", "Abstains", "The holder takes no side.", needed_by("egypt.3.3")
    CLAIMS = "claims", "Claims", "The holder claims it for itself.", needed_by("intro.1.2")
    COMPLIES = "complies", "Complies", "The holder keeps to it.", needed_by("turkey.4.2")
    REFUSES = "refuses", "Refuses", "The holder refuses to carry it out.", needed_by("egypt.5.1")


class Cooperation(Vocabulary):
    """Cooperation on a subject."""

    UNDER_WAY = "under_way", "Under way", "The two work together on it.", PLOVER + ", COOPERATE"
    PLEDGED = "pledged", "Pledged", "The two have promised to work together on it.", PLOVER + ", AGREE"
    RESTRICTED = "restricted", "Restricted", "It goes on within limits.", needed_by("kuwait.2.2")
    HALTED = "halted", "Halted", "It has stopped.", PLOVER + ", SANCTION discontinue"


class Character(Vocabulary):
    """What a source calls the relations; always the source's word, never ours."""

    HOSTILE = "hostile", "Hostile", "Called hostile.", needed_by("israel.1.1")
    LIMITED = "limited", "Limited", "Called limited.", needed_by("turkey.1.1")
    CORDIAL = "cordial", "Cordial", "Called cordial or positive.", needed_by("egypt.4.3")
    GROWING = "growing", "Growing", "Said to pick up or to grow closer.", needed_by("iran.1.2")
    STRONG = "strong", "Strong", "Called strong.", needed_by("egypt.2.1")
    CLOSE = "close", "Close", "Called close.", needed_by("syria.1.1")


class Track(Vocabulary):
    """A side of a relation on which a state of affairs lasts; each has its own closed list of values."""

    LEGAL = "legal", "Legal status", "Whether diplomatic relations exist. One value at a time.", VIENNA
    LEVEL = "level", "Level of representation", "The rank at which they are carried on. One value at a time.", COW
    MILITARY = "military", "Military ties", "Whether military ties exist. One value at a time.", PLOVER
    RECOGNITION = (
        "recognition",
        "Recognition",
        "Whether the holder recognises the other. One value at a time per holder.",
        "CAMEO 054",
    )
    POSITION = "position", "Position", "The holder's stand on a subject. Any number.", needed_by("turkey.4.1")
    COOPERATION = "cooperation", "Cooperation", "Work together on a subject. Any number.", PLOVER
    CHARACTER = "character", "Character", "What a source calls the relations. Any number.", needed_by("turkey.1.1")


MUTUAL_TRACKS = (Track.LEGAL, Track.LEVEL, Track.MILITARY)
ONE_SIDED_TRACKS = (Track.RECOGNITION,)
OPEN_TRACKS = (Track.POSITION, Track.COOPERATION, Track.CHARACTER)
TRACK_VALUES: dict[Track, type[Vocabulary]] = {
    Track.LEGAL: LegalStatus,
    Track.LEVEL: LevelOfRepresentation,
    Track.MILITARY: MilitaryTies,
    Track.RECOGNITION: Recognition,
    Track.POSITION: Position,
    Track.COOPERATION: Cooperation,
    Track.CHARACTER: Character,
}


class MissionKind(Vocabulary):
    """What sort of post a mission is."""

    EMBASSY = "embassy", "Embassy", "A permanent diplomatic mission headed by an ambassador.", VIENNA + ", article 3"
    CONSULATE = "consulate", "Consulate", "A consular post.", CONSULAR + ", article 1"
    OFFICE = "office", "Office", "A liaison, interests or trade office.", "Diplometrics, Diplomatic Representation"


class EventKind(Vocabulary):
    """What happened; the origin of each kind is the PLOVER event, mode and context that it maps to."""

    AGREEMENT = (
        "agreement",
        "Agreement",
        "A treaty, memorandum or other agreement is concluded.",
        PLOVER + ": SUPPORT (diplomatic)",
    )
    VISIT = "visit", "Visit", "A person or delegation travels to the other.", PLOVER + ": CONSULT visit"
    TALKS = "talks", "Talks", "Parties talk or negotiate.", PLOVER + ": CONSULT"
    INVITATION = "invitation", "Invitation", "A party is invited.", PLOVER + ": CONSULT"
    REQUEST = "request", "Request", "Something is asked of a party.", PLOVER + ": REQUEST assist"
    CONSENT = "consent", "Consent", "A party consents to what was asked.", PLOVER + ": AGREE"
    PLEDGE = "pledge", "Pledge", "Parties promise something.", PLOVER + ": AGREE"
    REFUSAL = "refusal", "Refusal", "A party refuses.", PLOVER + ": REJECT"
    SUPPORT = (
        "support",
        "Declaration of support",
        "A party declares support or solidarity, or sides with another.",
        PLOVER + ": SUPPORT",
    )
    CONDEMNATION = "condemnation", "Condemnation", "A party condemns an act or a party.", PLOVER + ": ACCUSE disapprove"
    STATEMENT = (
        "statement",
        "Statement",
        "A party makes a statement that is neither support nor condemnation.",
        PLOVER + ": no code",
    )
    UN_VOTE = "un_vote", "Vote in the United Nations", "States vote; roles say how.", PLOVER + ": SUPPORT or REJECT"
    FINANCIAL_AID = "financial_aid", "Financial aid", "Money is given.", PLOVER + ": AID (economic)"
    FOOD_AID = "food_aid", "Food aid", "Food is given.", PLOVER + ": AID (human_security)"
    AID_CUT = "aid_cut", "Cut in aid", "Aid is reduced or stopped.", PLOVER + ": SANCTION discontinue (economic)"
    MILITARY_PERSONNEL = (
        "military_personnel",
        "Military personnel",
        "Trainers, advisers or troops are sent, or serve.",
        PLOVER + ": AID (military)",
    )
    COMBAT = "combat", "Combat", "Troops take part in fighting.", PLOVER + ": ASSAULT (military)"
    AIR_STRIKE = "air_strike", "Air strike", "A target is attacked from the air.", PLOVER + ": ASSAULT aerial"
    BOMBING = "bombing", "Bombing", "An explosive is set off.", PLOVER + ": ASSAULT explosives (terrorism)"
    WEAPON_USE = (
        "weapon_use",
        "Use of weapons",
        "Missiles or other heavy weapons are fired.",
        PLOVER + ": ASSAULT heavy-weapons",
    )
    NUCLEAR_TEST = (
        "nuclear_test",
        "Weapons test",
        "A nuclear weapon or missile is tested.",
        PLOVER + ": MOBILIZE weapons (cbrn)",
    )
    NUCLEAR_COOPERATION = (
        "nuclear_cooperation",
        "Nuclear cooperation",
        "Parties work together on nuclear plant or science.",
        PLOVER + ": COOPERATE (cbrn, technology)",
    )
    SEIZURE = "seizure", "Seizure", "A cargo is intercepted or seized.", PLOVER + ": COERCE seize (trafficking)"
    RELEASE = "release", "Release", "A seized cargo or person is let go.", PLOVER + ": RETREAT release"
    TRANSSHIPMENT = (
        "transshipment",
        "Transshipment",
        "Goods pass through a port on their way elsewhere.",
        PLOVER + ": COOPERATE (trafficking)",
    )
    ARREST = "arrest", "Arrest", "A person is apprehended.", PLOVER + ": COERCE arrest"
    EXTRADITION = "extradition", "Extradition", "A person is handed over.", PLOVER + ": COOPERATE (legal)"
    EXPULSION = (
        "expulsion",
        "Expulsion",
        "A diplomat or other person is told to leave.",
        PLOVER + ": SANCTION expel (diplomatic)",
    )
    RESTRICTION = (
        "restriction",
        "Restriction",
        "Visas, licences, entry or travel are refused, limited or ended.",
        PLOVER + ": SANCTION discontinue",
    )
    PERMISSION = "permission", "Permission", "Something is allowed that need not be.", PLOVER + ": CONCEDE"
    LEGISLATION = (
        "legislation",
        "Legislation",
        "A law or resolution is passed or signed.",
        PLOVER + ": SANCTION (legal)",
    )
    LEGAL_PROCEDURE = (
        "legal_procedure",
        "Legal procedure",
        "A party completes what its own law asks for before an act takes effect.",
        PLOVER + ": no code",
    )
    LABOUR = (
        "labour",
        "Labour",
        "Workers are sent, employed or sent home.",
        PLOVER + ": COOPERATE (economic, migration)",
    )
    BUSINESS = (
        "business",
        "Business",
        "A venture, licence, branch, air route or project.",
        PLOVER + ": COOPERATE (economic)",
    )
    POLICY = (
        "policy",
        "Change of policy",
        "A party takes up, changes or gives up a policy, or its part in something.",
        PLOVER + ": no code",
    )
    ACCESSION = (
        "accession",
        "Accession",
        "A party joins an organisation or movement.",
        PLOVER + ": SUPPORT (diplomatic)",
    )

    @property
    def plover(self) -> str:
        """The PLOVER event, mode and (context) of this kind."""
        return self.origin.removeprefix(PLOVER + ": ")


class Role(Vocabulary):
    """The part somebody had in an event."""

    ACTOR = "actor", "Actor", "Did it.", PLOVER
    RECIPIENT = "recipient", "Recipient", "It was done to them, for them or with them.", PLOVER
    HOST = "host", "Host", "It happened on their ground, or under their roof.", needed_by("bahrain.2.1")
    SPONSOR = "sponsor", "Sponsor", "Drafted or put forward what was voted on.", needed_by("egypt.3.2")
    MEDIATOR = "mediator", "Mediator", "Stood between the parties.", PLOVER
    TRANSIT = "transit", "Transit", "It passed through their territory.", needed_by("egypt.8.1")
    VICTIM = "victim", "Victim", "Was killed or hurt.", "UCDP"
    ADDRESSEE = "addressee", "Addressee", "It was said or sent to them.", PLOVER
    REPRESENTED_BY = "represented_by", "Represented by", "Acted for a party.", needed_by("egypt.5.1")
    VOTED_FOR = "voted_for", "Voted for", "Voted in favour.", "United Nations voting records"
    VOTED_AGAINST = "voted_against", "Voted against", "Voted against.", "United Nations voting records"
    ABSTAINED = "abstained", "Abstained", "Abstained from voting.", "United Nations voting records"
    CONCERNED = "concerned", "Concerned", "It was about them, though they did nothing.", needed_by("syria.2.3")


class Measure(Vocabulary):
    """What a number of an event counts."""

    KILLED = "killed", "Killed", "Persons killed.", "UCDP"
    PERSONS = "persons", "Persons", "Persons who took part.", needed_by("egypt.6.3")
    WEIGHT = "weight", "Weight", "Weight, in the unit that the source names.", needed_by("egypt.4.1")
    MONEY = "money", "Money", "A sum, in its own currency.", "ISO 4217"
    ITEMS = "items", "Items", "Things counted.", DYAD


class Qualifier(Vocabulary):
    """How a number is meant."""

    EXACT = "exact", "", "The number as it stands.", needed_by("egypt.4.1")
    ABOUT = "about", "about", "“Some”, “approximately”.", needed_by("egypt.8.2")
    AT_LEAST = "at_least", "at least", "This number or more.", "UCDP, low estimate"
    MORE_THAN = "more_than", "more than", "“Over”.", needed_by("qatar.2.1")
    AT_MOST = "at_most", "at most", "This number or fewer.", needed_by("qatar.2.2")
    ESTIMATED = "estimated", "estimated", "Called an estimate by the source.", needed_by("egypt.8.2")


class Missing(Vocabulary):
    """Why there is no number."""

    UNKNOWN = "unknown", "unknown", "The source says that it is not known.", DYAD
    UNCOUNTED = "uncounted", "uncounted", "The source speaks of some, and gives no number.", needed_by("egypt.10.1")
    NOT_REPORTED = (
        "not_reported",
        "not reported",
        "The source says that none was reported; that is not zero.",
        needed_by("kuwait.3.5"),
    )
    REPORTED_NONE = (
        "reported_none",
        "reported as none",
        "The source says that a report gives none.",
        needed_by("kuwait.3.5"),
    )
    NOT_APPLICABLE = "not_applicable", "not applicable", "There can be no number.", DYAD
    WITHHELD = "withheld", "withheld", "Known to the source and kept back.", DYAD


class TransferKind(Vocabulary):
    """What is transferred."""

    EQUIPMENT = "equipment", "Equipment", "Weapons, their parts and munitions.", SIPRI
    TECHNOLOGY = "technology", "Technology", "Designs, know-how or means of making weapons.", SIPRI
    ASSISTANCE = "assistance", "Assistance", "Help with making, building or using weapons.", needed_by("egypt.7.2")


class ArmamentCategory(Vocabulary):
    """The category of the armament."""

    AIRCRAFT = "aircraft", "Aircraft", "Fixed-wing aircraft, helicopters, drones.", SIPRI
    AIR_DEFENCE = "air_defence", "Air-defence systems", "Land-based surface-to-air systems and guns.", SIPRI
    ARMOURED_VEHICLES = "armoured_vehicles", "Armoured vehicles", "Vehicles with armour.", SIPRI
    ARTILLERY = "artillery", "Artillery", "Guns, howitzers, mortars and rocket launchers of 100 mm and more.", SIPRI
    MISSILES = "missiles", "Missiles", "Guided missiles, ballistic ones included.", SIPRI
    NAVAL_WEAPONS = "naval_weapons", "Naval weapons", "Naval guns, torpedoes and launchers.", SIPRI
    SHIPS = "ships", "Ships", "Warships and armed vessels.", SIPRI
    SENSORS = "sensors", "Sensors", "Radars, sonars and other sensors.", SIPRI
    ENGINES = "engines", "Engines", "Engines for military craft.", SIPRI
    OTHER_MAJOR = "other", "Other major arms", "Major conventional arms of no other category.", SIPRI
    SMALL_ARMS = (
        "small_arms_light_weapons",
        "Small arms and light weapons",
        "Weapons one person or a small crew can carry.",
        "United Nations, small arms and light weapons",
    )
    UNSPECIFIED = (
        "unspecified",
        "Unspecified arms",
        "The source says only arms or military help.",
        needed_by("syria.1.1"),
    )


class DealStatus(Vocabulary):
    """The furthest step of a deal that the source states."""

    SOUGHT = "sought", "Sought", "One side wanted it.", needed_by("iraq.2.1")
    DISCUSSED = "discussed", "Discussed", "The sides talked about it.", DYAD
    AGREED = "agreed", "Agreed", "It was approved or agreed.", needed_by("egypt.7.1")
    ORDERED = "ordered", "Ordered", "It was ordered or bought, and delivery is not stated.", SIPRI
    PAID_NOT_DELIVERED = (
        "paid_not_delivered",
        "Paid, not delivered",
        "Money was paid and nothing came.",
        needed_by("iraq.2.2"),
    )
    PARTLY_DELIVERED = "partly_delivered", "Partly delivered", "Some of it came.", SIPRI
    DELIVERED = "delivered", "Delivered", "It came, or the source says supplied or provided.", SIPRI
    INTERDICTED = (
        "interdicted",
        "Interdicted",
        "It was seized on its way.",
        "United Nations, reports of panels of experts",
    )
    RELEASED = (
        "released_onward",
        "Released onward",
        "It was stopped on its way and then allowed to go on.",
        needed_by("yemen.1.5"),
    )
    CANCELLED = "cancelled", "Cancelled", "It was called off.", SIPRI
    UNKNOWN = "unknown", "Unknown", "The source names the deal and no step of it.", needed_by("egypt.8.1")


class ValueKind(Vocabulary):
    """What the value of a deal is the value of."""

    CONTRACT = "contract", "Contract", "The price agreed, or talked about.", SIPRI
    ESTIMATE = "estimate", "Estimate", "What the goods are thought to be worth.", needed_by("egypt.8.2")
    DOWN_PAYMENT = "down_payment", "Down payment", "A part paid in advance.", needed_by("iraq.2.2")
    AID = "aid", "Aid", "Given, not sold.", needed_by("egypt.9.1")


class Indicator(Vocabulary):
    """What an observation measures, between the country it comes from and the country it goes to."""

    EXPORTS = (
        "exports",
        "Exports",
        "Value of goods sent from the first country to the second.",
        "United Nations, International Merchandise Trade Statistics",
    )
    WORKERS = (
        "workers",
        "Workers",
        "Nationals of the first country who work in the second.",
        "International Labour Organization",
    )
    TRADE_RANK = (
        "trade_rank",
        "Rank in trade",
        "The place of one of the two among the partners of the other; `subject` says whose place, and in what.",
        needed_by("egypt.10.2"),
    )
    AID = "aid", "Aid", "Value of aid from the first country to the second.", "OECD, Development Assistance Committee"


class SourceType(Vocabulary):
    """The type of a document."""

    ARTICLE = "article", "Article", "An article of no narrower type.", CSL
    JOURNAL = "article-journal", "Journal article", "An article in a journal.", CSL
    NEWSPAPER = "article-newspaper", "Newspaper article", "An article in a newspaper.", CSL
    BOOK = "book", "Book", "A book.", CSL
    CHAPTER = "chapter", "Chapter", "A chapter of a book.", CSL
    DATASET = "dataset", "Data set", "A data set.", CSL
    DOCUMENT = "document", "Document", "A document of no narrower type.", CSL
    REPORT = "report", "Report", "A report.", CSL
    STANDARD = "standard", "Standard", "A standard.", CSL
    TREATY = "treaty", "Treaty", "A treaty.", CSL
    WEBPAGE = "webpage", "Web page", "A page on the web.", CSL


class Collection(Vocabulary):
    """What stands at one kind of public address; the value is the first part of the path."""

    PERIODS = "periods", "Periods", "States of affairs of a relation.", DYAD
    MISSIONS = "missions", "Missions", "Accreditations.", DYAD
    EVENTS = "events", "Events", "Things that happened.", DYAD
    TRANSFERS = "arms-transfers", "Arms transfers", "Deals in arms.", DYAD
    OBSERVATIONS = "observations", "Observations", "Figures.", DYAD
    ACTORS = "actors", "Actors", "Persons and bodies.", DYAD
    SOURCES = "sources", "Sources", "Documents.", DYAD


class AddressReason(Vocabulary):
    """Why nothing stands at an address any more."""

    RENAMED = "renamed", "Renamed", "It stands at another address.", DYAD
    MERGED = "merged", "Merged", "It was one with a record at another address.", DYAD
    WITHDRAWN = "withdrawn", "Withdrawn", "It is no longer public.", DYAD
    DELETED = "deleted", "Deleted", "It no longer exists.", DYAD
