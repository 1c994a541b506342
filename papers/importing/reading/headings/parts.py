"""Headings that name a part of a review or a fact of a paper, not a paper or topic."""

from papers.importing.reading.labels.meanings import meaning_of, section_meant
from papers.text.wording import SMALL_WORDS, words

_SILENT_WORDS = SMALL_WORDS | {
    "my",
    "our",
    "your",
    "their",
    "own",
    "main",
    "key",
    "some",
    "final",
    "personal",
    "&",
}


def is_part(name: str) -> bool:
    """A heading that usually names a part of a review, or a fact of a paper."""
    meaning = meaning_of(name)
    if section_meant(meaning) is not None or meaning in (
        "link",
        "authors",
        "venue",
        "code",
        "date",
    ):
        return True
    telling = [word for word in words(name.casefold()) if word not in _SILENT_WORDS]
    return 0 < len(telling) <= 4 and all(section_meant(meaning_of(word)) for word in telling)
