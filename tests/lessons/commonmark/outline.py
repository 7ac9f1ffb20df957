"""HTML as the lines of an outline, which are the same for what looks the same to a reader.

A line is a block, two columns in for each block around it, or a run of text with its marks:

    ol start=3
      li
        : a <em>b</em>

Left out is what a page of ours adds to what an author wrote: addresses of headings, colours of code, boxes that scroll.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote

VOID = {"br", "hr", "img", "input", "wbr", "col"}
BLOCKS = {
    *(
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "div",
        "dl",
    ),
    *("dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "nav", "ol"),
    *("p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
KEPT = {"href", "src", "alt", "title", "start", "type", "checked", "lang", "dir"}
SAME = {"s": "del", "strike": "del"}


@dataclass
class Node:
    """An element, with its children in their order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)


class _Reader(HTMLParser):
    """Takes HTML that has been cleaned, in which every tag is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(SAME.get(tag, tag), _attributes(tag, {name: value or "" for name, value in attrs}))
        self.stack[-1].children.append(node)
        if tag not in VOID:
            self.stack.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


def outline(html: str) -> list[str]:
    """The lines of an outline of HTML that has been cleaned."""
    return [line for block in blocks(html) for line in block]


def blocks(html: str) -> list[tuple[str, ...]]:
    """The outline of each block that stands in no other."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found = _blocks(_unwrapped(reader.stack[0].children))
    return [(f"p{block[0]}", *block[1:]) if block[0].startswith(": ") else block for block in found]


def _attributes(tag: str, given: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in given.items() if name in KEPT}
    if "href" in kept:
        kept["href"] = unquote(kept["href"])
    if kept.get("start") == "1":
        del kept["start"]
    if "wrapped" not in kept and (
        "highlight" in given.get("class", "").split() or "table-scroll" in given.get("class", "")
    ):
        kept["wrapped"] = ""
    return kept


def _unwrapped(children: list[Node | str], *, in_code: bool = False) -> list[Node | str]:
    """Without the boxes that our pages put around what is wide, and the spans of colours in code."""
    found: list[Node | str] = []
    for child in children:
        if isinstance(child, str):
            found.append(child)
            continue
        child.children = _unwrapped(child.children, in_code=in_code or child.name == "pre")
        if "wrapped" in child.attributes or (child.name == "span" and (in_code or not child.attributes)):
            found.extend(child.children)
        else:
            found.append(child)
    return found


def _blocks(children: list[Node | str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    run: list[Node | str] = []

    def end_run() -> None:
        text = _tidy("".join(map(_marked, run)))
        if any(_shows(part) for part in run):
            found.append((f": {text}",))
        run.clear()

    for child in children:
        if isinstance(child, Node) and (child.name in BLOCKS or _holds_blocks(child)):
            end_run()
            if child.name != "p" or _shows(child):  # a paragraph without anything takes no room
                found.append(_block(child))
        else:
            run.append(child)
    end_run()
    return found


def _block(node: Node) -> tuple[str, ...]:
    if node.name == "pre":
        code = _plain(node).removesuffix("\n")
        return ("pre", *(f"  |{row}" for row in code.split("\n")))
    inner = [line for block in _blocks(node.children) for line in block]
    head = " ".join([node.name, *(f"{name}={value}" for name, value in sorted(node.attributes.items()))])
    if len(inner) == 1 and inner[0].startswith(": "):
        return (head + inner[0],)
    return (head, *(f"  {line}" for line in inner))


def _holds_blocks(node: Node) -> bool:
    return any(isinstance(child, Node) and (child.name in BLOCKS or _holds_blocks(child)) for child in node.children)


def _shows(node: Node | str) -> bool:
    if isinstance(node, str):
        return bool(node.strip())
    return node.name in VOID or any(map(_shows, node.children))


def _plain(node: Node) -> str:
    return "".join(child if isinstance(child, str) else _plain(child) for child in node.children)


def _marked(node: Node | str) -> str:
    if isinstance(node, str):
        return escape(node.replace("\n", " "), quote=False)
    if node.name == "br":
        return "<br>"
    if node.name == "input":
        return "☑ " if "checked" in node.attributes else "☐ "
    if node.name == "em" and len(node.children) == 1:
        inner = node.children[0]
        if isinstance(inner, Node) and inner.name == "strong":  # ***a***: strong and emphasised, whichever is outside
            return _marked(Node("strong", {}, [Node("em", {}, inner.children)]))
    attributes = "".join(f" {name}={escape(value)!r}" for name, value in sorted(node.attributes.items()))
    if node.name in VOID:
        return f"<{node.name}{attributes}>"
    return f"<{node.name}{attributes}>{''.join(map(_marked, node.children))}</{node.name}>"


def _tidy(text: str) -> str:
    text = re.sub(r"[ \t\n\r\f]+", " ", text)
    return re.sub(r" ?<br> ?", "<br>", text).strip(" ")
