"""Django's SQLite, in which the threads of all processes write one after the other."""
