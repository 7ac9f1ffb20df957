"""An instructor at a browser, and the lesson that they edit."""

from playwright.sync_api import expect

from tests.browser.reader import Reader
from tests.visitor import PASSWORD, SIGN_UP, Visitor, a_name

__all__ = ["EDIT", "LESSON", "PASSWORD", "become_instructor", "sign_up_as_instructor"]

LESSON = "defining-tasks"
EDIT = f"/teach/edit/{LESSON}/quiz.md"


def sign_up_as_instructor(reader: Reader) -> str:
    """Sign up in the reader's browser and be made an instructor, by the command. Returns the account's name."""
    name = a_name()
    page = reader.page
    reader.open(SIGN_UP)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same once more").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_text(f"You are signed in as {name}")).to_be_visible()
    reader.site.manage("make_instructor", name)
    return name


def become_instructor(reader: Reader) -> str:
    """Be an instructor in the reader's browser, however one comes to be that. Returns the account's name."""
    visitor = Visitor(reader.site)
    name = visitor.becomes_instructor()
    reader.page.context.add_cookies(
        [{"name": cookie, "value": value, "url": reader.site.url} for cookie, value in visitor.cookies.items()]
    )
    return name
