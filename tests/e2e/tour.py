"""Takes the screenshots of docs/tour.md from a running site with the example: `make tour`."""

import sys
from pathlib import Path

from tests.e2e.browser import launched

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "tour"
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 800}
# Each screenshot: name, page, width, unfolded elements, and whether it is dark.
PICTURES = (
    ("home", "/", WIDE, "", "light"),
    ("question", "/search/?q=Does+Jordan+have+relations+with+North+Korea%3F", PHONE, "", "light"),
    ("words", "/search/?q=severed", WIDE, "", "dark"),
    ("relations", "/relations/?as_of=1985", WIDE, "", "light"),
    ("relation", "/relations/EGY-PRK/", WIDE, "", "light"),
    ("network", "/network/", WIDE, "", "light"),
    ("list", "/events/?from=2017&to=2017", WIDE, "Filter and sort", "light"),
    ("everything", "/everything/?modality=alleged", PHONE, "", "dark"),
    ("country", "/countries/BHR/", PHONE, "", "light"),
)


def main(site: str) -> None:
    """Takes each screenshot of the first screen."""
    FOLDER.mkdir(exist_ok=True)
    with launched() as browser:
        for name, path, size, unfolded, scheme in PICTURES:
            context = browser.new_context(viewport=size, color_scheme=scheme, locale="en-GB", timezone_id="UTC")
            page = context.new_page()
            page.goto(f"{site.rstrip('/')}{path}")
            if unfolded:
                page.get_by_text(unfolded).first.click()
            page.screenshot(path=FOLDER / f"{name}.png")
            context.close()
            sys.stdout.write(f"docs/tour/{name}.png\n")


if __name__ == "__main__":
    main(sys.argv[1])
