"""All that is kept about a learner, room by room: what "My data" shows, and what merging two learners moves.

A room registers its own in `AppConfig.ready`. What is registered nowhere would be neither shown nor merged, so a test
holds the register against every relation to Learner. Deletion needs no word here: each relation cascades.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model

from frontdoor.registers import Register

# One thing that is kept, as plain JSON: texts, numbers, lists, and times in ISO 8601.
Row = Mapping[str, Any]


@dataclass(frozen=True)
class PersonalData:
    """One kind of thing that is kept about learners.

    Attributes:
        name: its key in the download, like "answers".
        title: its heading on the page, like "Answers to quizzes".
        says: what it is kept for, in a sentence.
        model: where it is kept; the model has a foreign key `learner`.
        rows: all of one learner's, the oldest first.
        merge: makes what is the first learner's the second's, within a transaction of the caller's, and leaves the
            first one nothing. Where both have what may be there once, it decides what counts.
    """

    name: str
    title: str
    says: str
    model: type[Model]
    rows: Callable[[UUID], Sequence[Row]]
    merge: Callable[[UUID, UUID], None]


personal_data: Register[PersonalData] = Register("kind of personal data")


def register_personal_data(data: PersonalData) -> None:
    """Make a kind of thing that is kept known to the page, the download and merging."""
    personal_data.add(data.name, data)
