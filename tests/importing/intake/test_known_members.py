"""Which members the people of a document are, and the handles that new ones get."""

from __future__ import annotations

import pytest

from papers.importing.intake.matching.queries.matching import (
    find_members,
    free_handles,
    handle_of,
)
from tests import make

pytestmark = pytest.mark.django_db


def test_a_member_is_known_by_handle_or_by_name_in_any_case() -> None:
    ada = make.member("ada", name="Ada Lindqvist")
    ben = make.member("b-okafor", name="Ben Okafor")
    make.member("cy", name="Cy Sato")
    found = find_members(["ADA", "ben OKAFOR", "Somebody else"])
    assert found == {"ada": ada, "ben okafor": ben}
    assert find_members(["Ada Lindqvist"]) == {"ada lindqvist": ada}
    assert find_members([]) == {}


def test_a_handle_goes_before_a_name_and_the_first_of_a_name_is_taken() -> None:
    first = make.member("first", name="Kim Lee")
    make.member("second", name="Kim Lee")
    assert find_members(["Kim Lee"]) == {"kim lee": first}
    by_handle = make.member("kim-lee", name="Someone")
    assert find_members(["Kim Lee"]) == {"kim lee": by_handle}


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Ada Lindqvist", "ada-lindqvist"),
        ("田中 太郎", "田中-太郎"),
        ("!!!", "member"),
        ("", "member"),
    ],
)
def test_the_handle_of_a_name(name: str, handle: str) -> None:
    assert handle_of(name) == handle


def test_no_handle_is_given_twice_whoever_has_it() -> None:
    make.member("kim-lee")
    make.member("kim-lee-2")
    make.member("kim-lee-late")
    names = ["Kim Lee", "kim lee", "Ada", "ADA", "Kim Lee late-night"]
    given = ["kim-lee-3", "kim-lee-4", "ada", "ada-2", "kim-lee-late-night"]
    assert list(free_handles(names)) == given
    assert list(free_handles([])) == []
    make.member("Jo")
    assert list(free_handles(["jo"])) == ["jo-2"]
