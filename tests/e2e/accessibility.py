"""What axe finds wrong with a page, for those who read it with other senses or other eyes."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Axe().axe_script
# Only what is wrong comes back: the list of all that is right costs as much as finding it.
VIOLATIONS = "options => axe.run({...options, resultTypes: ['violations']}).then(found => found.violations)"
EVERY_RULE = {"rules": {"target-size": {"enabled": True}}}
# Text of the contrast of level AAA has that of AA, which need not be measured besides.
EVERY_RULE_AND_AAA = {
    "rules": EVERY_RULE["rules"] | {"color-contrast": {"enabled": False}, "color-contrast-enhanced": {"enabled": True}}
}
# To these the width of the window and the colour scheme matter.
RULES_OF_LOOKS = {"runOnly": ["color-contrast-enhanced", "target-size", "scrollable-region-focusable"]}


def findings(page: Page, options: dict[str, Any] = EVERY_RULE_AND_AAA) -> list[str]:
    """What axe finds on the page that is open, by rule and place."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(SCRIPT)
    return [
        f"{violation['id']}: {node['html']}"
        for violation in page.evaluate(VIOLATIONS, options)
        for node in violation["nodes"]
    ]
