"""register.toml: its settings, and how invalid ones are refused."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.register import DARK, LIGHT, READABLE, Register, channels, colours_of, contrast, described, read

CHECKOUT = Path(__file__).resolve().parents[2]
CUBA = """
title = "Foreign relations of Cuba"
studied_state = "CUB"
about = "One.\\n\\nTwo."
contact = "register@example.org"
licence = "CC0"
licence_url = "https://creativecommons.org/publicdomain/zero/1.0/"
accent = "#7a1f1f"
accent_in_the_dark = "#F4B4B4"
logo = "cuba.svg"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "cuba.svg").write_text("<svg/>")
    (tmp_path / "register.toml").write_text(CUBA)
    return tmp_path / "register.toml"


def refused(file: Path, line: str) -> str:
    """The error for a line that replaces the line with the same name."""
    name = line.partition(" ")[0]
    kept = [kept for kept in CUBA.splitlines() if kept.partition(" ")[0] != name]
    file.write_text("\n".join([*kept, line]))
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(file)
    assert str(refusal.value).startswith(f"{file}: ")
    assert "\n" not in str(refusal.value)
    return str(refusal.value).removeprefix(f"{file}: ")


def test_a_file_sets_everything(file: Path) -> None:
    assert read(file) == Register(
        title="Foreign relations of Cuba",
        studied_state="CUB",
        about="One.\n\nTwo.",
        contact="register@example.org",
        licence="CC0",
        licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
        accent="#7a1f1f",
        accent_in_the_dark="#F4B4B4",
        logo=str(file.parent / "cuba.svg"),
        file=str(file),
    )


def test_every_line_may_be_missing(file: Path) -> None:
    file.write_text("")
    assert read(file) == Register(file=str(file))
    assert (Register().title, Register().studied_state, Register().style_sheet) == ("Dyad", "", "")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            'titel = "Cuba"',
            "titel is no setting of a register: use title, studied_state, region, about, contact,",
        ),
        ("title = 5", "title is 5: put it in quotes."),
        ('title = ""', "title is '': use one line of at most 80 characters."),
        ('title = "a\\nb"', "title is 'a\\nb': use one line of at most 80 characters."),
        (f'title = "{"x" * 81}"', f"title is '{'x' * 81}': use one line of at most 80 characters."),
        ('studied_state = "Cuba"', "studied_state is 'Cuba': use the three capital letters of a country, such as EGY."),
        ('contact = "nobody"', "contact is 'nobody': use an e-mail address, or one that begins with https://."),
        ('contact = "javascript:alert(1)"', "contact is 'javascript:alert(1)': use an e-mail address"),
        (
            'licence_url = "creativecommons.org"',
            "licence_url is 'creativecommons.org': use an address that begins with",
        ),
        ('accent = "red"', "accent is 'red': use a colour such as #164e4a."),
        ('accent = "#f0a0a0"', "accent is '#f0a0a0': its contrast on light pages is 1.8: it must be 7 or more."),
        (
            'accent_in_the_dark = "#7a1f1f"',
            "accent_in_the_dark is '#7a1f1f': its contrast on dark pages is 1.6: it must be 7 or more.",
        ),
        ('logo = "cuba.gif"', "logo is 'cuba.gif': use a file ending with .svg or .png."),
        ('logo = "none.svg"', "logo is 'none.svg': there is no such file beside this one."),
        ("about = none", "Invalid value (at line 10, column 9)."),
    ],
)
def test_an_invalid_line_is_refused_in_one_line(file: Path, line: str, reason: str) -> None:
    assert refused(file, line).startswith(reason)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("licence", "licence is missing: licence and licence_url are given together."),
        ("licence_url", "licence_url is missing: licence and licence_url are given together."),
        ("accent", "accent is missing: accent and accent_in_the_dark are given together."),
        ("accent_in_the_dark", "accent_in_the_dark is missing: accent and accent_in_the_dark are given together."),
    ],
)
def test_settings_that_belong_together_are_required_together(file: Path, name: str, reason: str) -> None:
    file.write_text("\n".join(line for line in CUBA.splitlines() if line.partition(" ")[0] != name))
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(file)
    assert str(refusal.value) == f"{file}: {reason}"


def test_a_large_logo_is_refused(file: Path) -> None:
    (file.parent / "cuba.svg").write_bytes(b" " * 200_000)
    assert read(file).logo
    (file.parent / "cuba.svg").write_bytes(b" " * 200_001)
    assert refused(file, 'logo = "cuba.svg"') == "logo is 'cuba.svg': it has more than 200 kB."


@pytest.mark.parametrize(("content", "reason"), [(b"title = '\xff'", "'utf-8' codec can't decode"), (None, "")])
def test_an_unreadable_file_is_reported(tmp_path: Path, content: bytes | None, reason: str) -> None:
    file = tmp_path / "register.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(file)
    told = f"{file}: {reason}" if reason else f"{file} cannot be read: No such file or directory."
    assert str(refusal.value).startswith(told)


def test_a_file_of_the_checkout_takes_precedence_over_the_example(tmp_path: Path, file: Path) -> None:
    (tmp_path / "fixtures").mkdir()
    (tmp_path / "fixtures" / "register.toml").write_text('title = "The example"')
    named = str(file.rename(tmp_path / "named.toml"))
    assert described("", tmp_path, is_example=True).title == "The example"
    assert described("", tmp_path, is_example=False) == Register()
    (tmp_path / "register.toml").write_text('title = "Ours"')
    assert [described("", tmp_path, is_example=example).title for example in (True, False)] == ["Ours", "Ours"]
    assert described(named, tmp_path, is_example=True).title == "Foreign relations of Cuba"


def test_the_file_of_the_example_names_every_line_there_is() -> None:
    text = (CHECKOUT / "fixtures" / "register.toml").read_text()
    names = [line.removeprefix("# ").partition(" = ")[0] for line in text.splitlines() if " = " in line]
    assert sorted(names) == sorted(name for name in Register.__dataclass_fields__ if name != "file")
    assert read(CHECKOUT / "fixtures" / "register.toml").studied_state == "PRK"


def test_no_code_and_no_template_names_the_studied_state() -> None:
    sources = [
        path
        for folder in ("config", "relations")
        for kind in ("*.py", "*.html", "*.css")
        for path in (CHECKOUT / folder).rglob(kind)
        if "migrations" not in path.parts
    ]
    assert len(sources) > 100
    assert [str(path) for path in sources if "North Korea" in path.read_text(encoding="utf-8")] == []


def test_colours_follow_from_the_accent_and_can_be_read(file: Path) -> None:
    register = read(file)
    light, dark = register.style_sheet.splitlines()
    assert light == ":root{--accent:#7a1f1f;--accent-soft:#e9dbd8;--possible:#c7a2a0;--certain:#7a1f1f;}"
    assert dark.startswith("@media (prefers-color-scheme:dark){:root{--accent:#F4B4B4;--accent-soft:")
    for accent, grounds in ((register.accent, LIGHT), (register.accent_in_the_dark, DARK)):
        assert contrast(accent, colours_of(accent, grounds)["accent-soft"]) >= READABLE


def test_the_backgrounds_are_those_of_the_style_sheet() -> None:
    sheet = (CHECKOUT / "relations" / "static" / "relations" / "site.css").read_text()
    for grounds in (LIGHT, DARK):
        assert f"--paper: {grounds[0]};\n" in sheet
        assert f"--raised: {grounds[1]};\n" in sheet


def test_all_text_colours_have_enough_contrast() -> None:
    sheet = (CHECKOUT / "relations" / "static" / "relations" / "site.css").read_text()
    light = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", sheet.partition("@media")[0]))
    dark = light | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", sheet.split("@media")[1]))
    texts = dict.fromkeys(("ink", "soft", "accent", "warm"), ("paper", "raised"))
    texts["ink"] += ("accent-soft", "warm-soft")
    pairs = [(colours[text], colours[ground]) for colours in (light, dark) for text in texts for ground in texts[text]]
    assert [pair for pair in pairs if contrast(*pair) < READABLE] == []


def test_contrast_is_that_of_wcag() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#ffffff", "#777777"), 2) == 4.48
    assert contrast("#123456", "#123456") == 1
    assert channels("#1a5753") == [26, 87, 83]


@pytest.mark.parametrize(
    ("contact", "url"),
    [
        ("register@example.org", "mailto:register@example.org"),
        ("https://example.org/", "https://example.org/"),
        ("", ""),
    ],
)
def test_contact_leads_to_somebody(contact: str, url: str) -> None:
    assert Register(contact=contact).contact_url == url
