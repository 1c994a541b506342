"""Titles of papers: one key for one title however it is written, slugs, and near titles."""

import re
import unicodedata
from collections.abc import Sequence
from html import unescape

from rapidfuzz import fuzz, process

from papers.text.memoizing import memoize
from papers.text.tokens import SILENT

NEAR = 88.0
"""Percent of likeness from which two titles most likely name one paper."""

SLUG_LENGTH = 40
"""Characters at most in a slug."""

_MARKS = re.compile(r"[*_`~]+|\\[a-zA-Z]+|[{}$\\]")
_NUMBER = re.compile(r"^\s*(?:\[\d{1,4}\]|[(（]?\d{1,3}[.)）](?!\d)|#\d{1,4}[.:]?|№\s*\d+)\s*")
_EMOJI = re.compile(r":[a-z0-9_+-]{2,40}:|[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F\u2B50\u2B55]+")
_STYLES = re.compile(r"(?<!\w)[*_]{1,3}|[*_]{1,3}(?!\w)|\*{2,}|`|~~")
_SILENT = re.compile(f"[{SILENT}]")
_BRACES = re.compile(r"\{([^{}$]*)\}")
_FORMULA = re.compile(r"(\$[^$\s](?:[^$]*[^$\s])?\$)")
_BLANKS = re.compile(r"\s+")
_TAIL = re.compile(r"(?:[(（][^()（）]*+[)）]|\[[^\[\]]*+\])\s*+$")
_LATIN_MARKS = dict.fromkeys(range(0x300, 0x370))


@memoize(65536)
def title_key(title: str) -> str:
    """The same text for every spelling of one title, "" for a title without letters.

    Unicode form, case, accents on Latin letters, punctuation, blanks, Markdown marks, TeX
    commands, emoji and a leading number make no difference.
    """
    text = _NUMBER.sub("", _MARKS.sub("", _EMOJI.sub("", title)))
    text = unicodedata.normalize("NFKC", text).casefold()
    if not text.isascii():
        # Only the Latin marks go: a Japanese voicing mark or a Korean vowel is part of the letter.
        text = unicodedata.normalize("NFKD", text).translate(_LATIN_MARKS)
        text = unicodedata.normalize("NFKC", text)
    key = "".join(char for char in text if char.isalnum())
    return key or "".join(text.split())


TAKEN_SLUGS = frozenset(
    {
        "archiving",
        "citation",
        "claim",
        "comments",
        "deletion",
        "duplicates",
        "edit",
        "facts",
        "files",
        "history",
        "lookup",
        "nomination",
        "release",
        "review",
        "reviews",
        "similar",
        "split",
        "version",
    }
)
"""What stands behind /papers/7/ beside a slug; a test holds it against the site map."""


def title_slug(title: str) -> str:
    """Lower-case ASCII words joined by hyphens for an address, "paper" if none are left.

    A slug is never a word that names a page beside the paper's own (`/papers/7/review/`).
    """
    text = unicodedata.normalize("NFKD", _MARKS.sub("", title)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rsplit("-", 1)[0][:SLUG_LENGTH].strip("-")
    return f"{slug}-paper" if slug in TAKEN_SLUGS else slug or "paper"


def without_emoji(text: str) -> str:
    """A text without pictures and their codes (":star:")."""
    return _EMOJI.sub("", text)


_TAG = re.compile(r"</?[a-zA-Z][\w:-]*(?:\s[^<>]*)?/?>|\$\\less\$/?\w+\$\\greater\$")
_TAB = re.compile(
    r"\s*(?:[-–—|·•:]\s*(?:arxiv(?:\.org)?(?: e-print.*)?|openreview|acl anthology|"
    r"sciencedirect(?: topics)?|nature(?: \w+){0,2}|springer(?:link)?|"
    r"ieee (?:xplore|journals & magazine|conference publication).*|acm digital library|pubmed(?: "
    r"central)?|semantic scholar|google scholar|"
    r"papers with code|deepai|github|researchgate|jstor|wiley online library|taylor & francis "
    r"online|mit press.*|science(?: \| aaas)?|"
    r"hugging face|alphaxiv|youtube|wikipedia|medium|pnas|plos \w+|oxford academic|cambridge core|"
    r"frontiers|mdpi)\s*)+$", re.IGNORECASE
)  # fmt: skip
_LEAD = re.compile(r"^\s*(?:\(pdf\)|\[pdf\]|\[\d{4}\.\d{4,5}(?:v\d+)?\])\s*", re.IGNORECASE)


def undecorate(text: str) -> str:
    """A title without tags, entities and what browsers and sites put around it.

    "[1812.04948] A title", "A title | OpenReview", "(PDF) A title - arXiv", "CO<sub>2</sub> &amp;
    more".
    """
    if "&" in text:
        text = unescape(text)
    if "<" in text or "\\less" in text:
        text = _TAG.sub("", text)
    text = _LEAD.sub("", text)
    return _TAB.sub("", text) or text


_QUOTED_WHOLE = re.compile(r"[\"“”„«]([^\"“”„«»]{4,})[\"“”»]\.?")


def clean_title(written: str) -> str:
    """A title as a reader would copy it: no marks, numbering, emoji codes or doubled blanks.

    Formulas between dollar signs stay as they are.
    """
    parts = _FORMULA.split(_SILENT.sub("", undecorate(_EMOJI.sub("", written))))
    parts[::2] = [_BRACES.sub(r"\1", _STYLES.sub("", part)) for part in parts[::2]]
    text = "".join(parts)
    text = _NUMBER.sub("", _BLANKS.sub(" ", text).strip())
    text = text.strip(" \t-–—•*|,;，；").strip()
    text = quoted[1].strip(" ,") if (quoted := _QUOTED_WHOLE.fullmatch(text)) else text
    return text.removesuffix(".").strip() if not text.endswith("..") else text


def without_remark(title: str) -> tuple[str, str]:
    """A title without the bracket at its end, and that bracket; ("X", "") when there is none."""
    found = _TAIL.search(title)
    if not found or not (head := title[: found.start()].strip()):
        return title.strip(), ""
    return head, found[0].strip()


def likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 100: by letters, by words, and as part of each other."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return 0.0
    return max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second),
               _containment(first, second))  # fmt: skip


def _containment(first: str, second: str) -> float:
    """A title that stands whole within the other, with an acronym or a subtitle around it."""
    short, long = sorted((first, second), key=len)
    if len(short.split()) < 3 or len(short) < 0.5 * len(long):
        return 0.0
    return 95.0 if f" {short} " in f" {long} " else 0.0


@memoize(65536)
def _words(title: str) -> str:
    text = unicodedata.normalize("NFKC", _NUMBER.sub("", _MARKS.sub("", title))).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def near_titles(title: str, others: Sequence[str], *, limit: int = 5) -> list[tuple[int, float]]:
    """The positions in `others` of near titles with their likeness, nearest first."""
    return Titles(others).near(title, limit=limit)


class Titles:
    """A fixed set of titles to look up many near ones in."""

    def __init__(self, titles: Sequence[str]) -> None:
        self._titles = titles
        self._spelt = [_words(title) for title in titles]
        self._keys = {title_key(title) for title in titles}

    def has_key_of(self, title: str) -> bool:
        """Whether one of them is the same but for spelling: quick."""
        return title_key(title) in self._keys

    def near(self, title: str, *, limit: int = 5) -> list[tuple[int, float]]:
        """Positions of near titles with their likeness, nearest first: microseconds for each."""
        wanted = _words(title)
        if not wanted:
            return []
        # One quick pass in C over all of them keeps the careful comparison to a handful.
        rough = process.extract(
            wanted,
            self._spelt,
            scorer=fuzz.token_set_ratio,
            score_cutoff=NEAR - 8,
            limit=limit * 10,
        )
        scored = [(position, likeness(title, self._titles[position])) for _, _, position in rough]
        near = [(position, score) for position, score in scored if score >= NEAR]
        return sorted(near, key=lambda pair: (-pair[1], pair[0]))[:limit]
