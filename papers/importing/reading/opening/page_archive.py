"""Archives of pages, as Notion and Obsidian export them: one text of all pages, in the order of
their names.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from papers.importing.reading.opening.at_sight import LARGEST_LIST
from papers.importing.reading.opening.decoding import decode
from papers.importing.reading.outline.document import Block, Outline, Section

MOST_PAGES = 2_000
"""Pages of an archive that are read."""

_TEXTS = (
    ".md",
    ".markdown",
    ".txt",
    ".csv",
    ".tsv",
    ".org",
    ".rst",
    ".html",
    ".htm",
    ".yml",
    ".yaml",
    ".json",
    ".toml",
)
_NOTION_ID = re.compile(r"[ _-]?[0-9a-f]{32}(?=(?:_all)?\.\w+$|/)")


@dataclass(frozen=True, slots=True)
class Page:
    """One file of an archive."""

    name: str
    text: str


def read_pages(data: bytes) -> list[Page]:
    """The pages of an archive that hold text, none if it is broken; bounded in number and size."""
    pages: list[Page] = []
    left = LARGEST_LIST
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in sorted(archive.infolist(), key=lambda one: one.filename)[: MOST_PAGES * 4]:
                if info.is_dir() or not _is_text(info.filename) or info.flag_bits & 1:
                    continue
                with archive.open(info) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0 or len(pages) >= MOST_PAGES:
                    break
                decoded = decode(content)
                if not decoded.problem:
                    pages.append(Page(_NOTION_ID.sub("", info.filename), decoded.text))
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, ValueError):
        return pages
    return _without_copies(pages)


def _is_text(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name.lower().endswith(_TEXTS) and not any(
        part.startswith((".", "__MACOSX")) for part in parts
    )


def _without_copies(pages: list[Page]) -> list[Page]:
    """Notion writes a database as a sheet, as the same sheet with "_all", and as one page for each
    row.
    """
    names = {page.name for page in pages}
    return [
        page
        for page in pages
        if not (page.name.endswith("_all.csv") and page.name.replace("_all", "") in names)
    ]


def shift(outline: Outline, whole: Outline, first: int) -> None:
    """Make a page's tree one over the lines of the whole text, of which it is the part from `first`
    on.
    """
    by = first - 1
    outline.first, outline.last = first, by + len(outline.lines)
    for number, used in enumerate(outline.used):
        if used and number + by < len(whole.used):
            whole.used[number + by] = 1
    whole.fates |= {number + by: fate for number, fate in outline.fates.items()}
    outline.lines, outline.used, outline.fates = whole.lines, whole.used, whole.fates
    for section in outline.root.walk():
        _shift_section(section, by)


def _shift_section(section: Section, by: int) -> None:
    if section.level:
        section.number += by
    waiting = list(section.blocks)
    while waiting:
        block = waiting.pop()
        _shift_block(block, by)
        waiting.extend(block.children)


def _shift_block(block: Block, by: int) -> None:
    block.start, block.end = block.start + by, block.end + by
    for line in [*block.lines, *(line for _, line in block.fields)]:
        line.number += by
    for row in block.rows:
        row.number += by
