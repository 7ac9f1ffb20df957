"""What the rooms above teach the catalog: their directives, and their kinds of content file.

A room registers in `AppConfig.ready`. So `check_content` knows every block and every file without importing the rooms.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar, cast

from frontdoor.registers import Register
from lessons.scanning import Block, Problem, Prose


@dataclass(frozen=True)
class OptionRule:
    """A rule of an option of a block: any text, one of `choices`, or a number between `bounds` (both included)."""

    required: bool = False
    choices: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None

    def wrong(self, value: str) -> str:
        """What is wrong with a value, or an empty text."""
        if self.choices and value not in self.choices:
            return f"must be one of {', '.join(self.choices)}, not “{value}”"
        if self.bounds:
            low, high = self.bounds
            try:
                fits = low <= float(value) <= high
            except ValueError:
                fits = False
            if not fits:
                return f"must be a number from {low:g} to {high:g}, not “{value}”"
        return "" if value else "is empty"


@dataclass(frozen=True)
class RenderedBlock:
    """A checked block, as its template sees it.

    `html` is the prose directly inside, rendered and sanitised; `argument_html` is the argument with its inline
    Markdown rendered, and `options_html` holds the options likewise. `lesson` and `mode` name the page on which it
    stands, and `place` is its own name there, like "comparison-1" (empty for a block inside another). `page` has the
    outermost blocks of that page as they were written.
    """

    name: str
    lesson: str
    argument: str
    argument_html: str
    options: Mapping[str, str]
    options_html: Mapping[str, str]
    html: str
    children: tuple["RenderedBlock", ...] = ()
    mode: str = ""
    place: str = ""
    page: tuple[Block, ...] = ()


# What the files of a lesson were read into, by their names.
Files = Mapping[str, Any]
Value = TypeVar("Value")
Context = Callable[[RenderedBlock, Files], Mapping[str, Any]]


def no_context(block: RenderedBlock, files: Files) -> Mapping[str, Any]:
    """For directives whose template needs only the block."""
    return {}


@dataclass(frozen=True)
class Directive:
    """A kind of block, and how it is checked and rendered.

    Attributes:
        template: rendered with `block` (a RenderedBlock) and what `context` gives; without one, the directive is
            rendered by the block around it.
        context: is given the block and the lesson's files of other kinds, by name; one that is not there, or was never
            good, is missing.
        inside: the name of the block in which it must stand; empty for the page itself.
        needs_argument: whether `| argument` must be there.
        takes_argument: whether it may be there.
        children: how many blocks of which name must stand inside: {"sample": (2, 2)}.
        takes_prose: whether there may be prose inside.
        needs_file: a content file that must stand beside the page, like "quiz.md".
        needs_block: another block to which this one leads, somewhere on the same page; a warning without it.
        scripts: the ES modules under static/ that a page with this block needs.
        styles: the style sheets under static/ likewise, for what the block fetches into it as well.
        is_turned: whether its readers turn what it shows, card by card (`data-turn`): a page with it is read when each
            card was turned, and not when somebody scrolls past.
        is_evidence: whether it shows where the figures around it come from: it measures them, or names their source.
        check: looks for what these fields cannot say.
    """

    name: str
    template: str = ""
    options: Mapping[str, OptionRule] = field(default_factory=dict)
    inside: str = ""
    needs_argument: bool = False
    takes_argument: bool = False
    children: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    takes_prose: bool = True
    needs_file: str = ""
    needs_block: str = ""
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    is_turned: bool = False
    is_evidence: bool = False
    context: Context = no_context
    check: Callable[[Block], Iterable[Problem]] = lambda _: ()


@dataclass(frozen=True)
class ContentKind(Generic[Value]):
    """A kind of content file in a lesson's folder, and the key to what such a file was read into: `lesson.get(QUIZ)`.

    Attributes:
        filename: the name of such a file in each lesson's folder.
        label: what it is, in a word or two.
        read: takes the file's text and the slug of the lesson, and returns the value that the catalog keeps and hands
            out, and the problems; a value beside an error is not used.
        starter: what stands in the studio's editor before anybody wrote anything.
        preview: the blocks by which a page shows the value, as Markdown; empty for what no page shows.
        written_by: the command that writes such a file, if no author does. The studio shows it and edits it not.
    """

    filename: str
    label: str
    read: Callable[[str, str], tuple[Value, list[Problem]]]
    starter: str = ""
    preview: str = ""
    written_by: str = ""

    def of(self, files: Files) -> Value | None:
        """What a lesson's file of this kind was read into; None when there is none, or none that was ever in order."""
        return cast(Value | None, files.get(self.filename))


Place = Literal["home", "lesson top", "lesson end"]


@dataclass(frozen=True)
class Insert:
    """A part of every page of a place, put there by a room above: a template, and the ES modules that it needs.

    The page is the same for everyone, so what is personal is fetched from there as a fragment, into reserved space. The
    template is rendered with `lesson` (a Lesson) and `page` (a ModePage); on the home page with `course` and `lessons`.
    """

    place: Place
    template: str
    scripts: tuple[str, ...] = ()


ProseCheck = Callable[[Prose], list[Problem]]
# What is wrong between the files of one lesson: given them by name, the name of a file and a problem in it.
LessonCheck = Callable[[Files], list[tuple[str, Problem]]]

directives: Register[Directive] = Register("block")
kinds: Register[ContentKind[Any]] = Register("kind of content file")
# What runs the programs that a file of a kind holds, by the file's name, and tells what is wrong with what they do.
runs: Register[Callable[[Any], list[Problem]]] = Register("run of content")
prose_checks: Register[ProseCheck] = Register("check of prose")
lesson_checks: Register[LessonCheck] = Register("check of lesson")
inserts: Register[Insert] = Register("insert")


def register_directive(directive: Directive) -> None:
    """Make a block known to every lesson."""
    directives.add(directive.name, directive)


def register_prose_check(check: ProseCheck) -> None:
    """Let prose that stands in no block be looked at, for what only a block can hold."""
    prose_checks.add(_name_of(check), check)


def register_lesson_check(check: LessonCheck) -> None:
    """Let the files of a lesson be looked at together, for what none of them shows alone."""
    lesson_checks.add(_name_of(check), check)


def register_kind(kind: ContentKind[Value], run: Callable[[Value], list[Problem]] | None = None) -> None:
    """Make a kind of content file known to the catalog.

    Args:
        kind: how it is read and named.
        run: runs the programs that a file of it holds. Only `check_content --run` calls it: nothing that serves
            readers runs content, so it is no part of the kind, which they know.
    """
    kinds.add(kind.filename, kind)
    if run is not None:
        runs.add(kind.filename, run)


def register_insert(insert: Insert) -> None:
    """Put something on every page of a place, below what was registered there before."""
    inserts.add(f"{insert.template} ({insert.place})", insert)


def _name_of(check: Callable[..., object]) -> str:
    return f"{check.__module__}.{check.__qualname__}"
