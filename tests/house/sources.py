"""Our own Python files, parsed, for tests that look for what none of them may say."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def parse_files(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    """Each file below a folder of the project, with its path from there."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def list_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and last two words of all that is read: `datetime.now`, `time.sleep`, `sleep`.

    A name that was imported from a module counts with it, under the name that it has there.
    """
    imported = {
        alias.asname or alias.name: f"{(node.module or '').rsplit('.', 1)[-1]}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            of = node.value
            owner = of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")
            yield node.lineno, f"{owner}.{node.attr}"
        elif isinstance(node, ast.Name):
            yield node.lineno, imported.get(node.id, node.id)
