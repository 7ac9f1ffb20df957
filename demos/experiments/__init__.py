"""Experiments: each starts processes of its own, drives them for some seconds, and leaves nothing behind.

An experiment is a package here with a driver (`python -m demos.experiments.<name>`), a page and a picture. What is
general stands beside them: the line, the record, the processes, the load, its dots.
"""
