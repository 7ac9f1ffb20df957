"""How static files are named: by what is in them, also where one ES module imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise ships no types
    """A storage that names files by a hash of their content, so that browsers may keep them for ever.

    An import in an ES module gets the hashed name too. Otherwise a page would load a module twice, under two names, and
    a browser could join a new module to an old one from its cache.
    """

    support_js_module_import_aggregation = True
