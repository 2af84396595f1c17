"""The meanings of names, which are given once for a whole profile and written at its end."""

from relations.exchange.drafting import AS_WORDS, CODES
from relations.exchange.profiles import Profile
from relations.exchange.toml import listed, text

SAID_HERE = "# Who is meant by names, as it was said at the desk."


def names_kept(profile: Profile) -> dict[str, str]:
    """The meanings of names that a profile has for all its columns, as values of the menus."""
    kept = {name: " ".join(who) if isinstance(who, list) else str(who) for name, who in profile.names.items()}
    return kept | dict.fromkeys(profile.unnamed, AS_WORDS)


def with_names(profile: Profile, meanings: dict[str, str]) -> str:
    """The text of a profile with more meanings of names; what its author wrote is not changed."""
    meanings = names_kept(profile) | meanings
    names = {name: to_toml(who) for name, who in meanings.items() if who != AS_WORDS}
    unnamed = {name: text(name) for name, who in meanings.items() if who == AS_WORDS}
    above = profile.text.partition(f"\n{SAID_HERE}")[0].rstrip()
    tables = {"names": names, "unnamed": unnamed}
    below = [f"[{part}]\n{lines(table)}" for part, table in tables.items() if table]
    return "\n\n".join([above, f"{SAID_HERE}\n{below[0]}", *below[1:]]) + "\n" if below else f"{above}\n"


def to_toml(who: str) -> str:
    """A meaning as TOML: a country or an actor as a string, or a list of countries."""
    codes = who.split()
    return listed(codes) if len(codes) > 1 and CODES.fullmatch(who) else text(who)


def lines(table: dict[str, str]) -> str:
    """The lines of a TOML table."""
    return "\n".join(f"{text(name)} = {value}" for name, value in table.items())
