"""Names of strings that double, chain and join stay within bounds."""

from __future__ import annotations

import pytest

from papers.importing.reading.door import read_document
from tests.effort import spend

N = 100_000


TANGLES = {
    "braces": "@misc{a, title={" + "{" * N,
    "quotes": '@misc{a, title="' + '{"' * N,
    "heads": "@misc{" * (N // 10),
    "lines of heads": "@misc{a, title={\n" * (N // 10),
    "names": "@misc{a, " + "a=" * N,
    "joins": "@misc{a, title=" + "a#" * N,
    "and": "@misc{a, title={T of x}, author={" + "{ and " * (N // 6),
    "commas": "@misc{a, title={T of x}, author={" + "a," * N + "}}",
    "backslashes": "@misc{a, title={" + "\\" * N + "}}",
    "never closed": "@misc{a, " + "x={b, \n" * (N // 8),
    "blanks": "@misc{a" + " " * N,
}


@pytest.mark.parametrize("name", TANGLES)
def test_tangled_entries_take_no_more_than_a_few_seconds(name: str) -> None:
    data = TANGLES[name].encode()
    assert spend(lambda: read_document(data, "x.bib")) < 6


def test_names_that_double_stay_names_and_are_told_with_their_line() -> None:
    doubled = "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(60))
    text = f"@string{{s0 = {{words }}}}\n{doubled}@article{{a, title={{Trees}}, note=s60}}"
    found = read_document(text.encode(), "x.bib")
    assert [paper.title for paper in found.papers] == ["Trees"]
    assert len(str(found)) < 100_000
    assert found.problems[0].line == 12
    assert found.problems[0].message.startswith("The @string “s11” (line 12) grows beyond 10,000")


def test_a_long_chain_of_names_is_told_with_its_line() -> None:
    chain = "".join(f"@string{{s{n + 1} = s{n}}}\n" for n in range(30))
    found = read_document(
        f"@string{{s0 = {{x}}}}\n{chain}@misc{{a, title={{Trees}}}}".encode(), "x.bib"
    )
    assert "built of more than 20 others" in found.problems[0].message
    assert found.problems[0].line == 22


def test_names_together_add_a_bounded_length_to_a_file() -> None:
    entries = "".join(
        f"@misc{{a{n}, title={{Trees}}, x={' # '.join('s' * 99)}}}\n" for n in range(9)
    )
    found = read_document(f"@string{{s = {{{'x' * 9_000}}}}}\n{entries}".encode(), "x.bib")
    told = [problem for problem in found.problems if "5,000,000 characters" in problem.message]
    assert told[0].line == 7
    assert len(told) == 4
