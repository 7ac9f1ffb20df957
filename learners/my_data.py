"""All that is kept about a learner (learners/personal_data.py names it): to look at, to take along, to delete."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from learners.former_keys import became
from learners.models import Account, Learner, Session
from learners.personal_data import PersonalData, Row, personal_data
from learners.requester import Requester
from learners.rooms import rooms

SHOWN = 200  # rows of a kind on the page; the download has all
LONGEST = 160  # characters of a cell on the page

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")


@dataclass(frozen=True)
class ShownKind:
    """One kind of thing that is kept, ready for a template.

    `rows` are the newest ones, the latest first, as texts in the order of `columns`; there are `total` in all.
    """

    name: str
    title: str
    says: str
    columns: list[str]
    rows: list[list[str]]
    total: int


def shown(learner: UUID) -> list[ShownKind]:
    """Every kind of thing that may be kept, also those of which there is nothing."""
    return [_shown(data, data.rows(learner)) for data in personal_data.values()]


def _shown(data: PersonalData, rows: Any) -> ShownKind:
    newest = rows[: -SHOWN - 1 : -1]
    columns = list(newest[0]) if newest else []
    cells = [[_cell(row.get(column)) for column in columns] for row in newest]
    return ShownKind(data.name, data.title, data.says, columns, cells, len(rows))


def _cell(value: Any) -> str:
    text = _text(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… (whole in the download)"


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    match value:
        case float():
            return f"{round(value, 3):g}" if abs(value) < 1 else f"{round(value, 1):,}".removesuffix(".0")
        case str() if MOMENT.fullmatch(value):
            return f"{datetime.fromisoformat(value):%Y-%m-%d %H:%M:%S} UTC"
        case Mapping():
            return ", ".join(f"{key} {_text(part)}" for key, part in value.items())
        case list() | tuple():
            return ", ".join(map(_text, value))
        case _:
            return str(value)


def everything(requester: Requester) -> dict[str, Any]:
    """All that is kept about the requester, as plain JSON. Never the password, not even its hash."""
    learner = requester.learner
    kinds: dict[str, list[Row]] = {
        name: list(data.rows(learner.key)) if learner else [] for name, data in personal_data.items()
    }
    return {
        "learner": str(learner.key) if learner else None,
        "since": learner.since.isoformat() if learner else None,
        "time_zone": learner.time_zone if learner else "",
        "seed": str(learner.seed) if learner and learner.seed else None,
        "account": _account(requester.account) if requester.account else None,
        "belongs_to_an_account_not_signed_in": requester.is_locked,
        **kinds,
    }


def _account(account: Account) -> dict[str, Any]:
    sessions = Session.objects.filter(account=account).order_by("expire_date").values_list("expire_date", flat=True)
    return {
        "name": account.username,
        "email": account.email,
        "since": account.date_joined.isoformat(),
        "last_signed_in": account.last_login.isoformat() if account.last_login else None,
        "sessions_end": [end.isoformat() for end in sessions],
        **{room.name: dict(room.kept(account)) for room in rooms.values()},
    }


def counts(learner: UUID) -> dict[str, int]:
    """How much of each kind is kept."""
    return {name: QuerySet(data.model).filter(learner_id=learner).count() for name, data in personal_data.items()}


def erase(requester: Requester) -> dict[str, int]:
    """Delete everything about the requester, at once and for good: all that is kept, the account, and its sessions.

    Returns:
        how much of each kind there was; nothing at all for a visitor.
    """
    with transaction.atomic():
        # Locked first: what is being recorded for them just now either comes before or finds nobody to belong to. The
        # account comes before the learner, as where it gets another password, and with it another learner's key.
        of_account = {"pk": requester.account.pk} if requester.account else {"learner": requester.learner}
        account = Account.objects.select_for_update().filter(**of_account).first()
        owner = account.learner if account else requester.learner
        locked = Learner.objects.select_for_update().filter(pk=owner.key).first() if owner else None
        if locked is None:
            return {}
        key = locked.key
        gone = counts(key) | {"accounts": int(account is not None)}
        Account.objects.filter(learner=locked).delete()
        locked.delete()
        became(key, None)
    return gone
