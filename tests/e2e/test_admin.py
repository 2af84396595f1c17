"""The admin in a browser with the strict content security policy."""

import re

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)


def test_researcher_signs_in_and_out(live_server, page):
    get_user_model().objects.create_superuser("researcher", password="secret")
    page.goto(f"{live_server.url}/admin/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
    page.get_by_label("Username").fill("researcher")
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(f"{live_server.url}/admin/")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_text("Logged out").first).to_be_visible()
    page.goto(f"{live_server.url}/admin/")
    expect(page).to_have_url(re.compile("/admin/login/"))
