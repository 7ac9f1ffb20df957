"""Work that runs for real: in the request, and through Celery."""
