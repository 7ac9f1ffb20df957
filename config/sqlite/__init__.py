"""Django's SQLite, in which the threads of a process write one after the other."""
