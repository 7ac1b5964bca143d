"""Every French word that the program shows is typeset: no ordinary space before « : ; ! ? » nor inside guillemets."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import antenne
from antenne.base.paths import resource
from antenne.ui.shell.help_panel import read_page
from antenne.wording.typesetting import typeset

PACKAGE = Path(antenne.__file__).parent
PARTS = ("ui", "wording", "print", "cli")
LOOSE = re.compile(r"[\w»)’.] [:;!?](?:\s|$)|« | »")


def sentences(path: Path) -> Iterator[str]:
    """The literals of a module that may be seen: not its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


@pytest.mark.parametrize("part", PARTS)
def test_what_is_shown_is_typeset(part: str) -> None:
    loose = [
        f"{path.relative_to(PACKAGE)}: {said}"
        for path in sorted((PACKAGE / part).rglob("*.py"))
        for said in sentences(path)
        if LOOSE.search(said)
    ]
    assert loose == []


def test_every_help_page_is_typeset_when_it_is_read() -> None:
    for path in sorted(resource("help").glob("*.md")):
        assert not LOOSE.search(read_page(path.stem)), path.name
    assert typeset("**F5** ; dites « oui » : *non* !") == ("**F5**\u202f; dites «\u00a0oui\u00a0»\u00a0: *non*\u202f!")
    assert typeset("| :--- | 12:30 | http://x |") == "| :--- | 12:30 | http://x |"
