"""The accessibility violations that axe finds on a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Axe().axe_script
# Only violations are returned: the list of all passed rules costs as much as checking them.
VIOLATIONS = "options => axe.run({...options, resultTypes: ['violations']}).then(found => found.violations)"
EVERY_RULE = {"rules": {"target-size": {"enabled": True}}}
# Contrast at level AAA includes AA, which is therefore not measured.
EVERY_RULE_AND_AAA = {
    "rules": EVERY_RULE["rules"] | {"color-contrast": {"enabled": False}, "color-contrast-enhanced": {"enabled": True}}
}
# Rules that depend on the width of the window and on the colour scheme.
RULES_OF_LOOKS = {"runOnly": ["color-contrast-enhanced", "target-size", "scrollable-region-focusable"]}


def findings(page: Page, options: dict[str, Any] = EVERY_RULE_AND_AAA) -> list[str]:
    """The violations on the open page, by rule and element."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(SCRIPT)
    return [
        f"{violation['id']}: {node['html']}"
        for violation in page.evaluate(VIOLATIONS, options)
        for node in violation["nodes"]
    ]
