"""Checks the keys of traces by running their programs: on the command line and in the tests, and nowhere else.

What serves readers never imports this room's part (a contract in pyproject.toml): content is read there, and not run.
"""
