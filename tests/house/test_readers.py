"""Whatever reads foreign text runs in the sandbox: the site's own processes do not even load it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache

from tests.house.sources import ROOT, list_names, parse_files

PARSERS = {
    "PIL",
    "bleach",
    "charset_normalizer",
    "csv",
    "difflib",
    "docutils",
    "ftfy",
    "html.parser",
    "html5lib",
    "markdown",
    "markdown_it",
    "pylatexenc",
    "pypdf",
    "tarfile",
    "xml",
    "yaml",
    "zipfile",
    "zlib",
}
"""Modules whose time or memory grows faster than the text that they read, or may."""

OF_DJANGO = {"difflib", "html.parser", "xml", "zipfile", "zlib"}
"""Those that Django and psycopg load for themselves."""

LATE = {
    "citeproc",
    "docx",
    "httpcore",
    "httpx",
    "icalendar",
    "jinja2",
    "lxml",
    "ninja",
    "pydantic",
    "requests",
}
"""Large libraries for the API, for other sites and for some exports: 30 MB of each process."""

WRITERS = {"papers.exporting.zipping"}
"""Modules that write with the same library, and read nothing."""

LOADED = """
import sys
import django
django.setup()
import papers.tasks, papers.urls, reviewapp.urls, reviewapp.wsgi
from django.urls import reverse
reverse("desk")  # knows every name, so every address was looked at
print(*sys.modules, sep="\\n")
"""


def list_imports(tree: ast.Module) -> Iterator[str]:
    """Modules that a file imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


JSON_DOORS = {
    "papers/text/foreign_json.py": "bounds and cleans what comes from outside",
    "papers/importing/reading/formats/data/data_values.py": "runs in the sandbox",
    "papers/sandbox/codec.py": "what the sandbox returned, no larger than its limit",
    "papers/mail/sender.py": "the answer of our own process",
    "papers/curation/inviting/views.py": "a cookie that we signed",
    "papers/journal.py": "rows of our own tables",
    "papers/lab_changes/actions.py": "rows of our own tables",
    "papers/exporting/archives/queries.py": "rows of our own tables",
    "papers/exporting/archives/actions/restoring.py": "runs in the command that restores",
    "papers/exporting/formats/archive_reader.py": "runs in the command that restores",
    "papers/lookups/services/json.py": "an answer of bounded size, in the worker",
}
"""Who may call Python's reader of JSON, and why."""


def is_parser(module: str) -> bool:
    return module in PARSERS or module.split(".")[0] in PARSERS


def find_readers() -> set[str]:
    """Our modules that use a parser."""
    return {
        ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for path, tree in parse_files("papers")
        if any(map(is_parser, list_imports(tree)))
    }


@cache
def list_loaded() -> set[str]:
    """Every module of a process that serves the site or works in the background."""
    found = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(found.stdout.split())


def test_no_reader_of_foreign_text_is_loaded_by_the_site() -> None:
    readers, loaded = find_readers(), list_loaded()
    known = {
        "papers.files.sandbox_jobs",
        "papers.text.points",
        "papers.text.merging",
        "papers.text.rendering.grammar",
    }
    assert known | {"papers.importing.reading.formats.data.data_values"} <= readers
    assert {"papers.text.markdown", "papers.importing.intake.views", "papers.tasks"} <= loaded
    assert readers & loaded == WRITERS
    assert PARSERS & loaded <= OF_DJANGO


def test_what_few_requests_need_is_loaded_by_the_first_of_them() -> None:
    assert LATE & list_loaded() == set()


def test_json_from_outside_has_one_door() -> None:
    found = {
        str(path)
        for path, tree in parse_files("papers")
        if any(
            name in {"json.loads", "json.load", "forms.JSONField"} for _, name in list_names(tree)
        )
    }
    assert found == JSON_DOORS.keys()
