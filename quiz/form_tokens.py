"""What a form carries so that its answer finds its place: nothing that could be guessed, or from which to guess.

The version of a question is a hash over its key too. Somebody who has its text could try every key until the hash
fits, so what leaves the server is a keyed hash of it. Likewise a visitor's id is signed, so that nobody can answer for
another.
"""

import uuid
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from learners.former_keys import known_as
from learners.identity import new_learner
from learners.models import Learner
from quiz.progress import Go
from quiz.questions import Question, Quiz

SALT = "quiz.newcomer"  # as pages have it that were opened before an update
# How long a form that was shown to a visitor may be sent again for the same learner.
SAME_CLICK = timedelta(seconds=60)


def version_token(question: Question) -> str:
    """Stands for the version of a question in a form."""
    return token_of_version(question.id, question.version)


def token_of_version(question: str, version: str) -> str:
    """Stands for a version that was recorded with an answer, wherever that leaves the server: 16 hex digits."""
    return salted_hmac("quiz.version", f"{question}:{version}", algorithm="sha256").hexdigest()[:16]


def token_of_shown(quiz: Quiz, go: Go) -> str:
    """Stands for all that a page shows of a go, in 16 hex digits: so a form tells whether that is what the site knows.

    The quiz with its keys is part of it, and so this too is a keyed hash.
    """
    return salted_hmac("quiz.shown", f"{quiz.seal}:{go.number}:{go.asked_and_given}", algorithm="sha256").hexdigest()[
        :16
    ]


def visitor_token(learner: uuid.UUID | None = None) -> str:
    """An id for a visitor, to be sent with their first answer: a new one, or the one given.

    It is no cookie and nothing is kept of it. It lets two posts of one double click, neither of which has a cookie yet,
    be seen for what they are: the same learner's, once.
    """
    return signing.Signer(salt=SALT).sign((learner or new_learner()).hex)


def visitor_of(request: HttpRequest) -> uuid.UUID:
    """The id that a visitor's form sent with a first answer, or a new one if it is forged or was used a while ago.

    A page that was left open on a shared machine must not answer for whoever used it before.
    """
    # The second name is what pages and programs send that know the first one not yet.
    form_token = request.POST.get("visitor") or request.POST.get("newcomer", "")
    try:
        visitor = uuid.UUID(signing.Signer(salt=SALT).unsign(form_token))
    except (signing.BadSignature, ValueError):
        return new_learner()
    used = Learner.objects.filter(key=visitor).first()
    is_over = used.since < timezone.now() - SAME_CLICK if used else known_as(visitor) != visitor
    return new_learner() if is_over else visitor
