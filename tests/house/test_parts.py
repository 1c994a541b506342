"""Every room is built alike: only views take requests, only actions write."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "papers"
NOT_ROOMS = {"migrations", "management", "admin", "models", "text", "templatetags", "caching"}
"""Tables, pure text, the panel and commands have rules of their own."""

WEB = {"http.py", "ways_back.py", "apps.py", "tasks.py", "urls.py"}
"""The web's side of every room, and the doors of background work."""

WRITES = {
    "bulk_create", "bulk_update", "create", "delete", "get_or_create", "save", "update_or_create",
}  # fmt: skip
REQUESTS = {"HttpRequest", "MemberRequest", "PageRequest"}
WRITERS_BESIDE_ACTIONS = {
    "accounts/sessions/store.py": "Django asks a session store to save",
    "bulk_copy.py": "the tool of actions",
    "demo/": "fills an empty lab",
    "bench/": "fills a lab to measure",
    "journal.py": "the tool of actions that can be undone",
    "events.py": "the one way to record an event",
    "exporting/formats/related.py": "saves a Word document into memory",
    "files/sandbox_jobs.py": "draws a picture into memory",
    "mail/": "the queue and its sender",
    "throttle.py": "counts tries in rows of its own, for every room",
}
VIEWS_BESIDE_VIEWS = {
    "accounts/passkeys/ceremonies.py": "what a browser signs names the host of its page",
    "accounts/providers/provider_adapter.py": "the accounts library hands it requests",
    "accounts/providers/library.py": "what the accounts library does with a request, in one place",
    "api/door/token_scopes.py": "the API's library hands it requests",
    "accounts/signing_in/account_adapter.py": "the accounts library hands it requests",
    "accounts/signing_in/devices.py": "reads and sets the cookie of a known device",
    "accounts/signing_in/guarding.py": "counts tries to sign in by address and device",
    "accounts/signing_in/sign_in.py": "the accounts library's class-based views",
    "accounts/signing_in/renewal.py": "signing in again in place",
    "pages/context.py": "a context processor",
}


PARTS = {"queries", "actions", "forms", "views", "urls"}
TWO_SIDES = {"sandboxed", "sandbox_jobs"}
"""What a room asks of the sandbox, and what runs there."""

BY_SUBJECT = PARTS | {"admin", "management", "migrations", "models", "templatetags"}
"""Folders whose modules are named by what they are about, in each folder alike."""


def find_modules() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*.py")):
        inside = path.relative_to(ROOT)
        if inside.parts[0] not in NOT_ROOMS and str(inside) not in WEB:
            yield inside


MODULES = list(find_modules())


def is_part(module: Path, part: str) -> bool:
    return module.name == f"{part}.py" or part in module.parts[:-1]


def is_excused(module: Path, excuses: dict[str, str]) -> bool:
    return any(str(module).startswith(name) for name in excuses)


def find_writes(tree: ast.Module) -> list[int]:
    """Lines that call a method of a row or a queryset that writes."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES
    ]


def find_requests(tree: ast.Module) -> list[int]:
    """Lines of functions that take a request."""
    arguments = (node for node in ast.walk(tree) if isinstance(node, ast.arg) and node.annotation)
    return [one.lineno for one in arguments if ast.unparse(one.annotation) in REQUESTS]  # type: ignore[arg-type]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_only_actions_write(module: Path):
    if is_part(module, "actions") or is_excused(module, WRITERS_BESIDE_ACTIONS):
        return
    lines = find_writes(ast.parse((ROOT / module).read_text()))
    assert not lines, f"{module} writes in lines {lines}: writes belong in its room's actions"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_only_views_take_requests(module: Path):
    if is_part(module, "views") or is_excused(module, VIEWS_BESIDE_VIEWS):
        return
    lines = find_requests(ast.parse((ROOT / module).read_text()))
    assert not lines, f"{module} takes a request in lines {lines}: that belongs in its views"


def test_a_name_of_a_module_stands_for_one_thing():
    names = Counter(
        path.stem
        for folder in (ROOT, ROOT.parent / "reviewapp")
        for path in folder.rglob("*.py")
        if not BY_SUBJECT.intersection(path.relative_to(ROOT.parent).parts[:-1])
    )
    twice = {name for name, count in names.items() if count > 1}
    assert twice <= PARTS | TWO_SIDES | {"__init__"}


@pytest.mark.parametrize("excuses", [WRITERS_BESIDE_ACTIONS, VIEWS_BESIDE_VIEWS])
def test_what_is_excused_exists(excuses: dict[str, str]):
    assert all((ROOT / name).exists() for name in excuses)
