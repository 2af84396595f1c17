"""The closed lists: every value with its label, its definition and where the term comes from."""

from typing import Any, NamedTuple, Self

from django.db import models

DYAD = "this project"


def needed_by(ref: str) -> str:
    """The origin of a term of ours: the sentence of the first document that made it necessary."""
    return f"{DYAD} ({ref})"


VIENNA = "Vienna Convention on Diplomatic Relations, 1961"
CONSULAR = "Vienna Convention on Consular Relations, 1963"
COW = "Correlates of War, Diplomatic Exchange"
COW_DISPUTES = "Correlates of War, Militarized Interstate Disputes"
PLOVER = "PLOVER manual, 2024"
SIPRI = "SIPRI Arms Transfers Database, sources and methods"
CSL = "Citation Style Language 1.0.2"
EDTF = "ISO 8601-2"


class Vocabulary(models.TextChoices):
    """A closed list; a member is written `VALUE = "value", "Label", "definition", "where the term comes from"`.

    Other attributes of a term, such as its code in another list, come before the last.
    """

    wording: str
    definition: str
    codes: tuple[Any, ...]

    # TextChoices takes the last string of a member as its label; ours is the second, so that a list reads naturally.
    def __new__(cls, value: str, label: str = "", definition: str = "", *codes: Any) -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.wording = label
        term.definition = definition
        term.codes = codes
        return term

    @property
    def label(self) -> str:
        return self.wording

    @classmethod
    def named(cls, value: str) -> str:
        """The label of a value; the value itself if it is not a term."""
        term: Any = cls._value2member_map_.get(value)
        return term.label if term else value

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


class Verdict(Vocabulary):
    """How a statement of the sources relates to a day. It is about time alone; how sure they are is the modality."""

    ON = (
        "on_that_day",
        "On that day",
        "It had begun by that day and had not ended, whatever its vague dates mean.",
        DYAD,
    )
    POSSIBLY = "possibly", "Possibly on that day", "Its vague, open or missing dates allow it on that day.", DYAD
    UNDATED = "not_dated", "Not dated", "The sources state it and give no date at all.", DYAD
    ENDED = "ended", "Ended", "It had ended by that day, and the sources do not say what followed.", DYAD
    NOT_YET = "did_not_exist_yet", "Did not exist yet", "One of the two did not exist yet on that day.", DYAD
    NO_LONGER = "no_longer_existed", "No longer existed", "One of the two no longer existed on that day.", DYAD
    BETWEEN = "did_not_exist", "Did not exist", "That day lies between two lifespans of one of the two.", DYAD
    NOT_STATED = "not_stated", "Not stated", "The sources say nothing about it.", DYAD


class EndBasis(Vocabulary):
    """What the end in effect of a state of affairs or a mission is based on; empty if it has no end."""

    STATED = "stated", "Stated", "Its sources state the end.", DYAD
    NEXT_VALUE = "next_value", "Next value", "The next value of its track began.", DYAD
    END_OF_STATE = "end_of_state", "End of a state", "One of the two states ended, and did not begin again.", DYAD


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

    ISO3 = (
        "iso3",
        "ISO 3166-1 alpha-3",
        "Three letters; a withdrawn code has the year in which it was withdrawn.",
        "ISO 3166-1",
    )
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


class MissionKind(Vocabulary):
    """What sort of post a mission is."""

    EMBASSY = "embassy", "Embassy", "A permanent diplomatic mission of the first class.", VIENNA + ", article 3"
    LEGATION = "legation", "Legation", "A diplomatic mission under a minister or envoy.", VIENNA + ", article 14"
    HIGH_COMMISSION = (
        "high_commission",
        "High commission",
        "An embassy between members of the Commonwealth.",
        VIENNA + ", article 14",
    )
    CONSULATE = "consulate", "Consulate", "A consular post headed by a career officer.", CONSULAR + ", article 1"
    HONORARY_CONSULATE = (
        "honorary_consulate",
        "Honorary consulate",
        "A consular post headed by an honorary officer.",
        CONSULAR + ", article 58",
    )
    INTERESTS_SECTION = (
        "interests_section",
        "Interests section",
        "Staff of the sending state in the embassy of a protecting power.",
        VIENNA + ", articles 45 and 46",
    )
    LIAISON_OFFICE = (
        "liaison_office",
        "Liaison office",
        "An office of states without diplomatic relations, or before they exchange embassies.",
        "Diplometrics, Diplomatic Representation",
    )
    TRADE_OFFICE = (
        "trade_office",
        "Trade office",
        "A trade, economic or cultural office that also stands for the state.",
        "Diplometrics, Diplomatic Representation",
    )
    OFFICE = "office", "Office", "An office of a kind that the source does not name.", DYAD


class HeadRank(Vocabulary):
    """The rank of the head of a mission."""

    AMBASSADOR = (
        "ambassador",
        "Ambassador",
        "An ambassador, nuncio or high commissioner: the first class.",
        VIENNA + ", article 14",
    )
    MINISTER = "minister", "Minister", "An envoy, minister or internuncio: the second class.", VIENNA + ", article 14"
    CHARGE = (
        "charge_d_affaires",
        "Chargé d'affaires",
        "A chargé d'affaires, with letters or for a time.",
        VIENNA + ", articles 14 and 19",
    )
    CONSUL = "consul", "Consul", "A consul of whatever class, or consular agent.", CONSULAR + ", article 9"
    OTHER = "other", "Other", "An officer of none of these ranks.", COW


class MissionEnding(Vocabulary):
    """How a mission came to an end."""

    CLOSED = "closed", "Closed", "It was closed.", VIENNA + ", article 45"
    SUSPENDED = (
        "suspended",
        "Suspended",
        "Its work was suspended without its being closed; when it reopens, that is a mission of its own.",
        VIENNA + ", article 45",
    )


class MilitarisedAct(NamedTuple):
    """How the Correlates of War codes an act in a militarised interstate dispute."""

    level: int
    actions: tuple[int, ...]

    def __str__(self) -> str:
        return f"hostility level {self.level}, highest action {', '.join(map(str, self.actions))}"


class EventKind(Vocabulary):
    """What happened, with the PLOVER event that each kind maps to and, of militarised acts, their level and actions.

    A member is written `VALUE = "value", "Label", "definition", "PLOVER event mode (context)"`, with the level and the
    actions of the Correlates of War before the last where there are any.
    """

    AGREEMENT = (
        "agreement",
        "Agreement",
        "A treaty, memorandum or other agreement is concluded.",
        "SUPPORT (diplomatic)",
    )
    VISIT = "visit", "Visit", "A person or delegation travels to the other.", "CONSULT visit"
    TALKS = "talks", "Talks", "Parties talk or negotiate.", "CONSULT"
    INVITATION = "invitation", "Invitation", "A party is invited.", "AGREE"
    REQUEST = "request", "Request", "Something is asked of a party.", "REQUEST"
    CONSENT = "consent", "Consent", "A party consents to what was asked.", "AGREE"
    PLEDGE = "pledge", "Pledge", "Parties promise something.", "AGREE"
    REFUSAL = "refusal", "Refusal", "A party refuses.", "REJECT"
    SUPPORT = (
        "support",
        "Declaration of support",
        "A party declares support or solidarity, or sides with another.",
        "SUPPORT",
    )
    CONDEMNATION = "condemnation", "Condemnation", "A party condemns an act or a party.", "ACCUSE disapprove"
    STATEMENT = (
        "statement",
        "Statement",
        "A party makes a statement that is neither support nor condemnation.",
        "no code",
    )
    UN_VOTE = "un_vote", "Vote in the United Nations", "States vote; roles say how.", "SUPPORT or REJECT"
    FINANCIAL_AID = "financial_aid", "Financial aid", "Money is given.", "AID (economic)"
    FOOD_AID = "food_aid", "Food aid", "Food is given.", "AID (human_security)"
    AID_CUT = "aid_cut", "Cut in aid", "Aid is reduced or stopped.", "SANCTION discontinue (economic)"
    MILITARY_PERSONNEL = (
        "military_personnel",
        "Military personnel",
        "Trainers, advisers or troops are sent, or serve.",
        "AID (military)",
    )
    THREAT = (
        "threat",
        "Threat",
        "Force, a blockade, an occupation or war is threatened.",
        MilitarisedAct(2, (1, 2, 3, 4, 5, 6)),
        "THREATEN violence or THREATEN territory or THREATEN restrict",
    )
    SHOW_OF_FORCE = (
        "show_of_force",
        "Show of force",
        "Forces are shown, or a border is fortified or crossed for a while, and no force is used.",
        MilitarisedAct(3, (7, 11, 12)),
        "MOBILIZE troops",
    )
    MOBILISATION = (
        "mobilisation",
        "Mobilisation",
        "Forces are put on alert or called up.",
        MilitarisedAct(3, (8, 9, 10)),
        "MOBILIZE troops",
    )
    BLOCKADE = (
        "blockade",
        "Blockade",
        "Coasts, ports or borders are closed by force.",
        MilitarisedAct(4, (13,)),
        "COERCE restrict (military)",
    )
    OCCUPATION = (
        "occupation",
        "Occupation",
        "Territory is taken or held by force.",
        MilitarisedAct(4, (14,)),
        "COERCE seize (military, territory)",
    )
    ATTACK = (
        "attack",
        "Attack",
        "Forces of one side attack; that the other fought back is not stated.",
        MilitarisedAct(4, (16,)),
        "ASSAULT (military)",
    )
    CLASH = (
        "clash",
        "Clash",
        "Forces of both sides fight, short of war.",
        MilitarisedAct(4, (17,)),
        "ASSAULT (military)",
    )
    DECLARATION_OF_WAR = (
        "declaration_of_war",
        "Declaration of war",
        "A party declares war.",
        MilitarisedAct(4, (18,)),
        "THREATEN violence (military)",
    )
    WAR = (
        "war",
        "War",
        "A war begins or is fought, or a party joins one.",
        MilitarisedAct(5, (20, 21)),
        "ASSAULT (military)",
    )
    CEASEFIRE = "ceasefire", "Ceasefire", "Fighting is stopped, by agreement or by order.", "RETREAT ceasefire"
    PEACE = "peace", "Peace", "A war or a dispute is settled, by treaty or otherwise.", "SUPPORT (diplomatic)"
    MEDIATION_OFFER = "mediation_offer", "Offer of mediation", "A third party offers to stand between.", "AGREE"
    COMBAT = "combat", "Combat", "Troops take part in fighting.", "ASSAULT (military)"
    AIR_STRIKE = "air_strike", "Air strike", "A target is attacked from the air.", "ASSAULT aerial"
    BOMBING = "bombing", "Bombing", "An explosive is set off.", "ASSAULT explosives (terrorism)"
    WEAPON_USE = (
        "weapon_use",
        "Use of weapons",
        "Missiles or other heavy weapons are fired, or chemical, biological or radiological ones used.",
        MilitarisedAct(4, (19,)),
        "ASSAULT heavy-weapons or ASSAULT unconventional",
    )
    NUCLEAR_TEST = "nuclear_test", "Weapons test", "A nuclear weapon or missile is tested.", "MOBILIZE weapons (cbrn)"
    NUCLEAR_COOPERATION = (
        "nuclear_cooperation",
        "Nuclear cooperation",
        "Parties work together on nuclear plant or science.",
        "COOPERATE (technology)",
    )
    SEIZURE = (
        "seizure",
        "Seizure",
        "A cargo or a ship is intercepted or seized.",
        MilitarisedAct(4, (15,)),
        "COERCE seize (trafficking)",
    )
    RELEASE = "release", "Release", "A seized cargo or person is let go.", "RETREAT release"
    TRANSSHIPMENT = (
        "transshipment",
        "Transshipment",
        "Goods pass through a port on their way elsewhere.",
        "COOPERATE (trafficking)",
    )
    ARREST = "arrest", "Arrest", "A person is apprehended.", "COERCE arrest"
    EXTRADITION = "extradition", "Extradition", "A person is handed over.", "COOPERATE (legal)"
    EXPULSION = (
        "expulsion",
        "Expulsion",
        "A diplomat or other person is told to leave.",
        "SANCTION expel (diplomatic) or COERCE deport",
    )
    RESTRICTION = (
        "restriction",
        "Restriction",
        "Visas, licences, entry or travel are refused, limited or ended.",
        "SANCTION discontinue",
    )
    SANCTIONS = (
        "sanctions",
        "Sanctions",
        "Trade, money, arms or travel are barred as a measure against a party.",
        "SANCTION discontinue (economic)",
    )
    SANCTIONS_END = "sanctions_end", "End of sanctions", "Such a measure is eased or lifted.", "CONCEDE (economic)"
    PERMISSION = "permission", "Permission", "Something is allowed that need not be.", "CONCEDE"
    LEGISLATION = "legislation", "Legislation", "A law or resolution is passed or signed.", "no code"
    LEGAL_PROCEDURE = (
        "legal_procedure",
        "Legal procedure",
        "A party completes what its own law asks for before an act takes effect.",
        "no code",
    )
    LABOUR = "labour", "Labour", "Workers are sent, employed or sent home.", "COOPERATE (economic, migration)"
    BUSINESS = "business", "Business", "A venture, licence, branch, air route or project.", "COOPERATE (economic)"
    POLICY = (
        "policy",
        "Change of policy",
        "A party takes up, changes or gives up a policy, or its part in something.",
        "no code",
    )
    ACCESSION = (
        "accession",
        "Accession",
        "A party joins an organisation, a movement or a treaty.",
        "SUPPORT (diplomatic)",
    )
    WITHDRAWAL = (
        "withdrawal",
        "Withdrawal",
        "A party leaves an organisation, a movement or a treaty.",
        "SANCTION withdraw (diplomatic)",
    )
    RECOGNITION = (
        "recognition",
        "Act of recognition",
        "A party recognises a government, a border or a gain of territory; that of a state which lasts is a period.",
        "SUPPORT (diplomatic)",
    )

    @property
    def plover(self) -> str:
        """The PLOVER event, mode and (context) of this kind."""
        return super().origin

    @property
    def mid(self) -> MilitarisedAct | None:
        """The code of this kind in the Correlates of War; None if it is not a militarised act."""
        return next(iter(self.codes), None)

    @property
    def origin(self) -> str:
        """The codes of this kind in PLOVER and, for a militarised act, in the Correlates of War."""
        return f"{PLOVER}: {self.plover}" + (f"; {COW_DISPUTES}: {self.mid}" if self.mid else "")


class Role(Vocabulary):
    """The part somebody had in an event."""

    ACTOR = "actor", "Actor", "Did it.", PLOVER
    RECIPIENT = "recipient", "Recipient", "It was done to them, for them or with them.", PLOVER
    HOST = "host", "Host", "It happened on their ground, or under their roof.", needed_by("bahrain.2.1")
    SPONSOR = "sponsor", "Sponsor", "Drafted or put forward what was voted on.", needed_by("egypt.3.2")
    MEDIATOR = "mediator", "Mediator", "Stood between the parties.", "CAMEO 045"
    TRANSIT = "transit", "Transit", "It passed through their territory.", needed_by("egypt.8.1")
    VICTIM = "victim", "Victim", "Was killed or hurt.", "UCDP"
    ADDRESSEE = "addressee", "Addressee", "It was said or sent to them.", needed_by("egypt.5.1")
    REPRESENTED_BY = "represented_by", "Represented by", "Acted for a party.", needed_by("egypt.5.1")
    VOTED_FOR = "voted_for", "Voted for", "Voted in favour.", "United Nations voting records"
    VOTED_AGAINST = "voted_against", "Voted against", "Voted against.", "United Nations voting records"
    ABSTAINED = "abstained", "Abstained", "Abstained from voting.", "United Nations voting records"
    CONCERNED = "concerned", "Concerned", "It was about them, though they did nothing.", needed_by("syria.2.3")


VOTES = (Role.VOTED_FOR, Role.VOTED_AGAINST, Role.ABSTAINED)


class Measure(Vocabulary):
    """What a number counts or measures, of an event or between two countries."""

    KILLED = "killed", "Killed", "Persons killed.", "UCDP"
    PERSONS = "persons", "Persons", "Persons who took part.", needed_by("egypt.6.3")
    WORKERS = (
        "workers",
        "Workers",
        "Nationals of the first country who work in the second, or are sent to.",
        "International Labour Organization",
    )
    WEIGHT = "weight", "Weight", "Weight, in the unit that the source names.", needed_by("egypt.4.1")
    ITEMS = "items", "Items", "Things counted.", DYAD
    MONEY = "money", "Money", "A sum, in its own currency, that is no aid and no price of goods sent.", "ISO 4217"
    AID = (
        "aid",
        "Aid",
        "Value of aid from the first country to the second, given or cut.",
        "OECD, Development Assistance Committee",
    )
    EXPORTS = (
        "exports",
        "Exports",
        "Value of goods sent from the first country to the second.",
        "United Nations, International Merchandise Trade Statistics",
    )
    TRADE_RANK = (
        "trade_rank",
        "Rank in trade",
        "The place of one of the two among the partners of the other; `subject` says whose place, and in what.",
        needed_by("egypt.10.2"),
    )


IN_MONEY = (Measure.MONEY, Measure.AID, Measure.EXPORTS)


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
    SATELLITES = "satellites", "Satellites", "Reconnaissance and other military satellites.", SIPRI
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


class Condition(Vocabulary):
    """In what condition equipment is transferred."""

    NEW = "new", "New", "Made for this deal.", SIPRI
    SECOND_HAND = "second_hand", "Second-hand", "Used before.", SIPRI
    MODERNISED = "second_hand_modernised", "Second-hand, modernised", "Used before, then modernised.", SIPRI


class DealRole(Vocabulary):
    """What somebody did for a deal, other than supplying and receiving."""

    SOUGHT = "sought", "Sought it", "Wanted the deal, or asked for it.", needed_by("iraq.2.1")
    APPROVED = "approved", "Approved it", "Gave consent to the deal.", needed_by("egypt.7.1")
    NEGOTIATED = (
        "negotiated",
        "Negotiated it",
        "Talked the deal over for one of the sides.",
        "United Nations, reports of panels of experts",
    )
    BROKERED = "brokered", "Brokered it", "Arranged the deal between the sides.", "Arms Trade Treaty, 2013, article 10"


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
    """The kinds of public pages; the value is the first part of their addresses."""

    PERIODS = "periods", "Periods", "States of affairs of a relation.", DYAD
    MISSIONS = "missions", "Missions", "Accreditations.", DYAD
    EVENTS = "events", "Events", "Things that happened.", DYAD
    TRANSFERS = "arms-transfers", "Arms transfers", "Deals in arms.", DYAD
    OBSERVATIONS = "observations", "Observations", "Figures.", DYAD
    ACTORS = "actors", "Actors", "Persons and bodies.", DYAD
    SOURCES = "sources", "Sources", "Documents.", DYAD


class FileFormat(Vocabulary):
    """The format of an imported file."""

    CSV = "csv", "CSV", "Text: a row a line, cells separated by commas.", "RFC 4180"
    XLSX = "xlsx", "XLSX", "A workbook of one sheet.", "ECMA-376"
    JSON = "json", "JSON", "A bibliography, as a list of entries.", "CSL-JSON"
    TXT = "txt", "Text", "A document in plain text.", "RFC 3629"


class AddressReason(Vocabulary):
    """Why an address is no longer in use."""

    RENAMED = "renamed", "Renamed", "It stands at another address.", DYAD
    MERGED = "merged", "Merged", "It was one with a record at another address.", DYAD
    WITHDRAWN = "withdrawn", "Withdrawn", "It is no longer public.", DYAD
    DELETED = "deleted", "Deleted", "It no longer exists.", DYAD
