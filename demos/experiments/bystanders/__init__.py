"""Bystanders: a stranger asks for a 5 ms page while two others have 3 s of work done. What does the stranger get?

It is asked twice: with the work in the view, and with Celery.
"""
