"""Numbers without end, texts of a megabyte and encodings that nobody sends, at every address.

Every field that the forms, templates and views of its room know gets them, as a member and as a
curator: the answer may refuse, but it is never an error of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.urls import path as url_path
from django.utils.module_loading import import_string

from papers.models import AgendaItem, Meeting, Member
from reviewapp.urls import urlpatterns as site_urls
from tests import make
from tests.house.test_site_map import ROUTES, list_patterns
from tests.make import NOW

NUMBERS = ("9" * 4300, "9" * 4301, "-" + "9" * 4301, "9" * 19, str(2**63), "9" * 11, "40000", "-1")
TEXTS = ("%00", "%ED%A0%80", "%EF%BF%BF", "%2BADw-", "%C2%B2", "%D9%A3", "http://[", "%0D%0Ax: y")
"""Written as they travel: NUL, half a pair, no character, UTF-7, digits that are none of ours."""

MEMBERS = (NUMBERS[0], TEXTS[0], TEXTS[1])
"""Those that a member sends as well: what she may do, a curator may, with the same code."""

MEGABYTES = {"digits": "9" * 1_000_000, "brackets": "[" * 1_000_000}
NO_POST = 405
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
def people(ada: Member, ben: Member) -> list[Client]:
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


def send(page: Client, path: str, query: str) -> list[str]:
    """What broke, of a GET and a POST with this query."""
    form = "application/x-www-form-urlencoded"
    answers = {
        "GET": page.generic("GET", path, QUERY_STRING=query[:2_000_000]),
        "POST": page.generic("POST", path, query.encode(), form),
    }
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


@pytest.mark.slow
@pytest.mark.unknown_addresses
@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_no_address_breaks_on_a_bad_value(people: list[Client], path: str) -> None:
    curator = people[0]
    names = find_fields(path)
    broken = []
    for key in (*NUMBERS, *TEXTS[:4]) if "<" in path else ():
        broken += send(curator, fill(path, key), "")
    for value in (*NUMBERS, *TEXTS):
        query = "&".join(f"{name}={value}" for name in names)
        for page in people if value in MEMBERS else (curator,):
            broken += send(page, fill(path, get_existing(path)), query)
    assert broken == []


@pytest.mark.slow
@pytest.mark.unknown_addresses
@pytest.mark.django_db
@pytest.mark.parametrize(("path", "megabyte"), [*list_megabytes()])
def test_no_address_breaks_on_a_megabyte(people: list[Client], path: str, megabyte: str) -> None:
    if people[0].post(fill(path, get_existing(path))).status_code == NO_POST:
        return
    broken, fields = [], find_fields(path)
    for first in range(0, len(fields), FIELDS_AT_ONCE):
        names = fields[first : first + FIELDS_AT_ONCE]
        body = "&".join(f"{name}={MEGABYTES[megabyte]}" for name in names).encode()
        answer = people[0].generic(
            "POST", fill(path, get_existing(path)), body, "application/x-www-form-urlencoded"
        )
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


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header",
    ["text/plain; x*=no-such''y", f"text/plain; x={'y' * 20_000}"],
    ids=["unknown", "long"],
)
def test_a_header_that_cannot_be_read_is_a_bad_request(header: str) -> None:
    """Django raises before any middleware is asked; so this asks the door of the server."""
    application = import_string(settings.WSGI_APPLICATION)
    heard: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "CONTENT_TYPE": header, "wsgi.input": None, "wsgi.url_scheme": "http",
    }  # fmt: skip
    application(environ, lambda status, headers: heard.append(status))
    assert heard == ["400 Bad Request"]


@pytest.mark.django_db
@pytest.mark.unknown_addresses
@pytest.mark.parametrize(
    "headers",
    [
        {"Referer": "http://["},
        {"HX-Request": "true", "HX-Current-URL": "http://[", "HX-Target": "\u00ff"},
        {"If-None-Match": "\u00ff", "If-Modified-Since": "9" * 4301, "Range": "bytes=9" * 99},
        {"Cookie": 'sessionid="\\000aaaaaaaaaaaa"; csrftoken="\\000"; messages="\\000"'},
        {"Cookie": f"sessionid={'9' * 4301}; messages={'9' * 4301}"},
        {"Accept-Language": "9" * 4301, "X-CSRFToken": "9" * 4301},
    ],
    ids=["referer", "htmx", "conditions", "controls in cookies", "long cookies", "long headers"],
)
def test_headers_that_no_browser_sends_are_answered(lab: object, headers: dict[str, str]) -> None:
    page = Client(raise_request_exception=False)
    for path in ("/", "/accounts/login/", "/profile/", "/no-such/"):
        for method in ("GET", "POST"):
            answer = page.generic(method, path, b"bio=x", "application/x-www-form-urlencoded",
                                  headers=headers)  # fmt: skip
            assert answer.status_code < 500, (method, path)


def test_every_number_of_an_address_is_bounded() -> None:
    ours = [path for path in ROUTES if not path.startswith("admin/")]
    assert not [path for path in ours if "<int:" in path]
    assert sum("<key:" in path for path in ours) > 40
