"""Starts groups of processes, binds them to whoever started them, and ends them.

It knows nothing of the site: no settings, no Django, no Celery.
"""
