"""The engine `config.postgresql`: Django's own, with its connections from config/postgresql/sharing.py.

With CONN_MAX_AGE at 0 Django closes a thread's connection at the end of each request. Here, it is given back.
"""

from collections import defaultdict
from typing import Any

from django.db.backends.postgresql import base

from config.postgresql.sharing import Shared

_shared: defaultdict[str, Shared] = defaultdict(Shared)  # by the name of the database


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Called by Django for a thread that has none, with what the settings say."""
        connect = super().get_new_connection
        return self._lender.take(lambda: connect(conn_params))

    def _close(self) -> None:
        if self.connection is not None:
            connection, self.connection = self.connection, None
            self._lender.give_back(connection)

    @property
    def _lender(self) -> Shared:
        return _shared[str(self.settings_dict["NAME"])]
