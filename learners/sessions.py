"""Where sessions are kept: in the database, each with its account. Only who signs in has one."""

import re
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as InDatabase

from learners.models import Session

KEY = re.compile(r"[0-9a-z]{32}", re.ASCII)  # as Django makes them


class SessionStore(InDatabase):
    """Django's store, with a table of our own."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def _validate_session_key(self, key: str | None) -> bool:
        """Called by Django with what a cookie says. What is no key is no session, and never asked of a database.

        A cookie may have any character in it, also the NUL on which PostgreSQL ends a query.
        """
        return key is not None and KEY.fullmatch(key) is not None

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of a session that holds this data."""
        row = cast(Session, super().create_model_instance(data))
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row
