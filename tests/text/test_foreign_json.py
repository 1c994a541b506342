"""JSON from outside is a value within limits, or a ValueError."""

from __future__ import annotations

import pytest

from papers.text.foreign_json import LARGEST, read_json

REFUSED = {
    "nothing": b"",
    "no JSON": b"{'a': 1}",
    "not UTF-8": b'"\xff\xfe\xff"',
    "brackets": b"[" * 1_000_000,
    "nested lists": b"[" * 100_000 + b"]" * 100_000,
    "nested objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "digits": b"9" * 4_301,
    "too large": b"[" + b"[]," * (LARGEST // 3) + b"[]]",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_in_any_way_is_a_value_error(name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_json(REFUSED[name])


def test_texts_hold_nothing_that_the_database_refuses() -> None:
    sent = r'{"a\u0000": ["b\u0000c\ud800", 1, null, 2.5, true], "d": "\ud83d\ude00\n"}'
    assert read_json(sent) == {"a": ["bc", 1, None, 2.5, True], "d": "\U0001f600\n"}
