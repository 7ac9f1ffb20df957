"""How static files are named: by what is in them, also where one ES module imports another."""

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Sent of a style sheet: a text in quotes as it is, signs without the space around them, and of other space one blank.
# What looks like a comment in a text is none.
COMMENT = re.compile(r"""(?P<text>"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')|/\*.*?\*/""", re.DOTALL)
SPACE = re.compile(r"""(?P<text>"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')|(?<!\s)\s*+(?P<sign>[{};])\s*+|(?<!\s)\s++""")


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise ships no types
    """A storage that names files by a hash of their content, so that browsers may keep them for ever.

    An import in an ES module gets the hashed name too. Otherwise a page would load a module twice, under two names, and
    a browser could join a new module to an old one from its cache. The comments of style sheets, and their
    indentation, are for those who change them, and stay here: on a lesson they are 1.4 KB of a first visit.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: Any) -> str:
        if name.endswith(".css"):
            whole = b"".join(content.chunks())  # from its beginning, wherever it was read to when its hash was made
            content = ContentFile(shortened(whole.decode()).encode())
        saved: str = super()._save(name, content)
        return saved


def shortened(css: str) -> str:
    """A style sheet without its comments, and without the space that means nothing."""
    bare = COMMENT.sub(lambda found: found["text"] or "", css)
    return SPACE.sub(lambda found: found["text"] or found["sign"] or " ", bare).strip()
