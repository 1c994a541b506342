"""Documents made to exhaust memory or time, of any size: over a dozen shapes for each format."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable, Iterator

from tests.text.tangled import shapes

type Shape = Callable[[int], bytes]

SIZES = (2_000, 40_000, 240_000, 3_000_000)
"""Bytes: the third is the largest that the web itself reads, the last the largest list."""


def fill(piece: str, size: int, start: str = "", end: str = "") -> bytes:
    """A piece as often as it fits."""
    count = max(1, (size - len(start) - len(end)) // len(piece.encode()))
    return (start + piece * count + end).encode()


def grow(line: Callable[[int], str], size: int, start: str = "", end: str = "") -> bytes:
    """Numbered lines up to a size."""
    lines, used, number = [start], len(start) + len(end), 0
    while used < size:
        lines.append(line(number))
        used += len(lines[-1].encode())
        number += 1
    return ("".join(lines) + end).encode()


ENTRY = "@article{k, title={A title of some trees}, author={Lee, Ann}, note="

BIBTEX: dict[str, Shape] = {
    "doubled names": lambda size: grow(
        lambda n: f"@string{{s{n + 1} = s{n} # s{n}}}\n",
        size, "@string{s0 = {xx}}\n", ENTRY + "s25}",
    ),
    "names of ten": lambda size: grow(
        lambda n: f"@string{{s{n + 1} = {' # '.join([f's{n}'] * 10)}}}\n",
        size, "@string{s0 = {xx}}\n", ENTRY + "s9}",
    ),
    "a long name in every entry": lambda size: grow(
        lambda n: f"@article{{a{n}, title={{Trees {n} and rain}}, note=s # s # s # s}}\n",
        size, f"@string{{s = {{{'x' * (size // 4)}}}}}\n",
    ),
    "one field of many names": lambda size: fill(
        " # s", size, f"@string{{s = {{{'y' * 9_000}}}}}\n{ENTRY}s", "}\n"
    ),
    "a chain of names": lambda size: grow(
        lambda n: f"@string{{s{n + 1} = s{n}}}\n", size, "@string{s0 = {x}}\n", ENTRY + "s9}"
    ),
    "deep braces": lambda size: fill("{", size // 2, ENTRY) + b"}" * (size // 2),
    "open braces": lambda size: fill("{", size, ENTRY),
    "open quotes": lambda size: fill('a="', size, ENTRY),
    "open entries": lambda size: fill("@article{a, title={Some trees}, ", size),
    "heads alone": lambda size: fill("@article{\n", size),
    "fields without end": lambda size: fill("t = {\n", size, ENTRY),
    "persons": lambda size: fill(" and Lee, Ann", size, ENTRY + "1, author={Kim, Bo", "}}"),
    "open persons": lambda size: fill(" and {Lee", size, ENTRY + "1, author={Kim", "}}"),
    "commands": lambda size: fill("\\frac{\\'{e}}", size, ENTRY + "{", "}}"),
    "accents": lambda size: fill('{\\"{\\"{', size, ENTRY + "{", "}}"),
    "keywords": lambda size: fill("a,", size, ENTRY + "1, keywords={", "}}"),
    "parents": lambda size: grow(
        lambda n: f"@proceedings{{p{n}, crossref={{p{n + 1}}}, title={{T{n}}}}}\n",
        size, ENTRY + "1}",
    ),
    "the same entry": lambda size: fill(ENTRY + "1}\n", size),
    "joins": lambda size: fill("# ", size, ENTRY + "{a} ", "}"),
    "addresses": lambda size: fill("https://a.b/( ", size, ENTRY + "{", "}}"),
}  # fmt: skip


def _front(body: bytes) -> bytes:
    return b"---\n" + body + b"\n---\n# A list\n- [Trees and rain](https://x.org/a.pdf)\n"


def _aliases(size: int, width: int) -> bytes:
    return grow(
        lambda n: f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * width)}]\n",
        size,
        "a0: &a0 [x, x]\n",
    )


YAML: dict[str, Shape] = {
    "aliases of nine": lambda size: _front(_aliases(size, 9)),
    "aliases of two": lambda size: _front(_aliases(size, 2)),
    "one alias often": lambda size: _front(
        fill("*a, ", size // 2, f"a: &a {'x' * (size // 2)}\ntags: [", "x]")
    ),
    "papers of one alias": lambda size: _front(
        fill("- {title: *a, url: *a}\n", size // 2, f"a: &a {'x' * (size // 2)}\npapers:\n")
    ),
    "merges": lambda size: _front(
        grow(lambda n: f"m{n + 1}: &m{n + 1} {{<<: *m{n}, k{n}: 1}}\n", size, "m0: &m0 {a: 1}\n")
    ),
    "brackets": lambda size: _front(fill("[", size, "a: ")),
    "braces": lambda size: _front(fill("{a: ", size, "a: ")),
    "stairs": lambda size: _front(
        b"\n".join(b" " * n + b"a:" for n in range(int((2 * size) ** 0.5)))
    ),
    "dashes": lambda size: _front(fill("- ", size)),
    "complex keys": lambda size: _front(fill("? ", size)),
    "anchors": lambda size: _front(grow(lambda n: f"k{n}: &a{n} v\n", size)),
    "tags": lambda size: _front(fill("!!python/object/apply:os.system ", size, "a: ")),
    "open quotes": lambda size: _front(fill('a: "b\n', size)),
    "block text": lambda size: _front(fill("  word\n", size, "abstract: |\n")),
    "long line": lambda size: _front(fill("word ", size, "title: ")),
    "records": lambda size: _front(
        grow(lambda n: f"- {{title: Trees {n}, authors: [Ann Lee], url: http://x.org/{n}}}\n", size,
             "papers:\n")
    ),
}  # fmt: skip

ITEM = "- [A title of some trees](https://x.org/a.pdf)"

LISTS: dict[str, Shape] = {
    "one long definition": lambda size: fill(
        "- [Some trees][a]\n", size // 2, f"[a]: https://x.org/{'y' * (size // 2)}\n\n# T\n"
    ),
    "definitions": lambda size: grow(
        lambda n: f"[a{n}]: https://x.org/{n}\n", size, "# T\n", "[a1]"
    ),
    "a wide table": lambda size: fill("|a", size // 3) + b"\n" + fill("|-", size // 3) + b"\n"
    + fill("|\n", size // 3),
    "a long table": lambda size: fill("| Trees | x |\n", size, "| Title | Link |\n|--|--|\n"),
    "a table of links": lambda size: fill(
        "| [Trees](http://a.b/c) |\n", size, "| Title |\n|--|\n"
    ),
    "nested lists": lambda size: b"\n".join(
        b"  " * n + b"- a" for n in range(int(size**0.5))
    ),
    "nested numbers": lambda size: b"\n".join(
        b"   " * n + b"1. a" for n in range(int((size / 1.5) ** 0.5))
    ),
    "nested quotes": lambda size: b"\n".join(
        b"> " * n + b"a" for n in range(int(size**0.5))
    ),
    "a long quote mark": lambda size: fill("> ", size),
    "lists in quotes": lambda size: fill("> - ", size),
    "brackets": lambda size: fill("[", size),
    "open links": lambda size: fill("[a](", size, "- "),
    "links in links": lambda size: fill("[[a](b)", size, "- "),
    "images": lambda size: fill("![", size, "- "),
    "stars": lambda size: fill("**a *b ", size, "- "),
    "underlines": lambda size: fill("_a __b ", size, "- "),
    "backticks": lambda size: b"".join(
        b"`" * (n % 90) + b"a" for n in range(size // 46)
    ),
    "fences": lambda size: fill("```\n", size),
    "comments": lambda size: fill("<!-- ", size, ITEM + "\n"),
    "details": lambda size: fill("<details>\n", size, ITEM + "\n"),
    "entities": lambda size: fill("&#x41;&amp;", size, ITEM + ", "),
    "headings": lambda size: grow(lambda n: f"{'#' * (n % 6 + 1)} Trees {n}\n", size),
    "long headings": lambda size: fill("# ", size),
    "the same paper": lambda size: fill(ITEM + "\n", size, "# T\n"),
    "one line": lambda size: fill("Is it so? ", size, ITEM + ", "),
    "persons": lambda size: fill("Ann Lee, ", size, ITEM + ", ", "1"),
    "escapes": lambda size: fill("\\", size, "- "),
    "blanks": lambda size: fill(" ", size, "- a", "b"),
    "a paragraph": lambda size: fill("word\n", size, ITEM + "\n"),
}  # fmt: skip


def _zip(size: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.md", b"- a\n" * (size * 20))
    return held.getvalue()


def _noise(size: int, alphabet: bytes) -> bytes:
    chance = random.Random(size)
    return bytes(chance.choices(alphabet, k=size))


BYTES: dict[str, Shape] = {
    "random bytes": lambda size: random.Random(size).randbytes(size),
    "broken UTF-8": lambda size: b"- Trees \xe3\x81" * (size // 10),
    "lead bytes": lambda size: b"\xf0" * size,
    "Latin-1": lambda size: "- Bäume und Wälder, größer\n".encode("latin-1") * (size // 27),
    "Shift JIS": lambda size: "- 木と雨について話す\n".encode("shift_jis") * (size // 22),
    "halves of characters": lambda size: b"\xed\xa0\x80- a\n" * (size // 7),
    "UTF-16": lambda size: b"\xff\xfe" + "- Bäume 😀\n".encode("utf-16-le") * (size // 22),
    "UTF-16 without a mark": lambda size: "- Trees\n".encode("utf-16-be") * (size // 16),
    "UTF-32": lambda size: b"\x00\x00\xfe\xff" + "- 木\n".encode("utf-32-be") * (size // 16),
    "zeros": lambda size: b"a\x00" * (size // 2),
    "control characters": lambda size: b"- a\x01" * (size // 4),
    "encoded twice": lambda size: (
        "- UCB，Bäume\n".encode().decode("cp1252", "replace").encode() * (size // 24)
    ),
    "line ends": lambda size: "\u2028\r\x85\x0b\x0c".encode() * (size // 8),
    "wide characters": lambda size: "𠜎😀".encode() * (size // 8),
    "joined marks": lambda size: "e\u0301\u0301\u0301".encode() * (size // 7),
    "letters of all code pages": lambda size: _noise(size, bytes(range(32, 256))),
    "upper half": lambda size: _noise(size, bytes(range(128, 256)) + b" \n"),
    "gzip": lambda size: gzip.compress(b"a" * size * 100),
    "a ZIP archive": _zip,
}

FORMATS: dict[str, tuple[str, dict[str, Shape]]] = {
    "BibTeX": ("x.bib", BIBTEX),
    "YAML": ("x.md", YAML),
    "lists": ("x.md", LISTS),
    "bytes": ("x.txt", BYTES),
}


def list_documents(kind: str, sizes: tuple[int, ...] = SIZES) -> Iterator[tuple[str, str, bytes]]:
    """The name of each bomb, its file name and its bytes."""
    file_name, made = FORMATS[kind]
    for size in sizes:
        for name, shape in made.items():
            yield f"{kind}, {name}, {size}", file_name, shape(size)[:3_000_000]


def list_texts(sizes: tuple[int, ...] = (2_000, 30_000, 190_000)) -> Iterator[tuple[str, str]]:
    """Bombs for the renderer."""
    for size in sizes:
        for name, text in shapes(size).items():
            yield f"Markdown, {name}, {size}", text
