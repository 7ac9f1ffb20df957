"""Django's SQLite, in which the threads of a process write in turn."""
