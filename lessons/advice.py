"""What makes a lesson better, though it can be read as it is: warnings about its code blocks, headings and claims."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from lessons.registry import directives
from lessons.scanning import FENCE, Block, Piece, Problem, Prose, lines
from lessons.words import without_code

HEADING = re.compile(r"^(?P<signs>#{1,6})(?!#)")
UNDERLINE = re.compile(r"^(?:=+|-+)[ \t]*$")
SECTION = 2  # the level of the headings that part a page; its title has level 1

NUMBER = r"(?<![\w.,])\d[\d.,]*"
UNIT = r"(?:ns|µs|us|ms|s|min|h|B|kB|KB|MB|GB|KiB|MiB|GiB|requests/s|seconds?|minutes?|hours?)"
# Each of these says how much: a share, a ratio, or an unnamed study.
CLAIMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{NUMBER}\s?(?:%|per\s?cent\b)",
        rf"{NUMBER}(?:\s?×|x\b)",
        rf"(?:{NUMBER}|\b(?:two|three|four|five|six|ten|twenty|a hundred))\s+times\s+(?:as|more|less|the|\w+er)\b",
        r"\b(?:twice|half)\s+as\b",
        r"\b(?:studies|research|experiments|surveys|experts|benchmarks?)\s+(?:(?:have|has)\s+)?(?:show|found|agree|prove)",
        r"\bit is (?:well[- ])?known that\b",
    )
)
FIGURE = re.compile(rf"{NUMBER}\s?{UNIT}\b")
# A figure alone may be part of a task ("a page of 5 ms"). With one of these it says how things are.
GENERAL = re.compile(
    r"\b(?:faster|slower|quicker|sooner|longer|shorter|better|worse|cheaper|average|median|percentile|typical(?:ly)?"
    r"|usually|generally)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?])[\"”’)*_]*\s+|\n[ \t\r]*\n|\n(?=[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]|[ \t]*\|)")
CITED = re.compile(
    r"\]\(<?(?:https?:|/)"  # a link that leaves the page
    r"|<https?:|\bdoi\b"
    # (Miller et al., 2013)
    r"|\b[A-Z][\w’'-]{1,40}(?: et al\.| (?:&|and) [A-Z][\w’'-]{1,40})?,? \(?(?:19|20)\d\d[a-z]?\b"
)


def unlabelled_code(text: str, first: int = 1) -> Iterator[Problem]:
    """Fenced code without a language: a reader's machine cannot colour it, nor a code host, nor a screen reader say it.

    `text` is the label of what is no program.
    """
    for line in lines(text, first):
        if line.number == line.fence:
            found = FENCE.match(line.text)
            if found and not found["rest"].strip():
                message = f"the code block has no language: begin it with {found['fence'][:3]}python, or …text for none"
                yield Problem(line.number, found.start("fence") + 1, message, warning=True)


def skipped_levels(pieces: Iterable[Piece]) -> Iterator[Problem]:
    """Headings that are more than one level below the one before them.

    Who has a page read aloud moves by its headings, and takes a level that is left out for one that was missed
    (W3C, Web Accessibility Initiative, "Headings", on nesting by rank). The page's title is the heading of level 1.
    """
    before = 1
    for piece in pieces:
        if isinstance(piece, Prose):
            for line, level in _headings(piece):
                if level > before + 1:
                    signs = "#" * (before + 1)
                    message = f"the heading skips a level: below the one before it, it takes {signs}, not {'#' * level}"
                    yield Problem(line, 1, message, warning=True)
                before = level


def _headings(prose: Prose) -> Iterator[tuple[int, int]]:
    """The line and the level of each heading in prose."""
    before, is_first = "", True  # the line before, and whether that began its paragraph
    for line in lines(prose.text, prose.line):
        text = "" if line.in_code else line.text
        if found := HEADING.match(text):
            yield line.number, len(found["signs"])
        elif before.strip() and is_first and UNDERLINE.match(text):
            yield line.number - 1, 1 if text[0] == "=" else 2
        is_first = not before.strip()
        before = "" if found else text


@dataclass
class _Section:
    """A part of a page from one heading of level 1 or 2 to the next: its claims, and whether it says whence."""

    claims: list[Problem] = field(default_factory=list)
    has_source: bool = False


def claims_without_source(pieces: Iterable[Piece]) -> Iterator[Problem]:
    """Sentences that say how much, in a section that neither measures it nor says where it comes from.

    "Every figure needs a unit, and a source or a measurement" (docs/authoring.md). A claim is a share ("40 %"), a ratio
    ("3 times as fast"), an unnamed study ("research shows"), or a figure with its unit beside a word that compares or
    generalises ("usually 200 ms"). A source is anywhere in the section: a block `source`, a measured block or a demo,
    a `:source:`, a link that leaves the page, a name with its year. A figure that only sets a task is no claim.
    """
    sections = [_Section()]
    for piece in pieces:
        if isinstance(piece, Prose):
            for part, begins in _parts(piece):
                if begins:
                    sections.append(_Section())
                _look(part, sections[-1])
        else:
            _look_into(piece, sections[-1])
    for section in sections:
        if not section.has_source:
            yield from section.claims


def _parts(prose: Prose) -> Iterator[tuple[Prose, bool]]:
    """Prose cut before each heading that begins a section."""
    rows = prose.text.split("\n")
    cuts = [line - prose.line for line, level in _headings(prose) if level <= SECTION]
    yield Prose(prose.line, "\n".join(rows[: cuts[0] if cuts else len(rows)])), False
    for start, end in pairwise([*cuts, len(rows)]):
        yield Prose(prose.line + start, "\n".join(rows[start:end])), True


def _look_into(block: Block, section: _Section) -> None:
    directive = directives.get(block.name)
    if (directive and directive.is_evidence) or "source" in block.options:
        section.has_source = True
        return
    for piece in block.body:
        if isinstance(piece, Block):
            _look_into(piece, section)
        else:
            _look(piece, section)


def _look(prose: Prose, section: _Section) -> None:
    text = without_code(prose.text)
    if CITED.search(text):
        section.has_source = True
    start, seen, line, row = 0, 0, prose.line, 0  # `row` is where the line of what was seen begins
    for end in [*(found.end() for found in SENTENCE.finditer(text)), len(text)]:
        claim = _claim(text[start:end])
        if claim:
            at = start + claim.start()
            line, row = line + text.count("\n", seen, at), max(row, text.rfind("\n", seen, at) + 1)
            seen = at
            said = " ".join(claim[0].split())
            message = f"the section does not say where “{said}” comes from: name its source, or measure it"
            section.claims.append(Problem(line, at - row + 1, message, warning=True))
        start = end


def _claim(sentence: str) -> re.Match[str] | None:
    """What claims something in a sentence, or None."""
    if not sentence.strip():
        return None
    found = [match for pattern in CLAIMS if (match := pattern.search(sentence))]
    if not found and GENERAL.search(sentence) and (figure := FIGURE.search(sentence)):
        found = [figure]
    return min(found, key=lambda match: match.start(), default=None)
