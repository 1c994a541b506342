"""Labels that a dash joins to a link all over a document, "文献-[Title](..)": with a colon."""

import re

from papers.importing.reading.labels.meanings import is_fact, meaning_of
from papers.importing.reading.outline.document import Outline, lines_of

_LABELLED = re.compile(
    r"(?P<marks>\*{0,3})(?P<label>[^\W\d_]{1,12})[-–—](?P<link>\[.*?)(?P=marks)", re.DOTALL
)
LEAST = 3
"""Lines with a known label that show a habit."""


def part_dashed_labels(outline: Outline) -> None:
    """Write a colon where a dash stands between a label and its link."""
    found = [
        (line, told)
        for line in lines_of(outline)
        if line.given is None and (told := _LABELLED.fullmatch(line.text.strip()))
    ]
    if sum(is_fact(meaning_of(told["label"])) for _, told in found) >= LEAST:
        for line, told in found:
            line.text = f"{told['label']}: {told['link']}"
