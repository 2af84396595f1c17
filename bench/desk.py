"""Codes a document of twelve sentences in a real browser, as somebody who knows the keys, and counts the effort.

Counted are clicks, keys besides the words of the records themselves, page loads, and fragments inserted into a page.
Run by `python -m bench.desk`; the site is a copy of this checkout with a database of its own.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page

from bench.drills.site import Site
from tests.e2e.browser import launched

DOCUMENT = """Egypt

North Korea and Egypt established diplomatic relations on 24 August 1963.

The embassy of North Korea in Cairo opened in March 1964.

A delegation from Pyongyang reportedly visited Cairo in the spring of 1973.

In the late 1980s Egypt bought about 120 tanks from North Korea.

Between 1976 and 1981 it supplied North Korea with two missiles.

North Korea exported goods worth 60 million USD to Egypt in 2010.

The weather in Cairo was fine.

Both states have always spoken of friendship.

On 3 November 1956 North Korea condemned the attack on Egypt.

In 1975 North Korea and Egypt signed an agreement on trade.

Allegedly more than 1,000 workers from North Korea were in Egypt by October 2016.

In the spring of 1973 a delegation from Pyongyang came to Cairo.
"""
DONE = "10 coded · 1 out of scope · 1 context"
KEY = "made-up-document"
PASSWORD = "of-the-bench-only"  # noqa: S105 - of a temporary site
# For each sentence: the key that opens a form, and the text for each field. Text after * is typed to select an item of
# a list by its first letters.
WORK: list[list[tuple[str, dict[str, str]]]] = [
    [("p", {"track": "*Leg", "value": "*Est", "began_on": "24 August 1963"})],
    [("m", {"kind": "*Emb", "city": "Cairo", "opened_on": "March 1964"})],
    [("e", {"kind": "*Vis", "happened_on": "spring 1973", "title": "Delegation visits Cairo", "hedge": "reportedly"})],
    [
        (
            "d",
            {
                "designation": "T-55",
                "kind": "*Equ",
                "category": "*Arm",
                "deal_status": "*Ord",
                "ordered_on": "late 1980s",
                "number_ordered": "about 120 tanks",
            },
        )
    ],
    [
        (
            "d",
            {
                "designation": "R-17",
                "kind": "*Equ",
                "category": "*Mis",
                "deal_status": "*Del",
                "delivered_on": "between 1976 and 1981",
                "number_delivered": "two missiles",
            },
        )
    ],
    [("g", {"measure": "*Exp", "figure": "60 million USD", "period": "2010"})],
    [("x", {"reason": "No claim."})],
    [("c", {})],
    [("e", {"kind": "*Sta", "happened_on": "3 Nov 1956", "title": "North Korea condemns the attack on Egypt"})],
    [("e", {"kind": "*Agr", "happened_on": "1975", "title": "Agreement on trade"})],
    [
        (
            "g",
            {"measure": "*Wor", "figure": "more than 1,000 workers", "period": "by October 2016", "hedge": "Allegedly"},
        )
    ],
    [("e", {"kind": "*Vis", "happened_on": "spring 1973", "same": ""})],
]
MADE = f"""
from django.contrib.auth import get_user_model
get_user_model().objects.create_superuser("bench", password="{PASSWORD}")
"""
FOCUSED = """() => {
  const at = document.activeElement;
  const box = at.closest(".select2")?.previousElementSibling || at;
  return box.name || box.id || "";
}"""
SELECT = """(words) => {
  const text = document.querySelector(".at-hand .text").firstChild;
  const from = text.data.indexOf(words);
  getSelection().setBaseAndExtent(text, from, text, from + words.length);
}"""


@dataclass
class Coder:
    """Somebody who codes in a browser; counts every action."""

    page: Page
    clicks: int = 0
    keys: int = 0
    words: int = 0
    loads: int = 0
    swaps: int = 0

    def __post_init__(self) -> None:
        self.page.on("load", lambda _: self.count("loads"))
        self.page.on("response", lambda answer: answer.request.headers.get("hx-request") and self.count("swaps"))

    def count(self, what: str) -> None:
        setattr(self, what, getattr(self, what) + 1)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.words += len(words)

    def to(self, name: str) -> None:
        """Tabs from field to field to the one of this name."""
        for _ in range(60):
            if self.page.evaluate(FOCUSED).endswith(name):
                return
            self.press("Tab")
        raise SystemExit(f"There is no way to {name}.")

    def settled(self) -> None:
        """Waits until the page has no pending requests."""
        self.page.wait_for_load_state("networkidle")
        self.page.locator(".htmx-request, .htmx-settling, .htmx-swapping").first.wait_for(state="detached")

    def act(self, key: str, work: dict[str, str]) -> None:
        """Codes one record, or marks the sentence as context or out of scope."""
        if key in ("x", "c"):
            self.press(key)
            if work:
                self.type(work["reason"])
                self.press("Tab", "Enter")
            return
        self.press(key)
        self.page.wait_for_selector("form.coded")
        self.settled()
        fields = {name: words for name, words in work.items() if name not in ("hedge", "same")}
        for name, words in fields.items():
            self.to(name)
            if words.startswith("*"):
                self.press(*words[1:])
            else:
                self.type(words)
        if "hedge" in work:
            self.press("Tab", "Escape")
            self.page.evaluate(SELECT, work["hedge"])
            self.clicks += 1  # a double click on the word
            self.press("h")
        if "same" in work:
            self.press("Tab")
            self.page.get_by_role("link", name="It is the same").click()
            self.clicks += 1
            self.page.wait_for_selector(".whole")
            self.settled()
        self.press("Control+Enter")

    def sentence(self, work: list[tuple[str, dict[str, str]]]) -> tuple[int, ...]:
        """Codes a sentence; returns the clicks, keys, characters, page loads and fragments it took."""
        before = (self.clicks, self.keys, self.words, self.loads, self.swaps)
        ref = self.page.locator(".at-hand h2").inner_text()
        for key, columns in work:
            self.act(key, columns)
        self.page.locator(".at-hand h2").filter(has_not_text=ref).wait_for()
        self.settled()
        now = (self.clicks, self.keys, self.words, self.loads, self.swaps)
        return tuple(after - begun for after, begun in zip(now, before, strict=True))


def prepare(site: Site) -> None:
    """Loads the document into the register, and creates a user who may code it."""
    text = site.folder.parent / f"{KEY}.txt"
    text.write_text(DOCUMENT)
    for command in (
        ["load_document", str(text), "--new", KEY],
        ["shell", "--command", MADE],
    ):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=site.folder,
            env=site.environment | {"DATABASE_URL": site.url},
            check=True,
            stdout=subprocess.DEVNULL,
        )


def coded(page: Page, base: str) -> list[tuple[int, ...]]:
    """Logs in and codes the document; returns the counts of each sentence."""
    page.goto(f"{base}/admin/login/?next=/admin/relations/source/?q={KEY}")
    page.get_by_label("Username").fill("bench")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name=KEY).first.click()
    page.get_by_role("link", name="Code it").click()
    page.wait_for_selector(".at-hand")
    coder = Coder(page)
    counts = [coder.sentence(work) for work in WORK[:-1]] + [last(coder, WORK[-1])]
    if (tally := page.locator(".tally").inner_text()) != DONE:
        raise SystemExit(f"The document was not coded as it should be: {tally}.")
    return counts


def last(coder: Coder, work: Any) -> tuple[int, ...]:
    """Codes the last sentence, after which the page does not move on; returns its counts."""
    before = (coder.clicks, coder.keys, coder.words, coder.loads, coder.swaps)
    for key, columns in work:
        coder.act(key, columns)
    coder.page.wait_for_selector(".messagelist .success")
    now = (coder.clicks, coder.keys, coder.words, coder.loads, coder.swaps)
    return tuple(after - begun for after, begun in zip(now, before, strict=True))


def main() -> None:
    with TemporaryDirectory(prefix="dyad-bench-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        register = Path(name) / "register.toml"
        register.write_text('title = "A register"\nstudied_state = "PRK"\n')
        site = Site(Path(name))
        try:
            with site.served(EXAMPLE="off", REGISTER=str(register)):
                prepare(site)
                with launched() as browser:
                    page = browser.new_page(locale="en-GB")
                    page.set_default_timeout(15_000)
                    counts = coded(page, f"http://127.0.0.1:{site.port}")
        finally:
            site.database.stop()
    print("| sentence | clicks | keys | characters of its own | page loads | fragments |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for number, each in enumerate(counts, start=1):
        print("|", " | ".join(map(str, (number, *each))), "|")
    means = [sum(column) / len(counts) for column in zip(*counts, strict=True)]
    print("| mean |", " | ".join(f"{value:.1f}" for value in means), "|")


if __name__ == "__main__":
    main()
