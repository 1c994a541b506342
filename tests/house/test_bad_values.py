"""Numbers without end, control characters, megabytes and encodings nobody sends, at every address.

Every field that the forms, templates and views of its room know gets them, as a member and as a
curator: the answer may refuse, but it is never an error of ours.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.urls import path as url_path

from papers.models import AgendaItem, Meeting, Member
from reviewapp.urls import urlpatterns as site_urls
from tests import make
from tests.house.test_site_map import ROUTES, list_patterns
from tests.make import NOW

NUMBERS = ("9" * 4300, "9" * 4301, "-" + "9" * 4301, "9" * 19, str(2**63), "9" * 11, "40000", "-1")
TEXTS = (
    "%00", "%ED%A0%80", "%EF%BF%BF", "%2BADw-", "%C2%B2", "%D9%A3", "http://[", "%0D%0Ax: y",
    "%0B%1B", "2026-99-99", "%27%22%3C%3E", "a" * 3000,
)  # fmt: skip
"""Written as they travel: NUL, half a pair, no character, UTF-7, digits that are none of ours, a
line of a header, controls, no day, quotes."""

VALUES = (*NUMBERS, *TEXTS)
KEYS = (*NUMBERS, *TEXTS[:5], "0", "%FF", "a" * 500)
MEMBERS = 3
"""Requests that a member sends as well: what she may do, a curator may, with the same code."""

TURNS = 4
"""How many tables of the panel share the values: one code answers them all."""

MEGABYTES = {"digits": "9" * 1_000_000, "brackets": "[" * 1_000_000}
REFUSED = 405
FORM = "application/x-www-form-urlencoded"
FIELDS_AT_ONCE = 20
"""Fields of a megabyte in one request; 25 MB is the most that the site takes."""

ENCODINGS = ("utf-7", "utf-16", "hex", "rot13", "idna", "undefined", "no-such", "utf-8\u00e9")


def list_forms(kind: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    """All forms of the app that are imported; those of the panel are made when it is asked."""
    for one in kind.__subclasses__():
        if one.__module__.startswith("papers."):
            yield one
        yield from list_forms(one)


COMMON = ("", "writing", "search")
"""Rooms, and the files above them, whose forms and functions the views of others use."""

ALWAYS = {"item-0-title", "item-0-plan", "item-0-cost", "fields", "o", "p", "id"}

READ = (
    ("templates", "*.html", r'name="([\w-]+)"'),
    ("papers", "*.py", r'(?:GET|POST|named|asked|post|choices)(?:\.get(?:list)?\(|\[)"([\w-]+)"'),
)
"""How templates and functions name what is sent."""


def list_fields(room: str) -> set[str]:
    """Every name that a form, a template or a view of a room reads; "" is what stands in none."""
    module = f"papers.{room}." if room else "papers."
    found = {
        name
        for one in list_forms()
        if one.__module__.startswith(module) and (room or one.__module__.count(".") == 1)
        for name in one.base_fields
    }
    for folder, pattern, reads in READ:
        root = settings.BASE_DIR / folder / room
        for path in root.rglob(pattern) if room else root.glob(pattern):
            found |= set(re.findall(reads, path.read_text()))
    return found


ROOMS = [one.name for one in (settings.BASE_DIR / "papers").iterdir() if one.is_dir()]
FOLDERS = [one.name for one in (settings.BASE_DIR / "templates").iterdir() if one.is_dir()]
BY_ROOM = {room: list_fields(room) for room in ("", *ROOMS, *FOLDERS)}
FIELDS = sorted(ALWAYS.union(*BY_ROOM.values()))
VIEWS = {path: pattern.callback.__module__ for path, pattern in list_patterns(get_resolver())}


PANEL = ALWAYS | {"q", "all", "e", "action", "_selected_action", "_popup", "_to_field", "year"}
"""What Django's panel reads of addresses and forms, whatever the table."""


def find_fields(path: str) -> list[str]:
    """What the view of this address may read: that of its room and of those which all use; in the
    panel the columns of its table; of views that are not ours, everything."""
    origin, room, *_ = [*VIEWS[path].split("."), ""]
    if path.startswith("admin/papers/"):
        model = apps.get_model("papers", path.split("/")[2])
        return sorted(PANEL | BY_ROOM["admin"] | {one.name for one in model._meta.get_fields()})
    if origin != "papers":
        return FIELDS
    shared = ALWAYS.union(BY_ROOM["components"], *(BY_ROOM[name] for name in COMMON))
    return sorted(shared | BY_ROOM[room])


PATHS = [path for path in ROUTES if path != "admin/logout/"]


def fill(path: str, key: str) -> str:
    """The address with this in its places."""
    path = re.sub(r"<day:\w+>", "2026-11-18", path).replace("^", "").replace("$", "")
    path = re.sub(r"\(\?P<\w+>[^)]*\)", key, path)
    return "/" + re.sub(r"<[^>]+>", key, path)


@pytest.fixture
def people(ada: Member, ben: Member, quiet: None) -> list[Client]:
    """A curator who is an administrator, and a member; something stands under each first number."""
    ada.is_superuser = True
    ada.save()
    paper = make.paper("One", topics=[make.topic("T")])
    make.experiment("E", paper=paper, review=make.review(paper, ben))
    meeting = Meeting.objects.create(day=NOW.date(), starts_at=NOW, created_at=NOW, lead=ada)
    AgendaItem.objects.create(meeting=meeting, paper=paper)
    clients = [make.browser(ada), make.browser(ben)]
    for one in clients:
        one.raise_request_exception = False
    return clients


METHODS: dict[str, Callable[[Client, str, str], HttpResponse]] = {
    "GET": lambda page, path, query: page.generic("GET", path, QUERY_STRING=query[:2_000_000]),
    "POST": lambda page, path, query: page.generic("POST", path, query.encode(), FORM),
}


def find_methods(page: Client, path: str) -> list[str]:
    """Those that this address takes; no other comes to read what is sent."""
    allowed = page.options(path).headers.get("Allow", "GET, POST")
    return [name for name in METHODS if name in allowed]


def send(page: Client, path: str, query: str, methods: Iterable[str] = METHODS) -> list[str]:
    """What broke, of a request of each method with this query."""
    answers = {method: METHODS[method](page, path, query) for method in methods}
    return [
        f"{method} {path[:80]} {query[:60]}: {answer.status_code}"
        for method, answer in answers.items()
        if answer.status_code > 499
    ]


def get_existing(path: str) -> str:
    """A key that is there, so that a view comes to read what was sent."""
    first = AgendaItem.objects.first() if path.startswith("agenda-items/") else None
    return str(first.pk) if first else "1"


def list_megabytes() -> Iterator[Any]:
    """Each address with one of the two; `make faults` sends the other as well."""
    for place, path in enumerate(one for one in PATHS if not one.startswith("admin/")):
        for turn, kind in enumerate(MEGABYTES):
            marks = [] if place % len(MEGABYTES) == turn else [pytest.mark.faults]
            yield pytest.param(path, kind, marks=marks)


def list_turns() -> Iterator[Any]:
    """Each address with all values, tables of the panel with a part of them in turn; `make faults`
    sends these the rest.
    """
    for place, path in enumerate(PATHS):
        turn = place % TURNS if path.startswith("admin/") else None
        yield pytest.param(path, turn, id=path)
        if turn is not None:
            yield pytest.param(path, None, id=f"{path}-all", marks=pytest.mark.faults)


def take_turn[One](values: Sequence[One], turn: int | None) -> Sequence[One]:
    return values if turn is None else values[turn::TURNS]


def write_queries(names: list[str]) -> list[str]:
    """So many that each field has each value once, beside other values each time."""
    return [
        "&".join(f"{name}={VALUES[(n + turn) % len(VALUES)]}" for n, name in enumerate(names))
        for turn in range(len(VALUES))
    ]


@pytest.mark.slow
@pytest.mark.unknown_addresses
@pytest.mark.django_db
@pytest.mark.parametrize(("path", "turn"), [*list_turns()])
def test_no_address_breaks_on_a_bad_value(
    people: list[Client], path: str, turn: int | None
) -> None:
    curator, member = people
    existing = fill(path, get_existing(path))
    methods = find_methods(curator, existing)
    broken = []
    for key in take_turn(KEYS, turn) if "<" in path else ():
        broken += send(curator, fill(path, key), "", methods)
    queries = take_turn(write_queries(find_fields(path)), turn)
    for query in queries:
        broken += send(curator, existing, query, methods)
    for query in queries[:MEMBERS]:
        broken += send(member, existing, query, methods)
    assert broken == []


@pytest.fixture
def _collected() -> Iterator[None]:
    """Requests are in circles, and nothing but their number makes Python look for these."""
    yield
    gc.collect()


@pytest.mark.slow
@pytest.mark.unknown_addresses
@pytest.mark.usefixtures("_collected")
@pytest.mark.django_db
@pytest.mark.parametrize(("path", "megabyte"), [*list_megabytes()])
def test_no_address_breaks_on_a_megabyte(people: list[Client], path: str, megabyte: str) -> None:
    if people[0].post(fill(path, get_existing(path))).status_code == REFUSED:
        return
    broken, fields = [], find_fields(path)
    for first in range(0, len(fields), FIELDS_AT_ONCE):
        names = fields[first : first + FIELDS_AT_ONCE]
        body = "&".join(f"{name}={MEGABYTES[megabyte]}" for name in names).encode()
        answer = people[0].generic("POST", fill(path, get_existing(path)), body, FORM)
        broken += [f"{names}: {answer.status_code}"] if answer.status_code > 499 else []
    assert broken == []


def answer_with_a_number(request: HttpRequest) -> HttpResponse:
    """A view with the fault that the sweep is for."""
    return HttpResponse(int((request.POST or request.GET).get("year") or "0"))


urlpatterns = [url_path("broken/", answer_with_a_number), *site_urls]


@pytest.mark.unknown_addresses
@pytest.mark.django_db
def test_the_sweep_would_find_a_view_that_breaks(people: list[Client], settings: Any) -> None:
    assert len(PATHS) > 150
    assert len(FIELDS) > 150
    assert {"year", "fields", "item-0-title", "q"} <= set(FIELDS)
    settings.ROOT_URLCONF = __name__
    query = "&".join(f"{name}={NUMBERS[1]}" for name in FIELDS)
    assert [found[-3:] for found in send(people[0], "/broken/", query)] == ["500", "500"]
    assert send(people[0], "/broken/", "year=7") == []


@pytest.mark.unknown_addresses
@pytest.mark.django_db
@pytest.mark.parametrize("charset", ENCODINGS)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_other_encodings_are_refused_with_a_sentence(
    people: list[Client], charset: str, kind: str
) -> None:
    for path in ("/", "/topics/", "/accounts/login/", "/admin/", "/no-such/"):
        for method in ("GET", "POST"):
            answer = people[0].generic(
                method, path, b"name=%2BADw-", f"{kind}; boundary=x; charset={charset}"
            )
            assert answer.status_code == 415, (method, path)


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8", "us-ascii"])
def test_our_own_encoding_is_taken_however_it_is_written(
    people: list[Client], charset: str
) -> None:
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert people[0].generic("GET", "/topics/", b"", kind).status_code == 200


def test_every_number_of_an_address_is_bounded() -> None:
    ours = [path for path in ROUTES if not path.startswith("admin/")]
    assert not [path for path in ours if "<int:" in path]
    assert sum("<key:" in path for path in ours) > 40
