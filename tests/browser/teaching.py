"""An instructor at a browser."""

from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.reader import Reader

PASSWORD = "correct horse battery"


def become_instructor(reader: Reader) -> str:
    """Sign up in the reader's browser and be made an instructor, by the command. Returns the account's name."""
    name = f"grace-{uuid4().hex[:8]}"
    page = reader.page
    reader.open("/learners/account/sign-up/")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same once more").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_text(f"You are signed in as {name}")).to_be_visible()
    reader.site.manage("make_instructor", name)
    return name
