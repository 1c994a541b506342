"""A paper as a BibTeX entry. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from papers.text.persons import is_group, split_person

_ESCAPES = {
    "\\": r"\textbackslash{}",
    # BibTeX counts braces after a backslash too: a single one would end the field.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SIGNS = str.maketrans(_ESCAPES)
# TeX makes one sign of these; braces between them keep them apart.
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')")
_MATH = re.compile(r"(?<!\\)\$(?=[^$\s])((?:\\.|[^$\\])*?)(?<=[^\s\\])\$(?!\d)")
# What a formula may not hold: commands that define, read or write, characters written by number,
# and comments. Everything else sets type.
_ACTS = re.compile(
    r"\^\^|(?<!\\)%|\\(?:input|include|import|openin|openout|read|write|immediate|special|csname|"
    r"catcode|lccode|uccode|def|gdef|edef|xdef|let|futurelet|newcommand|renewcommand|"
    r"providecommand|expandafter|noexpand|loop|repeat|directlua|usepackage|require|href|url|"
    r"includegraphics|verbatim|begin|end|scantokens|everymath|everypar|jobname|output|shipout)"
    r"(?![a-z])|\\[A-Za-z]*@"
)
_WORD = re.compile(r"(?<![\w\\{])\w++(?!})")
_NAMES = re.compile(
    r"Bayes|Gauss|Markov|Hess|Fourier|Lipschitz|Hilbert|Banach|Riemann|Euclid|Newton|Euler|"
    r"Langevin|Lagrang|Hamilton|Laplac|Nash|Nesterov|Adam|Wasserstein|Kolmogorov|Bernoulli|"
    r"Boltzmann|Dirichlet|Poisson|Kalman|Monte|Carlo|Shannon|Turing|Jacobi|Taylor|Fisher|Rademach|"
    r"Sobolev|Schr|Stein|Thompson|Python|Internet|English|Chinese|Japanese|Korean|German|French"
)
"""How words begin that are names whatever the case of the title."""

_CAPITAL_OR_DIGIT, _CAPITAL = re.compile(r"[A-Z0-9]"), re.compile(r"[A-Z]")
_STOP_WORDS = {"a", "an", "the", "on", "of", "for", "in", "to", "and", "is", "are", "with", "from"}
_CONFERENCE = re.compile(
    r"\b(proceedings|proc\.|conference|workshop|symposium|iclr|icml|neurips|nips|cvpr|iccv|eccv|"
    r"acl|emnlp|naacl|aaai|ijcai|kdd|sigir|interspeech|icassp|aistats|uai|colt|corl|icra|iros)\b",
    re.IGNORECASE,
)


def make_bibtex(
    *,
    title: str,
    authors: Sequence[str] = (),
    venue: str = "",
    year: int | None = None,
    identifiers: Iterable[tuple[str, str]] = (),
    url: str = "",
    key: str = "",
) -> str:
    """One entry, with every special character escaped and formulas left as formulas."""
    named = dict(reversed(list(identifiers)))
    fields = {
        "title": protect_capitals(escape(title)),
        "author": " and ".join(write_name(name) for name in authors),
        _venue_field(venue): escape(venue),
        "year": str(year or ""),
        **_make_identifier_fields(named, url),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if name and value]
    return (
        f"@{get_kind(venue)}{{{key or make_key(title, authors, year)},\n"
        + ",\n".join(lines)
        + "\n}\n"
    )


def make_key(title: str, authors: Sequence[str], year: int | None) -> str:
    """`goldstein2021rigid`: family name, year, first word that says something; letters only."""
    family = authors[0].split(",")[0].split()[-1:] if authors else []
    words = [word for word in _plain(title).split() if word not in _STOP_WORDS]
    return _begin("".join([*map(_letters, family), str(year or ""), *words[:1]]))


def _begin(key: str) -> str:
    return key[:100] if key[:1].isalpha() else f"paper{key[:95]}"


def escape(text: str) -> str:
    """The text with TeX's special characters escaped; `$...$` stays a formula when it is one."""
    text = " ".join(text.split())
    if "$" not in text:
        return _escape_plain(text)
    parts, end = [], 0
    for math in _MATH.finditer(text):
        if not _is_balanced(math[1]) or _ACTS.search(math[1]):
            continue
        parts += [_escape_plain(text[end : math.start()]), math[0]]
        end = math.end()
    return "".join([*parts, _escape_plain(text[end:])])


def protect_capitals(text: str) -> str:
    """Braces around words that styles must not put in lower case: BERT, ImageNet, 3D, Bayesian.

    In a title that is written like a sentence every later word with a capital is a name.
    """
    words = [word for word in re.findall(r"[^\W\d_]{4,}", text)[1:] if not _is_name(word)]
    capitals = sum(word[0].isupper() for word in words)
    like_sentence = len(words) > 2 and capitals * 3 <= len(words)
    pieces = re.split(r"((?<!\\)\$(?:\\.|[^$])*\$)", text)

    def protect(word: re.Match[str]) -> str:
        is_name = _is_name(word[0]) or (like_sentence and _is_later_name(word))
        return f"{{{word[0]}}}" if is_name else word[0]

    return "".join(piece if n % 2 else _WORD.sub(protect, piece) for n, piece in enumerate(pieces))


def _is_name(word: str) -> bool:
    """BERT, ImageNet, 3D: a capital behind another one or a digit; Bayesian."""
    if not _CAPITAL.search(word):
        return False
    first = _CAPITAL_OR_DIGIT.search(word)
    behind = first is not None and _CAPITAL.search(word, first.end())
    return bool(behind or _NAMES.match(word))


def _is_later_name(word: re.Match[str]) -> bool:
    """A capital that no beginning of the title or behind a colon, a stop or a dash explains."""
    before = word.string[: word.start()].rstrip(" {\"“‘'(")
    return (
        word[0][0].isupper() and len(word[0]) > 1 and bool(before) and before[-1] not in ":.?!–—-"
    )


def _escape_plain(text: str) -> str:
    plain = text.translate(_SIGNS)
    doubled = "--" in plain or "``" in plain or "''" in plain
    return _LIGATURE.sub("{}", plain) if doubled else plain


def _is_balanced(formula: str) -> bool:
    depth = 0
    for char in formula:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def write_name(name: str) -> str:
    """A name as BibTeX divides it: groups in braces, "von Last, Jr., First" with a suffix."""
    if is_group(name):
        return f"{{{escape(name)}}}"
    person = split_person(name)
    if not person.suffix:
        return escape(name)
    return escape(f"{person.last}, {person.suffix}, {person.given}")


def get_kind(venue: str) -> str:
    """The type of entry that a venue makes: misc, inproceedings or article."""
    if not venue or re.search(r"\barxiv\b", venue, re.IGNORECASE):
        return "misc"
    return "inproceedings" if _CONFERENCE.search(venue) else "article"


def _venue_field(venue: str) -> str:
    names = {"misc": "howpublished", "inproceedings": "booktitle", "article": "journal"}
    return names[get_kind(venue)] if venue else ""


def _make_identifier_fields(named: dict[str, str], url: str) -> dict[str, str]:
    fields = {"doi": escape(named.get("doi", ""))}
    if "arxiv" in named:
        fields |= {"eprint": named["arxiv"], "archiveprefix": "arXiv"}
    if "openreview" in named:
        url = url or f"https://openreview.net/forum?id={named['openreview']}"
    # Braces in an address would end the field; as percent codes they lead to the same place.
    fields["url"] = (url or named.get("url", "")).replace("{", "%7B").replace("}", "%7D")
    return fields


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9 ]+", " ", _letters(text.replace("-", " "), keep=" "))


def _letters(text: str, keep: str = "") -> str:
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(char for char in text if char.isalnum() or char in keep)
