"""Links whose texts only say what they lead to, where a paper appeared, or who wrote it."""

import re

from papers.importing.reading.labels.meanings import meaning_of
from papers.importing.reading.outline.pieces import Piece
from papers.text.dates import MONTH
from papers.text.identifiers import is_paper_url
from papers.text.venues import find_venue

_LABEL_LINK = re.compile(
    r"[\[(]?\s*(?:[\w.-]+\s+){0,2}(?:pdf|papers?|p|part|link|links|url|code|codes|github|arxiv|abs|html|"
    r"doi|"
    r"slides?|video|talk|poster|blog(?:post)?|post|project(?: page)?|page|website|homepage|demo|"
    r"data|"
    r"dataset|supp(?:lement(?:ary)?)?|appendix|bib(?:tex)?|notes?|node|notebook|summary|review|"
    r"tweets?|"
    r"thread|reddit|openreview|here|source(?: code)?|implementation|pytorch|tensorflow|jax|keras|"
    r"tf|"
    r"official|unofficial|colab|model|models|article|news|website|wiki|read|more|youtube|"
    r"discussion|survey|monograph|manuscript|draft|scan|mirror|local copy|eprint|springer|acm|ieee|"
    r"elsevier|acl|pmlr|cvf|hal|ssrn|osf|biorxiv|medrxiv|pubmed|pmc|jstor|zenodo|semantic scholar|"
    r"scholar|anthology|"
    r"issue|publication|download|latex|tex|book|books|tutorial|lectures?|syllabus|presentation(?: "
    r"file)?|"
    r"file|full text|preprint|journal|version|published version|errata|interview|podcast|recording|"
    r"论文|代码|笔记|链接|原文|解读|主页|論文|コード|スライド|리뷰|논문|코드|"
    r"링크)\s*\d*\s*[\])]?\.?",
    re.IGNORECASE,
)


_ID = re.compile(
    r"[\[(]?\s*(?:(?:arxiv|doi|acl|pmid)\s*[:.#]?\s*)?(?:\d{4}\.\d{4,5}(?:v\d+)?|10\.\d{4,9}/\S+|"
    r"[a-z-]+/\d{7})\s*[\])]?",
    re.IGNORECASE,
)


def is_label_link(piece: Piece) -> bool:
    """Whether a link's text only says what it leads to: "[pdf]", "code", "论文"."""
    text = piece.text.strip()
    if not piece.bare and _MAY_BE_TITLE.fullmatch(text) and is_paper_url(piece.url or ""):
        return False  # "World Models" is a title, "our model" and "Project page" are none.
    if piece.bare or not text or _LABEL_LINK.fullmatch(text) or _ID.fullmatch(text):
        return True
    if is_place(text.strip("[]() ")):
        return True
    return len(text) <= 30 and meaning_of(text.strip("[]【】")) in ("link", "code", "paper")


def is_place(text: str) -> bool:
    """A link called after where or when a paper appeared: "[ICML 2017]", "2017"."""
    found = find_venue(text) if len(text) <= 40 else None
    if len(text) <= 30 and DATED_PREPRINT.fullmatch(text):
        return True
    is_venue = found is not None and (found.start, found.end) == (0, len(text))
    return is_venue or YEAR_TAG.fullmatch(text) is not None


DATED_PREPRINT = re.compile(
    r"(?:ar|bio|med|chem|psy)xiv,?\s[^()]{0,12}(?:19|20)\d\d", re.IGNORECASE
)
""" "arXiv, 19 Feb 2024"."""
YEAR_TAG = re.compile(r"(?:19|20)\d\d")
_MAY_BE_TITLE = re.compile(
    r"(?!(?:Paper|Project|Official|Original|Full|Published|Pre-?trained|Our|The)\b)(?:[A-Z][\w-]+\s+){1,2}"
    r"(?:Models?|Data|Dataset|Reviews?|Books?|Tutorial|Lectures?|Notes|Discussion|Version|Article)"
)
CITED_LINK = re.compile(
    rf"([^\d\[\]()]{{2,60}}?)[\s,(]+{MONTH}((?:1[89]|20)\d\d)[a-z]?\)?(?:\s+\(([^()]{{2,40}})\))?"
)
"""What a link to "Lee et al. 2019" or "Lee 2019 (Nature 572)" is called."""


def is_reference_link(piece: Piece, *, is_placed: bool = True) -> bool:
    """A link called after who wrote the paper and when, and with `is_placed` where: no title."""
    found = CITED_LINK.fullmatch(piece.text.strip()) if piece.is_link else None
    return found is not None and (found[3] is not None or not is_placed)
