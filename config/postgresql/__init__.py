"""Django's PostgreSQL, with as many connections as the server can bear and not one for each thread."""
