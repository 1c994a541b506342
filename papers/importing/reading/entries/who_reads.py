"""The members that one cell or value names."""

import re

from papers.text.wording import looks_like_name

_WHERE = re.compile(r"(?<=\S)（[^（）]{1,40}）|(?<=\S)\s*\([\d/?]+\)(?:/\d+)?")
_SPACED = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff])[ \u3000](?=[\u3040-\u30ff\u3400-\u9fff])")
"""What stands in brackets behind a name, and the blank between its parts."""


_BETWEEN = re.compile(r",|;|、|，|/|&|\b(?:and|und|et)\b|\s(?:y|e|en|och|og)\s|\+|\n|<br ?/?>")


def split_people(text: str) -> list[str]:
    """The members named in one cell or value: "Rohan, Saswat", "@ada and Ben"."""
    parts = _BETWEEN.split(_WHERE.sub("", text))
    names = [part.strip(" @*_.()[]\u3000") for part in parts]
    return [name for name in names if name and looks_like_name(_SPACED.sub("", name))]
