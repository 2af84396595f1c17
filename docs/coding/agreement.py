"""How far two independent codings of a document agree: `make agreement`, or with some sections as arguments.

Each section has two tables, `<section>-a.csv` and `<section>-b.csv`, one claim a line. Claims of the same sentence are
paired so that the pairs are as alike as can be; then every field is compared. The coders chose their own words for the
claim, the kind of an event or indicator, parties without a name, and what a figure measures: these are not compared.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

COLUMNS = ["ref", "claim", "model", "countries", "date", "figure", "modality", "hedge", "note"]
NO_RECORD = {"context", "out_of_scope"}
FIXED_VALUES = {"relation_period", "mission", "arms_transfer"}  # whose value is from a closed list
ALIKE_ENOUGH = 2.0  # of 12; less alike claims of one sentence are two different claims


class CodingError(Exception):
    """What is wrong with a table."""


@dataclass(frozen=True)
class Claim:
    """One line of a coding."""

    ref: str
    claim: str
    model: str
    countries: str
    date: str
    figure: str
    modality: str

    @property
    def kind(self) -> str:
        """The model alone: `relation_period`, `event`, `context` …"""
        return self.model.partition(":")[0]

    @property
    def value(self) -> str:
        """The track and value, kind of mission or status of a deal."""
        return self.model.partition(":")[2] if self.kind in FIXED_VALUES else ""

    @property
    def is_record(self) -> bool:
        return self.kind not in NO_RECORD

    @property
    def roles(self) -> frozenset[str]:
        """Every party with its role; one without a name is in quotes, in the coder's own words."""
        parts = (part.strip().rpartition(":") for part in self.countries.split(";") if part.strip())
        return frozenset(("unnamed" if party.startswith('"') else party) + ":" + role for party, _, role in parts)

    @property
    def parties(self) -> frozenset[str]:
        """Every party, whatever its role."""
        return frozenset(part.rpartition(":")[0] for part in self.roles)

    @property
    def numbers(self) -> frozenset[str]:
        """Every number with its qualifier, or why there is none: `about 30000`, `missing:uncounted`."""
        figures = (part.partition("=")[2].split() for part in self.figure.split(";") if part.strip())
        return frozenset(" ".join(words[: 1 if words[0][:1].isdigit() else 2]) for words in figures if words)


Pair = tuple[Claim, Claim]
FIELDS: dict[str, Callable[[Claim], object]] = {
    "model": lambda claim: claim.kind,
    "value": lambda claim: claim.value,
    "parties": lambda claim: claim.parties,
    "roles": lambda claim: claim.roles,
    "date": lambda claim: claim.date,
    "figure": lambda claim: claim.numbers,
    "modality": lambda claim: claim.modality,
}


def is_compared(field: str, pair: Pair) -> bool:
    """Whether two claims can agree in a field: both are records, and where few have it, one has it."""
    has_it = field not in {"value", "figure"} or any(map(FIELDS[field], pair))
    return field == "model" or (has_it and all(claim.is_record for claim in pair))


@dataclass
class Comparison:
    """Two codings of some sentences, claim by claim."""

    refs_a: set[str]
    refs_b: set[str]
    pairs: list[Pair]
    only_a: list[Claim]
    only_b: list[Claim]

    def differences(self) -> list[tuple[Claim | None, Claim | None, list[str]]]:
        """What a has, what b has, and the fields in which they differ, sentence by sentence."""
        found: list[tuple[Claim | None, Claim | None, list[str]]] = [
            (*pair, fields) for pair in self.pairs if (fields := list(self.fields_of_difference(pair)))
        ]
        found += [(claim, None, []) for claim in self.only_a] + [(None, claim, []) for claim in self.only_b]
        return sorted(found, key=lambda difference: place_of(difference[0] or difference[1]))

    def fields_of_difference(self, pair: Pair) -> Iterator[str]:
        """The fields in which two claims differ; other parties have other roles, which need not be said."""
        for field, read in FIELDS.items():
            a, b = map(read, pair)
            if a != b and is_compared(field, pair) and (field != "roles" or pair[0].parties == pair[1].parties):
                yield field


def place_of(claim: Claim | None) -> list[str | int]:
    """Where the sentence of a claim stands in its section."""
    return [int(part) if part.isdigit() else part for part in claim.ref.split(".")] if claim else []


def shown(difference: tuple[Claim | None, Claim | None, list[str]]) -> Iterator[str]:
    """A difference in a few lines."""
    a, b, fields = difference
    if a and b:
        yield f"\n{a.ref}  {a.claim}"
        for field in fields:
            column = {"value": "model", "parties": "countries", "roles": "countries"}.get(field, field)
            yield f"  {field:<9} a  {getattr(a, column) or '–'}\n  {'':<9} b  {getattr(b, column) or '–'}"
    elif claim := a or b:
        yield f"\n{claim.ref}  {claim.claim}\n  only {'a' if a else 'b'}    {claim.model}"


def read_coding(path: Path) -> list[Claim]:
    """The claims of one table."""
    if not path.exists():
        raise CodingError(f"There is no {path.name}: a section needs both codings.")
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        if table.fieldnames != COLUMNS:
            raise CodingError(f"{path.name}: the columns are not {','.join(COLUMNS)}.")
        return [Claim(*(row[column].strip() for column in COLUMNS[:7])) for row in table]


def compare(a: list[Claim], b: list[Claim]) -> Comparison:
    """Pair the claims of two codings, sentence by sentence."""
    by_ref: dict[str, tuple[list[Claim], list[Claim]]] = defaultdict(lambda: ([], []))
    for coder, claims in enumerate((a, b)):
        for claim in claims:
            by_ref[claim.ref][coder].append(claim)
    comparison = Comparison({claim.ref for claim in a}, {claim.ref for claim in b}, [], [], [])
    for ours, theirs in by_ref.values():
        pairs = best_pairs(tuple(ours), tuple(theirs))
        comparison.pairs += pairs
        comparison.only_a += [claim for claim in ours if claim not in [a for a, _ in pairs]]
        comparison.only_b += [claim for claim in theirs if claim not in [b for _, b in pairs]]
    return comparison


def best_pairs(a: tuple[Claim, ...], b: tuple[Claim, ...]) -> list[Pair]:
    """The pairs that are the most alike in sum, each claim in one at most."""

    @cache
    def best(first: int, free: frozenset[int]) -> tuple[float, tuple[Pair, ...]]:
        if first == len(a):
            return 0, ()
        choices = [best(first + 1, free)]
        for number in sorted(free):
            if (gain := likeness(a[first], b[number])) >= ALIKE_ENOUGH:
                rest, pairs = best(first + 1, free - {number})
                choices.append((gain + rest, ((a[first], b[number]), *pairs)))
        return max(choices, key=lambda choice: choice[0])

    return list(best(0, frozenset(range(len(b))))[1])


@cache
def likeness(a: Claim, b: Claim) -> float:
    """How alike two claims of the same sentence are, from 0 to 12."""
    return (
        3 * (a.kind == b.kind)
        + (a.model == b.model)
        + 2 * overlap(a.parties, b.parties)
        + overlap(a.roles, b.roles)
        + 2 * (a.date == b.date != "")
        + (a.numbers == b.numbers != frozenset())
        + 2 * SequenceMatcher(None, a.claim.lower(), b.claim.lower(), autojunk=False).ratio()
    )


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of what either has that both have."""
    return len(a & b) / len(a | b) if a | b else 0


def kappa(pairs: list[tuple[str, str]]) -> float | None:
    """Cohen's kappa: agreement beyond that of chance; None where chance alone agrees always."""
    total = len(pairs)
    agreed = sum(a == b for a, b in pairs) / total if total else 0
    of_a, of_b = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(of_a[term] * of_b[term] for term in of_a) / total**2 if total else 1
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


def rates(comparison: Comparison) -> Iterator[str]:
    """One line for each field: how many agree of how many, and kappa where the field is one of a few terms."""
    refs = comparison.refs_a | comparison.refs_b
    claims = len(comparison.pairs) + len(comparison.only_a) + len(comparison.only_b)
    yield rate("sentences", len(comparison.refs_a & comparison.refs_b), len(refs))
    yield rate("claims", len(comparison.pairs), claims)
    for field, read in FIELDS.items():
        pairs = [pair for pair in comparison.pairs if is_compared(field, pair)]
        line = rate(field, sum(read(a) == read(b) for a, b in pairs), len(pairs))
        if field in {"model", "modality"}:
            beyond_chance = kappa([(str(read(a)), str(read(b))) for a, b in pairs])
            line += f"   kappa {'–' if beyond_chance is None else f'{beyond_chance:.2f}'}"
        yield line


def rate(name: str, agreed: int, total: int) -> str:
    return f"{name:<10} {agreed:>4} of {total:>4}   {f'{agreed / total:.0%}' if total else '–':>4}"


def main(sections: list[str], directory: Path = Path(__file__).parent) -> None:
    """Print every difference, then the rates."""
    sections = sections or sorted({path.stem[:-2] for path in directory.glob("*-[ab].csv")})
    if not sections:
        raise CodingError(f"{directory} holds no codings.")
    codings = [
        [claim for section in sections for claim in read_coding(directory / f"{section}-{coder}.csv")] for coder in "ab"
    ]
    comparison = compare(*codings)
    for difference in comparison.differences():
        print(*shown(difference), sep="\n")
    print("", *rates(comparison), sep="\n")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CodingError as error:
        sys.exit(str(error))
