"""Reads the YAML between two lines of `---` at the top of a content file, and validates it by name and type."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from lessons.scanning import Problem

TAGS = {str: "str", int: "int", bool: "bool"}
NO_TEXT = ("Cc", "Cs")  # control characters and halves of pairs, which YAML writes as "\\u0000" and "\\ud800"
NAMES = {str: "a text", int: "a whole number", bool: "true or false"}


@dataclass(frozen=True)
class FieldRule:
    """A rule of a field: its type, whether it must be there, one of `choices`, a number between `bounds`."""

    kind: type[str] | type[int] | type[bool] = str
    required: bool = False
    default: str | int | bool | None = None
    choices: tuple[str, ...] = ()
    bounds: tuple[int, int] | None = None


@dataclass(frozen=True)
class FrontMatter:
    """The fields, with defaults for what is not there, and the text below with the number of its first line."""

    values: Mapping[str, Any]
    body: str
    body_line: int


def read(source: str, rules: Mapping[str, FieldRule]) -> tuple[FrontMatter, list[Problem]]:
    """Split a file into front matter and text.

    Returns:
        what was read, and every problem in it by line and column; nothing is raised.
    """
    values: dict[str, Any] = {name: rule.default for name, rule in rules.items()}
    if source.partition("\n")[0].rstrip() != "---":
        problem = Problem(1, 1, "the file must begin with front matter: a line ---, fields, and a line ---")
        return FrontMatter(values, source, 1), [problem] if any(rule.required for rule in rules.values()) else []
    body, first = below(source)
    if first == 1:
        return FrontMatter(values, "", 1), [Problem(1, 1, "the front matter is never closed: end it with a line ---")]
    problems = _read_fields("\n".join(source.split("\n")[1 : first - 2]), rules, values)
    return FrontMatter(values, body, first), problems


def below(source: str) -> tuple[str, int]:
    """The text below the front matter, and the number of its first line. Without front matter, that is all of it."""
    rows = source.split("\n")
    if rows[0].rstrip() == "---":
        end = next((number for number, row in enumerate(rows[1:], 1) if row.rstrip() == "---"), None)
        if end is not None:
            return "\n".join(rows[end + 1 :]), end + 2
    return source, 1


def _read_fields(text: str, rules: Mapping[str, FieldRule], values: dict[str, Any]) -> list[Problem]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 2, mark.column + 1) if mark else (2, 1)
        message = f"YAML: {error.problem}. Is a quote or a bracket left open, here or in a line above?"
        return [Problem(line, column, message)]
    except RecursionError:
        return [Problem(2, 1, "YAML: brackets are nested deeper than can be read")]
    except (yaml.YAMLError, ValueError) as error:  # a character that is none, or not allowed; it knows no line
        return [Problem(2, 1, f"YAML: {str(error).splitlines()[0]}")]
    if node is not None and not isinstance(node, yaml.MappingNode):
        return [Problem(2, 1, "the front matter must be fields, like: title: Defining tasks")]
    problems: list[Problem] = []
    seen: set[str] = set()
    for key, value in node.value if node else ():
        line, column = key.start_mark.line + 2, key.start_mark.column + 1
        name = str(key.value)
        if name not in rules:
            problems.append(Problem(line, column, f"unknown field “{name}”; known are {', '.join(sorted(rules))}"))
        elif name in seen:
            problems.append(Problem(line, column, f"the field “{name}” is given twice"))
        elif wrong := _wrong(value, rules[name]):
            value_line, value_column = value.start_mark.line + 2, value.start_mark.column + 1
            problems.append(Problem(value_line, value_column, f"“{name}” {wrong}"))
        else:
            values[name] = yaml.SafeLoader("").construct_object(value)
        seen.add(name)
    missing = [name for name, rule in rules.items() if rule.required and name not in seen]
    problems.extend(Problem(1, 1, f"the field “{name}” is missing") for name in missing)
    return problems


def _wrong(node: yaml.Node, rule: FieldRule) -> str:
    if node.tag != f"tag:yaml.org,2002:{TAGS[rule.kind]}":
        return f"must be {NAMES[rule.kind]}"
    try:
        value = yaml.SafeLoader("").construct_object(node)
    except (yaml.YAMLError, ValueError, IndexError, KeyError):  # what a tag like !!int makes of “_”
        return f"must be {NAMES[rule.kind]}"
    if rule.choices and value not in rule.choices:
        return f"must be one of {', '.join(rule.choices)}"
    if rule.bounds and not rule.bounds[0] <= value <= rule.bounds[1]:
        return f"must be from {rule.bounds[0]} to {rule.bounds[1]}"
    if isinstance(value, str) and any(unicodedata.category(char) in NO_TEXT for char in value.replace("\n", "")):
        return "has a character in it that is no text"
    return "is empty" if isinstance(value, str) and not value.strip() else ""
