"""The table, expanded: one cell for each address, kind of thing, method and caller."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from django.apps import apps
from django.contrib import admin
from django.db.models import Model, Q
from django.urls import reverse

from tests import access_matrix as table
from tests.access.matrix import panel
from tests.access.matrix.callers import ROLES
from tests.access.matrix.rules import LOGIN, Cell, expect
from tests.house.secrets import GUARDED
from tests.house.test_site_map import ROUTES

ANY = "*"
"""In place of a rule: whatever GET answers, or a refusal, and never an act."""

NOBODY = {"-", "nobody"}
METHODS = ("GET", "POST", "PUT", "DELETE")

ALL = ("own", "other", "hidden", "archived", "merged", "deleted")
NOUNS = (
    (r"(api/v1/)?papers/<key:pk>", "paper", ALL),
    (r"handovers/papers/<key:pk>", "paper", ("own", "other", "hidden", "archived")),
    (r"reviews/<key:pk>", "review", ("own", "other", "hidden", "deleted")),
    (r"comments/<key:pk>", "comment", ("own", "other", "hidden", "deleted")),
    (r"experiments/<key:pk>", "experiment", ("own", "other", "hidden", "deleted")),
    (r"claims/<key:pk>", "claim", ("own", "other", "deleted")),
    (r"agenda-items/<key:pk>", "item", ("own", "other")),
    (r"meetings/<day:day>", "day", ("own", "other")),
    (r"calendar/meetings/<key:pk>", "meeting", ("own", "other")),
    (r"meetings/absences/<key:pk>", "absence", ("own", "other")),
    (r"meetings/swaps/<key:pk>", "swap", ("own", "other")),
    (r"meetings/series/<key:pk>", "series", ("any",)),
    (r"handovers/<key:pk>", "handover", ("own", "other")),
    (r"searches/<key:pk>", "search", ("own", "other")),
    (r"skips/<key:pk>", "paper", ("own", "other", "hidden")),
    (r"profile/tokens/<key:pk>", "token", ("own", "other")),
    (r"profile/chat/<key:pk>", "chat", ("own", "other")),
    (r"profile/passkeys/<key:pk>", "passkey", ("own", "other")),
    (r"profile/bibliographies/<key:pk>", "bibliography", ("own", "other")),
    (r"import/items/<key:pk>", "entry", ("own", "other")),
    (r"import/issues/<key:pk>", "fetch", ("own", "other")),
    (r"import/<key:pk>", "import", ("own", "other")),
    (r"activity/<key:pk>", "event", ("own", "other")),
    (r"(curation/)?members/<str:handle>", "handle", ("own", "other")),
    (r"feeds/members/<key:pk>", "member", ("own", "other")),
    (r"(feeds/topics|topic-\w+)/<key:pk>", "topic", ("any",)),
    (r"listings/<key:pk>", "listing", ("any",)),
    (r"sortings/<key:pk>", "sorting", ("any",)),
    (r"archives/<key:pk>", "archive", ("any",)),
    (r"curation/invitations/<key:pk>", "invitation", ("any",)),
    (r"curation/join-links/<key:pk>", "join-link", ("any",)),
    (r"profile/sign-in/<key:pk>", "connection", ("own", "other")),
    (r"curation/removals/<key:pk>", "removal", ("any", "restorable")),
    (r"curation/digest/rooms/<key:pk>", "room", ("any",)),
    (r"curation/webhooks/<key:pk>", "endpoint", ("any",)),
    (r"curation/webhooks/deliveries/<key:pk>", "delivery", ("any",)),
    (r"(?:invitations|shared|bibliographies)/<str:token>", "", ("open", "wrong")),
    (r"accounts/joining/<str:token>", "joining", ("open", "wrong")),
    (r"accounts/with/<slug:key>", "provider", ("any",)),
    (r"profile/sign-in/<slug:key>", "provider", ("any",)),
    (r"files/<str:key>", "", ("deleted",)),
    (r"logo/<str:key>", "", ("wrong",)),
    (r"curation/zotero/(questions/)?<key:pk>", "zotero", ("deleted",)),
    (r"mail/leaving/<str:token>", "", ("wrong",)),
    (r"chat/(?:slack|mattermost)", "", ("wrong",)),
)  # fmt: skip
"""Routes by the noun whose key they hold, and the kinds in which it is asked for."""

CLOSABLE = {"review", "comment", "experiment"}
"""Nouns of which the hidden one does not exist for the member."""

REST = {
    "<day:day>": "2026-11-25", "<path:path>": "known-topic", "<path:rest>": "nothing",
    "<title:slug>": "a-known-paper", "<key:number>": "1", "<slug:name>": "reviews",
    "<str:handle>": "phil", "<str:token>": "wrong",
}  # fmt: skip

type Kinds = Mapping[str, Mapping[str, str]]


def read_rows(text: str) -> dict[str, list[str]]:
    """The words of each row by its address, which begins its line and may be empty."""
    rows: dict[str, list[str]] = {}
    for line in filter(None, text.split("\n")):
        if not line.startswith("#"):
            words = line.split()
            route = "" if line.startswith(" ") else words.pop(0)
            rows.setdefault(route, []).extend(words)
    return rows


def list_site_routes() -> list[str]:
    return [route for route in ROUTES if not route.startswith("admin/")]


def list_cells(kinds: Kinds, *, is_public: bool = False) -> Iterator[Cell]:
    """Every cell of the site and of the panel."""
    rows, others = read_rows(table.TABLE), read_rows(panel.OTHER_METHODS)
    for route in list_site_routes():
        get, post, *exceptions = rows[route]
        more = dict(zip(others.get(route, [])[::2], others.get(route, [])[1::2], strict=True))
        special = dict(one.split("=") for one in exceptions)
        noun, found = find_noun(route)
        for kind in found:
            path = fill(route, noun, kind, kinds)
            doors = {"GET": get, "POST": post} | more
            if kind in special:
                doors |= dict(zip(("GET", "POST"), special[kind].split(","), strict=True))
                kind = "own"
            is_hidden = kind == "hidden" and noun in CLOSABLE
            for method in METHODS:
                rule = doors.get(method, ANY)
                if rule == ANY and kind != found[0]:
                    continue  # a method that pages do not have: once an address
                for caller in ROLES:
                    expected = ANY if rule == ANY else expect(
                        rule, kind, caller, is_hidden=is_hidden, is_public=is_public
                    )  # fmt: skip
                    yield Cell(route, path, kind, method, caller, expected, rule in NOBODY)
    yield from list_panel_cells()


def find_noun(route: str) -> tuple[str, tuple[str, ...]]:
    """What the route names, and the kinds of it."""
    for pattern, noun, found in NOUNS:
        if re.match(pattern, route):
            return noun or route.split("/", 1)[0], found
    return "", ("",)


def fill(route: str, noun: str, kind: str, kinds: Kinds) -> str:
    """The address of one thing."""
    path = route
    if noun and kind:
        nothing = "999999" if "<key:" in route else "wrong"
        path = re.sub(r"<\w+:\w+>", kinds.get(noun, {}).get(kind, nothing), path, count=1)
    path = path.replace("<key:one>/<key:other>", kinds["pair"]["any"])
    for part, value in REST.items():
        path = path.replace(part, value)
    if path.startswith("^"):
        path = "accounts/reset/1-wrong/"
    name = "bibtex" if re.match("(api/v1/)?exports?/", route) else "2026-W46"
    return "/" + re.sub(r"<\w+:\w+>", name, path)


def list_panel_cells() -> Iterator[Cell]:
    """Each page of each table of the admin panel."""
    for page, path, rules, kind in list_panel_pages():
        for method, rule in zip(("GET", "POST"), rules, strict=True):
            for caller in ROLES:
                expected = expect(rule, "", caller, is_hidden=False, is_public=False)
                expected = LOGIN if caller in "RMO" else expected
                yield Cell(page, path, kind, method, caller, expected, rule in NOBODY)


def list_panel_pages() -> Iterator[tuple[str, str, list[str], str]]:
    """Name, path, rules for GET and POST, and which row."""
    general, special = read_rows(panel.PANEL), read_tables()
    frame = {
        "(index)": "/admin/", "(jsi18n)": "/admin/jsi18n/",
        "(autocomplete)": "/admin/autocomplete/", "(app)": "/admin/papers/",
    }  # fmt: skip
    for page, path in frame.items():
        yield f"admin {page}", path, general[page], ""
    for model in admin.site._registry:
        name = model._meta.model_name or ""
        for page in ("changelist", "add", "change", "delete", "history"):
            rules = special.get((name, page), general[page])
            address = f"admin:{model._meta.app_label}_{name}_{page}"
            if page in {"changelist", "add"}:
                yield f"admin {name} {page}", reverse(address), rules, ""
            else:
                for key, kind in list_rows(model):
                    closed = ["-", "-"] if kind == "deleted" else rules
                    yield f"admin {name} {page}", reverse(address, args=[key]), closed, kind


def list_rows(model: type[Model]) -> list[tuple[object, str]]:
    """A row of the table; several and a closed one, where some rows are closed to everybody."""
    rows = model._default_manager.order_by("pk")
    if model._meta.label not in GUARDED:
        return [(pk, "") for pk in rows.values_list("pk", flat=True)[:1]]
    names = {one.name for one in model._meta.get_fields()}
    ways = {"review": "review__", "experiment": "experiment__review__"}
    is_closed = Q(deleted_at__isnull=False) if "deleted_at" in names else Q(pk__in=[])
    for name in names & set(ways):
        is_closed |= Q(**{f"{ways[name]}deleted_at__isnull": False})
    closed = rows.filter(is_closed).values_list("pk", flat=True)
    shown = rows.exclude(pk__in=[*closed]).values_list("pk", flat=True)
    return [(pk, "") for pk in shown[:2]] + [(pk, "deleted") for pk in closed[:1]]


def read_tables() -> dict[tuple[str, str], list[str]]:
    """Rules of the tables that differ, by table and page."""
    found = {}
    for line in panel.PANEL_TABLES.strip().split("\n"):
        *names, page, get, post = line.split()
        names = " ".join(panel.GROUPS.get(name, name) for name in names).split()
        found |= {(name, page): [get, post] for name in names}
    assert {name for name, _ in found} <= {model._meta.model_name for model in apps.get_models()}
    return found
