"""Pictures of figures. It knows nothing of the project, and nothing of Django."""
