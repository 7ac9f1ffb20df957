"""Checks the blocks of a page against the registry, and renders prose and blocks to one HTML body."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from lessons.prose import Heading, ProseRenderer
from lessons.registry import Directive, RenderedBlock, directives
from lessons.scanning import Block, Piece, Problem, Prose


@dataclass(frozen=True)
class Rendered:
    """The body of a page, its headings, and its outermost blocks. With problems, the body is not to be shown."""

    html: SafeString
    headings: tuple[Heading, ...]
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]


def render(pieces: Iterable[Piece], lesson: str) -> Rendered:
    """Check and render what `scanning.scan` gave for one page of a lesson."""
    page = _Page(lesson)
    html = page.render(tuple(pieces))
    return Rendered(html, tuple(page.prose.headings), tuple(page.blocks), tuple(page.problems))


@dataclass
class _Page:
    lesson: str
    prose: ProseRenderer = field(default_factory=ProseRenderer)
    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def render(self, pieces: tuple[Piece, ...]) -> SafeString:
        parts = [self.prose.render(piece.text) if isinstance(piece, Prose) else self.block(piece) for piece in pieces]
        return mark_safe("\n".join(parts))  # noqa: S308 - prose is cleaned, and blocks are rendered by templates

    def block(self, block: Block) -> SafeString:
        found = directives.get(block.name)
        wrong = list(_wrong(block, found, inside=""))
        if wrong or found is None:
            self.problems.extend(wrong)
            return SafeString()
        self.blocks.append(block)
        rendered = self.rendered(block)
        return render_to_string(found.template, {"block": rendered, **found.context(rendered)})

    def rendered(self, block: Block) -> RenderedBlock:
        return RenderedBlock(
            name=block.name,
            lesson=self.lesson,
            argument=block.argument,
            argument_html=self.prose.inline(block.argument) if block.argument else "",
            options={name: option.value for name, option in block.options.items()},
            options_html={name: self.prose.inline(option.value) for name, option in block.options.items()},
            html=self.render(tuple(piece for piece in block.body if isinstance(piece, Prose))),
            children=tuple(self.rendered(child) for child in block.blocks),
        )


def _wrong(block: Block, directive: Directive | None, inside: str) -> Iterable[Problem]:
    """Everything that is wrong with a block and the blocks inside it."""
    if directive is None:
        yield Problem(block.line, 5, f"unknown block “{block.name}”; known are {', '.join(sorted(directives))}")
        return
    if directive.inside != inside:
        place = f"inside “{directive.inside}”" if directive.inside else f"on its own, not inside “{inside}”"
        yield Problem(block.line, 5, f"the block “{block.name}” must stand {place}")
    if directive.needs_argument != bool(block.argument):
        way = f"needs “/// {block.name} | …”" if directive.needs_argument else "takes nothing after a bar"
        yield Problem(block.line, 5, f"the block “{block.name}” {way}")
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
