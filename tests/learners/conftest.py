"""People in front of a browser, and what they have done there."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from learners import attempts
from learners.identity import COOKIE, LearnerRequest, new_learner, remember
from learners.models import Account, Learner
from quiz.models import Answer
from tests.still_rates import stand_still

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rates are counted in memory, across tests."""
    stand_still(monkeypatch, attempts.passwords, attempts.guesses, attempts.sign_ups, attempts.mails)


@dataclass
class Person:
    """Somebody at a browser of their own, which takes pages."""

    client: Client

    @property
    def learner(self) -> UUID | None:
        """Whom the browser's cookie names."""
        cookies = self.client.cookies.output(header="", sep=";")
        return LearnerRequest(RequestFactory().get("/", headers={"cookie": cookies}).environ).learner

    def answers(self, question: str = "single", *, right: bool = True) -> None:
        """Let them have answered a question, and be known from now on."""
        learner = self.learner or new_learner()
        owner, _ = Learner.objects.get_or_create(key=learner)
        number = Answer.objects.filter(learner=owner, lesson="one", question=question, go=1).count() + 1
        Answer.objects.create(
            learner=owner, lesson="one", question=question, version="v", go=1, attempt=number, given=["key"],
            grade=float(right), correct=right,
        )  # fmt: skip
        response = HttpResponse()
        remember(response, learner)
        self.client.cookies[COOKIE] = response.cookies[COOKIE].value

    def post(self, path: str, **form: str):
        return self.client.post(f"/learners/{path}", form)

    def signs_up(self, name: str = "ada", password: str = PASSWORD, email: str = ""):
        return self.post("account/sign-up/", name=name, email=email, password=password, again=password)

    def signs_in(self, name: str = "ada", password: str = PASSWORD, **more: str):
        return self.post("account/sign-in/", name=name, password=password, **more)

    @property
    def signed_in_as(self) -> str | None:
        name: str | None = self.client.get("/learners/account/", headers={"accept": "*/*"}).json()["signed_in_as"]
        return name


@pytest.fixture
def person() -> Callable[[], Person]:
    """Makes people, each at a browser of their own."""
    return lambda: Person(Client(headers={"accept": "text/html"}))


@pytest.fixture
def ada(person: Callable[[], Person]) -> Person:
    return person()


def learner_of_account(name: str = "ada") -> UUID:
    return Account.objects.get(username=name).learner_id
