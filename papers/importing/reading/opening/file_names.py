"""Whose list a file is, by its name: "Summary_by_Ada.md", "Ada/list.md"."""

import re
from pathlib import PurePath

from papers.text.wording import names_no_subject

_BY = re.compile(r"(?:^|[_\s-])by[_\s-]+([A-Za-z][A-Za-z]*(?:[_\s-][A-Z][a-z]+)?)$", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][a-z]{2,14}")
_SUMMARY = re.compile(r"(?:summary|notes?|review)[_\s-]+([A-Za-z]{3,15})", re.IGNORECASE)


def member_by_name(name: str, text: str, title: str) -> str:
    """The member whom a file's name gives, or "".

    Said outright by "by X" or "summary_X"; else a single capitalised word at the end of the name,
    or the folder of a file called "list", counts if the document's own title names no subject and
    the word stands nowhere in its text: a topic's name would.
    """
    path = PurePath(name.replace("\\", "/"))
    stem = path.stem
    if found := _BY.search(stem) or _SUMMARY.fullmatch(stem):
        said = re.sub(r"[_-]+", " ", found[1]).strip()
        return "" if names_no_subject(said) else said[:1].upper() + said[1:]
    if title and not names_no_subject(_spaced(title)):
        return ""
    word = re.split(r"[_\s]+", stem)[-1]
    if names_no_subject(_spaced(word)) and len(path.parts) > 1:
        word = path.parts[-2]
    if not _NAME.fullmatch(word) or names_no_subject(_spaced(word)):
        return ""
    return "" if re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) else word


def _spaced(word: str) -> str:
    """ "PaperList" as two words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word)
