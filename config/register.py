"""The title, studied state and look of a register, read from register.toml.

fixtures/register.toml is that of the example and explains every line. Without a file a register has a title only.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from django.core.exceptions import ImproperlyConfigured

# The backgrounds of the accent colour: --paper and --raised in site.css.
LIGHT, DARK = ("#fbfaf6", "#ffffff"), ("#16181a", "#1d2022")
READABLE = 7  # WCAG 2, AAA
SOFT, HALF = 0.14, 0.4  # the share of the accent in the colours mixed from it
ABOUT = "A sourced register of foreign relations: every record says how sure its sources are, and where it is said."
PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}
LARGEST_PICTURE = 200_000
WEB = re.compile(r"https?://[^\s<>\"']+")
MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")


@dataclass(frozen=True)
class Register:
    """The settings of a register; those that the file leaves out are empty."""

    title: str = "Dyad"
    studied_state: str = ""
    region: str = ""
    about: str = ""
    contact: str = ""
    licence: str = ""
    licence_url: str = ""
    accent: str = ""
    accent_in_the_dark: str = ""
    logo: str = ""
    file: str = "the settings"  # the path of register.toml, for error messages

    @property
    def licence_of_many(self) -> str:
        """The licence of several records together, some of which may be under the licence of their source."""
        return f"{self.licence} unless a record names that of its source" if self.licence else ""

    @property
    def description(self) -> str:
        """A paragraph that describes the register."""
        return " ".join([ABOUT, *self.about.split()])

    @property
    def contact_url(self) -> str:
        """The URL of the contact: a page, or a mailto link; empty if there is none."""
        return self.contact if WEB.fullmatch(self.contact) else f"mailto:{self.contact}" * bool(self.contact)

    def report_url(self, address: str) -> str:
        """A mailto link that reports an error on the page of a URL; empty if the contact is not an e-mail address."""
        if not MAIL.fullmatch(self.contact):
            return ""
        body = f"The page: {address}\nWhat is wrong, and where it is said: "
        words = urlencode({"subject": f"{self.title}: an error on a page", "body": body}, quote_via=quote)
        return f"mailto:{quote(self.contact, safe='@+')}?{words}"

    @property
    def logo_type(self) -> str:
        """The MIME type of the logo."""
        return PICTURES[Path(self.logo).suffix]

    @property
    def style_sheet(self) -> str:
        """CSS that sets the colours made from the accent, for light and dark pages; empty without an accent."""
        if not self.accent:
            return ""
        light, dark = (
            ":root{" + "".join(f"--{name}:{colour};" for name, colour in colours_of(accent, grounds).items()) + "}"
            for accent, grounds in ((self.accent, LIGHT), (self.accent_in_the_dark, DARK))
        )
        return f"{light}\n@media (prefers-color-scheme:dark){{{dark}}}\n"


def colours_of(accent: str, grounds: tuple[str, str]) -> dict[str, str]:
    """The colours of site.css that are made from the accent, by the names of their CSS variables."""
    soft, half = (mixed(accent, grounds[0], part) for part in (SOFT, HALF))
    return {"accent": accent, "accent-soft": soft, "possible": half, "certain": accent}


def channels(colour: str) -> list[int]:
    """Red, green and blue of a colour `#rrggbb`, from 0 to 255."""
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def mixed(colour: str, ground: str, part: float) -> str:
    """A mixture of two colours with this part (0 to 1) of the first."""
    pairs = zip(channels(colour), channels(ground), strict=True)
    return "#" + "".join(f"{round(part * one + (1 - part) * other):02x}" for one, other in pairs)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21, as WCAG 2 defines it."""
    light = sorted(map(luminance, (one, other)))
    return (light[1] + 0.05) / (light[0] + 0.05)


def luminance(colour: str) -> float:
    parts = [channel / 255 for channel in channels(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# Each returns what is wrong with a value, or an empty string if it is valid.


def one_line(value: str) -> str:
    return "" if value and len(value) <= 80 and value.isprintable() else "use one line of at most 80 characters"


def code(value: str) -> str:
    return "" if re.fullmatch("[A-Z]{3}", value) else "use the three capital letters of a country, such as EGY"


def web(value: str) -> str:
    return "" if WEB.fullmatch(value) else "use an address that begins with https://"


def contact(value: str) -> str:
    return (
        ""
        if WEB.fullmatch(value) or MAIL.fullmatch(value)
        else "use an e-mail address, or one that begins with https://"
    )


def colour_on(grounds: tuple[str, str], where: str) -> Callable[[str], str]:
    """A check whether a colour has enough contrast on these backgrounds."""

    def colour(value: str) -> str:
        if not re.fullmatch("#[0-9A-Fa-f]{6}", value):
            return "use a colour such as #164e4a"
        least = min(contrast(value, ground) for ground in (*grounds, mixed(value, grounds[0], SOFT)))
        return "" if least >= READABLE else f"its contrast {where} is {least:.1f}: it must be {READABLE} or more"

    return colour


CHECKS: dict[str, Callable[[str], str]] = {
    "title": one_line,
    "studied_state": code,
    "region": one_line,
    "about": lambda value: "",
    "contact": contact,
    "licence": one_line,
    "licence_url": web,
    "accent": colour_on(LIGHT, "on light pages"),
    "accent_in_the_dark": colour_on(DARK, "on dark pages"),
    "logo": lambda value: "" if Path(value).suffix in PICTURES else f"use a file ending with {' or '.join(PICTURES)}",
}
TOGETHER = (("licence", "licence_url"), ("accent", "accent_in_the_dark"))


def described(named: str, checkout: Path, *, is_example: bool) -> Register:
    """The register of the named file, else of register.toml in the checkout, else of the example if it is loaded."""
    own = Path(named) if named else checkout / "register.toml"
    if named or own.exists():
        return read(own)
    return read(checkout / "fixtures" / "register.toml") if is_example else Register()


def read(path: Path) -> Register:
    """Reads a register's file; raises ImproperlyConfigured with a one-line reason if it is invalid."""

    def refuse(reason: str) -> ImproperlyConfigured:
        return ImproperlyConfigured(f"{path}: {reason}.")

    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ImproperlyConfigured(f"{path} cannot be read: {error.strerror}.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise refuse(" ".join(str(error).rstrip(".").split())) from None
    for name, value in given.items():
        if name not in CHECKS:
            raise refuse(f"{name} is no setting of a register: use {', '.join(CHECKS)}")
        if not isinstance(value, str):
            raise refuse(f"{name} is {value!r}: put it in quotes")
        given[name] = value.strip()
        if problem := CHECKS[name](given[name]):
            raise refuse(f"{name} is {given[name]!r}: {problem}")
    for names in TOGETHER:
        if missing := [name for name in names if any(other in given for other in names) and name not in given]:
            raise refuse(f"{missing[0]} is missing: {' and '.join(names)} are given together")
    if "logo" in given:
        given["logo"] = str(picture(path.parent / given["logo"], refuse))
    return Register(**given, file=str(path))


def picture(path: Path, refuse: Callable[[str], ImproperlyConfigured]) -> Path:
    """The path of a logo; `refuse` makes the error raised if the file is missing or larger than LARGEST_PICTURE."""
    if not path.is_file():
        raise refuse(f"logo is {path.name!r}: there is no such file beside this one")
    if path.stat().st_size > LARGEST_PICTURE:
        raise refuse(f"logo is {path.name!r}: it has more than {LARGEST_PICTURE // 1000} kB")
    return path
