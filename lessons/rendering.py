"""Checks the blocks of a page against the registry, renders their prose, and composes all of it to one HTML body."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from lessons.prose import Heading, ProseRenderer
from lessons.registry import Directive, Files, RenderedBlock, directives, prose_checks
from lessons.scanning import Block, Piece, Problem, Prose
from lessons.shown import is_blank
from lessons.taken_out import TakenOut

Part = SafeString | RenderedBlock


@dataclass(frozen=True)
class Rendered:
    """The body of a page in its parts, its headings, and its outermost blocks. With problems, it is not to be shown.

    `taken` are the tags of its prose that were taken out.
    """

    parts: tuple[Part, ...]
    headings: tuple[Heading, ...]
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    taken: tuple[TakenOut, ...] = ()


def render(pieces: Iterable[Piece], lesson: str, mode: str = "") -> Rendered:
    """Check what `scanning.scan` gave for one page of a lesson, and render its prose."""
    page = _Page(lesson, mode)
    parts = [page.part(piece) for piece in pieces]
    blocks = tuple(page.blocks)
    whole = tuple(replace(part, page=blocks) if isinstance(part, RenderedBlock) else part for part in parts)
    problems = (*page.problems, *_leading_nowhere(blocks))
    return Rendered(whole, tuple(page.prose.headings), blocks, problems, tuple(page.prose.taken))


def compose(
    parts: Iterable[Part], files: Files, show: Callable[[RenderedBlock, Files], str] | None = None
) -> SafeString:
    """The body of a page as HTML.

    Args:
        parts: prose and blocks, in their order.
        files: those beside the page, by name: what blocks show may come from there.
        show: makes HTML of a block in another way than its template does.
    """
    as_html = show or block_html
    html = (as_html(part, files) if isinstance(part, RenderedBlock) else part for part in parts)
    return mark_safe("\n".join(html))  # noqa: S308 - prose is cleaned, and blocks are rendered by templates


def block_html(block: RenderedBlock, files: Files) -> SafeString:
    """One block by its template."""
    directive = directives[block.name]
    return render_to_string(directive.template, {"block": block, **directive.context(block, files)})


@dataclass
class _Page:
    lesson: str
    mode: str
    prose: ProseRenderer = field(default_factory=ProseRenderer)
    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def part(self, piece: Piece) -> Part:
        if isinstance(piece, Prose):
            self.problems.extend(problem for check in prose_checks.values() for problem in check(piece))
            return self.prose.render(piece.text)
        directive = directives.get(piece.name)
        wrong = list(_wrong(piece, directive, inside=""))
        self.problems.extend(wrong)
        if any(not problem.warning for problem in wrong):
            return SafeString()
        self.blocks.append(piece)
        number = sum(block.name == piece.name for block in self.blocks)
        return self.rendered(piece, f"{piece.name}-{number}")

    def rendered(self, block: Block, place: str = "") -> RenderedBlock:
        prose = [self.prose.render(piece.text) for piece in block.body if isinstance(piece, Prose)]
        title = self.prose.inline(block.argument)
        if block.argument and is_blank(title):
            self.problems.append(Problem(block.line, 5, f"what stands behind the bar of “{block.name}” shows no text"))
        return RenderedBlock(
            name=block.name,
            lesson=self.lesson,
            argument=block.argument,
            argument_html=title,
            options={name: option.value for name, option in block.options.items()},
            options_html={name: self.prose.inline(option.value) for name, option in block.options.items()},
            html=mark_safe("\n".join(prose)),  # noqa: S308 - it is cleaned
            children=tuple(self.rendered(child) for child in block.blocks),
            mode=self.mode,
            place=place,
        )


def _leading_nowhere(blocks: Iterable[Block]) -> Iterable[Problem]:
    """The first block of a page that leads to another one which the page does not have."""
    names = {block.name for block in blocks}
    for block in blocks:
        needed = directives[block.name].needs_block
        if needed and needed not in names:
            message = f"the block “{block.name}” leads to a block “{needed}”, and the page has none"
            yield Problem(block.line, 5, message, warning=True)
            names.add(needed)  # said once


def _wrong(block: Block, directive: Directive | None, inside: str) -> Iterable[Problem]:
    """Everything that is wrong with a block and the blocks inside it."""
    if directive is None:
        yield Problem(block.line, 5, f"unknown block “{block.name}”; known are {', '.join(sorted(directives))}")
        return
    if directive.inside != inside:
        place = f"inside “{directive.inside}”" if directive.inside else f"on its own, not inside “{inside}”"
        yield Problem(block.line, 5, f"the block “{block.name}” must stand {place}")
    if directive.needs_argument and not block.argument:
        yield Problem(block.line, 5, f"the block “{block.name}” needs “/// {block.name} | …”")
    if block.argument and not (directive.needs_argument or directive.takes_argument):
        yield Problem(block.line, 5, f"the block “{block.name}” takes nothing after a bar")
    yield from _wrong_options(block, directive)
    if not directive.takes_prose:
        for piece in block.body:
            if isinstance(piece, Prose):
                yield Problem(piece.line, 1, f"the block “{block.name}” takes no prose")
    yield from _wrong_children(block, directive.children)
    for child in block.blocks:
        yield from _wrong(child, directives.get(child.name), inside=block.name)
    yield from directive.check(block)


def _wrong_options(block: Block, directive: Directive) -> Iterable[Problem]:
    for name, option in block.options.items():
        rule = directive.options.get(name)
        if rule is None:
            known = ", ".join(sorted(directive.options)) or "none"
            yield Problem(option.line, 2, f"unknown option “{name}” of “{block.name}”; known: {known}")
        elif said := rule.wrong(option.value):
            yield Problem(option.line, option.column, f"the option “{name}” {said}")
    for name, rule in directive.options.items():
        if rule.required and name not in block.options:
            yield Problem(block.line, 5, f"the block “{block.name}” needs the option :{name}:")


def _wrong_children(block: Block, allowed: Mapping[str, tuple[int, int]]) -> Iterable[Problem]:
    for name, (least, most) in allowed.items():
        count = sum(child.name == name for child in block.blocks)
        if not least <= count <= most:
            wanted = f"{least}" if least == most else f"{least} to {most}"
            yield Problem(block.line, 5, f"the block “{block.name}” needs {wanted} “{name}” inside, not {count}")
