"""Long forms are read as Django reads short ones, at a bounded cost."""

from __future__ import annotations

import tracemalloc
from urllib.parse import quote_plus

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from reviewapp.urlencoded import LONG, parse_form
from tests import make

ODD = "%=&+ \t\r\n_?é深🚀%2%zz%41\x00"
BODIES = st.lists(st.sampled_from([*ODD, "%E6", "%b7", "%B1", "%2", "a=", "=\n", "%3D"])).map(
    "".join
)


@given(body=BODIES)
@example(body="a=%E6%B7%B1&a=%e6%b7&b=+x+&c&=d&&e==%3D=\n")
def test_it_reads_what_django_reads(body: str):
    sent = body.encode()
    assert parse_form(sent) == QueryDict(sent)


@pytest.mark.parametrize("shift", range(4))
def test_no_escape_is_cut_in_two(shift: int):
    text = "x" * shift + "深層学習" * 30_000
    assert parse_form(f"a={quote_plus(text)}".encode())["a"] == text


@pytest.mark.parametrize("unit", ["%41", "%", "%4", "+", "=", "%zz"])
def test_memory_stays_within_some_lengths_of_the_body(unit: str):
    body = b"a=" + unit.encode() * (3_000_000 // len(unit))
    tracemalloc.start()
    try:
        parse_form(body)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 5 * len(body)


@pytest.mark.django_db
def test_a_long_form_reaches_its_view_whole():
    ben = make.member("ben")
    paper = make.paper("One")
    page: Client = make.browser(ben)
    text = "深層学習 & more = 100 % + x.\n" * 2_000
    assert len(quote_plus(text)) > LONG
    sent = f"summary={quote_plus(text)}&stamp=0.0"
    answer = page.generic(
        "POST", f"/papers/{paper.pk}/review/draft/", sent, "application/x-www-form-urlencoded"
    )
    assert answer.status_code == 302
    editor = page.get(f"/papers/{paper.pk}/review/").content.decode()
    assert editor.count("深層学習 &amp; more = 100 % + x.\n") >= 2_000
