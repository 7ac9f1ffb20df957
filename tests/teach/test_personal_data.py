"""What the studio keeps of an account is shown, can be taken along, and goes with it but for the versions of files."""

import json

import pytest

from teach.invitations import invite
from teach.models import Draft, Invitation, Revision, SentPage
from tests.teach.conftest import QUIZ, Content, Person
from tests.teach.test_editing_views import EDIT, form

pytestmark = pytest.mark.django_db


def test_the_download_has_all_of_it(content: Content, instructor: Person):
    instructor.client.post(EDIT, form(QUIZ + "\n", "save", why="A line") | {"page": "0" * 16})
    instructor.client.post(EDIT, form(QUIZ + "draft"), headers={"hx-request": "true"})
    invite(instructor.account)
    found = json.loads(instructor.client.get("/learners/my-data.json").content)["account"]["studio"]
    assert [version["why"] for version in found["versions"]] == ["A line"]
    assert found["drafts"][0]["text"].endswith("draft")
    assert [left["page"] for left in found["sent_pages"]] == ["0" * 16]
    assert len(found["invitations"]) == 1
    assert "In the studio" in instructor.client.get("/learners/my-data/").content.decode()


def test_with_the_account_goes_all_but_the_versions(content: Content, instructor: Person):
    instructor.client.post(EDIT, form(QUIZ + "\n", "save", why="A line") | {"page": "0" * 16})
    instructor.client.post(EDIT, form(QUIZ + "draft"), headers={"hx-request": "true"})
    invite(instructor.account)
    assert "In the studio" in instructor.client.get("/learners/my-data/delete/").content.decode()
    instructor.client.post("/learners/my-data/delete/")
    assert not Draft.objects.exists()
    assert not SentPage.objects.exists()
    assert not Invitation.objects.exists()
    assert Revision.objects.get(why="A line").account is None


def test_no_column_that_hangs_on_an_account_is_left_out():
    told = {
        Draft: {"path", "text", "base", "page", "changed"},
        Revision: {"path", "text", "why", "created", "digest"},  # the digest is that of the text
        SentPage: {"page", "sent"},
        Invitation: {"created", "expires", "digest"},  # the digest is all that is kept of a link
    }
    for model, columns in told.items():
        assert {field.name for field in model._meta.fields} - {"id", "account"} == columns
