"""The wiring: settings, URLs, processes. It imports every app, and no app imports it."""
