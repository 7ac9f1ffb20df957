"""Markdown as a code host reads it: what Python-Markdown reads otherwise than CommonMark is read as CommonMark does.

Lists, quotes, headings and paragraphs are found by `blocks`, and built by `parser`; what stands in a line is changed by
`inline`. What still differs, `advice` warns of. The specification is https://spec.commonmark.org/0.31.2/.
"""

from lessons.dialect.reader import Reader

__all__ = ["Reader"]
