"""The code that just ran, as it is in this very process."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer


@dataclass(frozen=True)
class Source:
    """A function's source: where it is, as text and as HTML with Pygments' classes."""

    path: str
    text: str
    html: SafeString


@cache
def source_of(function: Callable[..., Any]) -> Source:
    """The source of a function, with its decorators."""
    function = inspect.unwrap(function)
    text = dedent(inspect.getsource(function))
    path = Path(inspect.getfile(function)).relative_to(settings.BASE_DIR)
    # Pygments escapes what it colours.
    return Source(str(path), text, mark_safe(highlight(text, PythonLexer(), HtmlFormatter(nowrap=True))))  # noqa: S308
