"""Whatever comes in: no exception, a clear sentence, and time in proportion to the text."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.importing.reading.door import read_document
from papers.importing.reading.opening.at_sight import LARGEST_BYTES
from papers.importing.reading.opening.decoding import MOST_LINES, decode
from tests.effort import spend

QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
PIECES = st.sampled_from(
    ["# ", "## ", "- ", "* ", "1. ", "> ", "\n", "\n\n", "    ", "| a | b |\n|--|--|\n", "---\n",
     "```\n", "**a**", "*b*", "[x y z](http://a.b/c)", "[", "](", ")", "https://arxiv.org/abs/1",
     "`icml2020`", "Title of Things", "A sentence. Another!", "論文を読む。", "@ann", "# @bo\n",
     "title: x\n", "Link: ", "**Link:** ", "2020", "<details>", "<!--", "-->", "\\", "&amp;", "é"]
)  # fmt: skip


@QUIET
@given(st.text(max_size=400))
def test_any_text_is_understood_without_an_exception(text: str) -> None:
    found = read_document(text.encode("utf-8", "surrogatepass"), "x.md")
    assert found.papers or found.problems


@QUIET
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_mixture_of_marks_is_understood_and_no_line_is_lost(text: str) -> None:
    found = read_document(text.encode(), "x.md")
    told = {number for number, _ in found.unclaimed}
    assert all(1 <= number <= text.count("\n") + 1 for number in told)
    assert found.papers or found.problems


LISTS = sorted((Path(__file__).parents[1] / "lists").glob("round*/*.*"))
NAMES = ["x.md", "x.txt", "x.json", "x.yml", "x.html", "x.org", "x.rst", "x.csv", "x.bib"]
SIGNS = "*_`~#-+|<>[](){}:;,.!?\"'\\\n\n\n  \t1%&$@"


def splice(chance: random.Random, documents: list[list[str]]) -> str:
    """Lines of two lists, perhaps in disorder, with some characters changed or gone."""
    lines: list[str] = []
    for most in (40, 30):
        document = chance.choice(documents)
        start = chance.randrange(len(document))
        lines += document[start : start + chance.randrange(1, most)]
    if chance.random() < 0.5:
        chance.shuffle(lines)
    text = list("\n".join(lines))
    for _ in range(chance.randrange(25)):
        place = chance.randrange(len(text) + 1)
        text[place : place + chance.randrange(6)] = chance.choice(["", chance.choice(SIGNS)])
    return "".join(text)


@pytest.mark.parametrize("seed", range(4))
def test_lists_cut_spliced_and_damaged_are_understood(seed: int) -> None:
    chance = random.Random(seed)
    documents = [path.read_text(encoding="utf-8").split("\n") for path in LISTS]
    assert len(documents) > 100
    for _ in range(500):
        found = read_document(splice(chance, documents).encode(), chance.choice(NAMES))
        assert found.papers or found.problems


@QUIET
@given(st.binary(max_size=3000))
def test_any_bytes_are_understood_or_refused_with_a_sentence(data: bytes) -> None:
    found = read_document(data, "x.md")
    assert found.papers or found.problems[0].message.endswith(".")


def test_200_random_byte_strings_each_get_a_clear_sentence() -> None:
    chance = random.Random(7)
    for _ in range(200):
        found = read_document(chance.randbytes(chance.randrange(2, 6000)), "x")
        assert not found.papers
        assert found.problems[0].message.endswith(".")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"a" * (LARGEST_BYTES + 1), "the limit is"),
        (b"\n" * MOST_LINES + b"a", "lines"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04" + b"\x00" * 50, "Office"),
        (b"\x89PNG\r\n\x1a\n" + random.Random(9).randbytes(50), "picture"),
        (bytes(range(256)) * 20, "text encoding"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(data: bytes, words: str) -> None:
    problem = decode(data).problem
    assert problem is not None
    assert words in problem.message


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-16", "# Liste über Bäume"),
        ("utf-16-le", "# A list of things"),
        ("cp1252", "# Über Bäume – “naïve” Wälder und Höhlen, größer als früher"),
        ("shift_jis", "# 日本語のリストです。論文を読む会で、今日は木について話します。"),
        ("euc-kr", "# 한국어 목록입니다. 논문 읽기 모임에서 나무에 대해 이야기합니다."),
        ("gb18030", "# 这是中文论文列表。我们的阅读小组今天讨论树木和森林。"),
    ],
)
def test_other_encodings_are_read_and_told(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert "UTF-8" in decoded.repairs[0]


def test_byte_order_marks_and_line_ends_go_without_a_word() -> None:
    decoded = decode("\ufeff# A\r\nb\rc".encode())
    assert decoded.text == "# A\nb\nc"
    assert decoded.repairs == ()


def test_text_encoded_twice_is_mended_and_each_line_told() -> None:
    twice = "UCB，nips".encode().decode("cp1252")
    decoded = decode(f"# A\n- {twice}\n".encode())
    assert decoded.text == "# A\n- UCB，nips\n"
    assert decoded.repairs == ("Line 2: read “ï¼Œ” as “，” (text encoded twice).",)


N = 4000
TANGLES = {
    "brackets": "[" * N,
    "links": "[a](" * N,
    "quotes": ">" * N,
    "stairs": "\n".join(" " * (i % 300) + "- a" for i in range(N)),
    "stars": "**a*" * N,
    "fences": "```\n" * (N + 1),
    "ticks": "".join("`" * (i % 90) + "a" for i in range(N)),
    "paragraph": "word word\n" * N * 3,
    "comments": "<!-- a -->\n" * N,
    "yaml": "---\na: " + "[" * 50_000 + "\n---\n",
    "yaml stairs": "---\n" + "\n".join(" " * i + "a:" for i in range(900)) + "\n---\n",
    "address": "http://a.b/" + ")" * 50_000,
    "same": "- [A b c](https://x.org/a.pdf)\n" * N,
    "clashes": "".join(f"- [Foo{i} bar{i}](https://arxiv.org/abs/2101.00001)\n" for i in range(N)),
    "index": "# List\n"
    + "".join(f"- title number {i} foo\n" for i in range(1500))
    + "".join(f"## {i}. title number {i} foo bar\nhttps://arxiv.org/abs/1\n" for i in range(1500)),
    "one line": "- " + "Is it so. " * N,
    "table": "|" * N + "\n" + "|-" * N + "\n" + "|\n" * 200,
    "digits": f"# {'0' * 60}x\n",
    "days": f"# {'monday' * 40}x\n",
    "month": f"# jan{' ' * 100_000}x\n",
    "openings": f"- A title of it {'in, (' * 20_000}x [pdf](https://a.b/c.pdf)\n",
    "letters": f"## Some Title Here\n\n{'a' * 100_000}\n",
    "suffixes": f"- A title of it 10.1234/{'/pdf' * 25_000}x\n",
    "blank front": f"---\na: b\n{chr(10) * 50_000}\n---\n# A b c\n",
    "years": f"- [A title {'(2020 ' * 20_000}x](https://a.b/c.pdf)\n",
    "asides": f"- [A title {'(a) ' * 25_000}x](https://a.b/c.pdf)\n",
    "names": f"- [A title of x](https://a.b/c.pdf), {'Ann Lee, ' * 10_000}1\n",
    "venues": f"- [A title of x](https://a.b/c.pdf), {'nips2020 ' * 10_000}1\n",
    "tags": f"- [A title of x](https://a.b/c.pdf), {'#ab ' * 20_000}1\n",
    "many links": f"- {'[A title of x](https://a.b/c.pdf) ' * 3_000}1\n",
    "quotes and ends": "- " + '"It is so. But why?' * 5_000 + "\n",
    "citation": f"- {'A. Lee. ' * 12_000}2020.\n",
    "possessive": "# a" + "'s " * 30_000 + "x\n",
}


@pytest.mark.parametrize("name", TANGLES)
def test_tangled_text_takes_no_more_than_a_few_seconds(name: str) -> None:
    data = TANGLES[name].encode()
    assert spend(lambda: read_document(data, "x.md")) < 6


@pytest.mark.slow
def test_ten_thousand_entries_are_read_at_over_500_papers_a_second() -> None:
    lines = ["# T"]
    for i in range(10_000):
        if i % 50 == 0:
            lines.append(f"\n## Subject {i} of trees\n")
        lines.append(
            f"- [Title {i} of Many Words](https://arxiv.org/pdf/21{i % 12 + 1:02d}.{i:05d})"
            ", Ann Lee's group, Oct. 25 2021. `nips2021`"
        )
    data, found = "\n".join(lines).encode(), []
    assert spend(lambda: found.append(read_document(data, "x.md"))) < 20
    assert len(found[0].papers) == 10_000


def test_the_reader_loads_without_the_database() -> None:
    code = "import sys, papers.importing.reading; sys.exit('django.db' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
