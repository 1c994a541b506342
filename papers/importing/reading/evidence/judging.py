"""Which items and lines are papers: by what each shows, by its kind over the whole document, and by
its list.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from papers.importing.reading.evidence.features import ENOUGH, MAYBE, SURE
from papers.importing.reading.evidence.no_titles import is_contents
from papers.importing.reading.evidence.patterns import Patterns
from papers.importing.reading.evidence.scoring import evidence, evidence_of, label_of, shown
from papers.importing.reading.evidence.shapes import shape_of_line
from papers.importing.reading.outline.document import Block, Line, head_lines
from papers.importing.reading.outline.pieces import only_addresses, plain
from papers.text.citations import style_of
from papers.text.identifiers import is_paper_url

ROLES = ("paper", "topic", "member", "meeting", "text", "aside")
"""What somebody may choose for a kind of item or line."""

NEIGHBORS = 0.5
"""What a list of names that lead into one folder adds to each of them."""

BARE = 0.4
"""What a list of titles that nothing but their words shows adds to the shortest of them."""

MANY, UNLINKED = 6, -0.6
"""Sure papers of a document from which on a link is usual, and what a line without any loses."""

MANY_ADDRESSES = 3
"""Addresses of papers that make a list of such."""

_TELLING = frozenset(
    ("citation", "venue with year", "year in brackets", "quoted title", "identifier in words")
)
"""What shows a paper without a link."""
_SAYS_MORE = _TELLING - {"quoted title"}
"""Of these, what others of the list would say too; a question, say, stands in no quotes."""

OWN, KIND, LIST = 0.45, 0.25, 0.3
"""How much an item itself, its kind, and its list count."""


@dataclass(slots=True)
class Judge:
    """Knows every candidate of a document before it decides about one."""

    patterns: Patterns
    kinds: dict[int, str] = field(default_factory=dict)
    lists: dict[int, float] = field(default_factory=dict)
    extra: dict[int, float] = field(default_factory=dict)
    cited: dict[str, list[Line]] = field(default_factory=dict)
    linked: list[bool] = field(default_factory=list)

    def see_list(self, block: Block, depth: int = 1, penalty: float = 0.0) -> None:
        """File a list's items, and those below items that are no papers themselves."""
        scores = []
        short = BARE if _holds_bare_titles(block) else 0.0
        penalty += NEIGHBORS if _links_into_one_folder(block) else 0.0
        for item in block.children:
            lines = head_lines(item)
            if not lines:
                continue
            own_penalty = penalty + (short if _FEW in shown(lines) else 0.0)
            own = evidence_of(item) + own_penalty
            self.extra[id(item)] = own_penalty
            self.kinds[id(item)] = self._file(f"item-{depth}", lines, own)
            if own > -2 and not (_is_open(lines) or only_addresses(lines[0].pieces)):
                scores.append(own)
            if own < SURE:
                for inner in item.children:
                    if inner.kind == "list":
                        self.see_list(inner, depth + 1, penalty)
        around = sum(scores) / len(scores) if scores else 0.0
        self.lists[id(block)] = max(around, ENOUGH) if _are_addresses(block) else around

    def see_paragraph(self, block: Block, penalty: float = 0.0) -> None:
        """File the lines of a paragraph."""
        for position, line in enumerate(block.lines):
            own = evidence(block.lines[position : position + 3]) + penalty
            self.kinds[id(line)] = self._file("line", block.lines[position : position + 3], own)

    def _file(self, prefix: str, lines: Sequence[Line], own: float) -> str:
        label, _ = label_of(list(lines))
        found = shown(list(lines))
        name = f"{prefix}-{shape_of_line(lines, label, found)}"
        self.patterns.file(
            name, prefix.split("-")[0], ROLES, lines[0].number, lines[0].text, {"paper": own}
        )
        if own >= SURE:
            self.linked.append(_is_linked(lines, found) or any(map(_SAYS_MORE.__contains__, found)))
        if own > 0:
            self.cited.setdefault(name, []).append(lines[0])
        return name

    def find_styles(self) -> None:
        """Tell every line how most lines of its kind cite."""
        for lines in self.cited.values():
            styles = Counter(style_of(_unlinked(line)) for line in lines)
            style, count = styles.most_common(1)[0]
            if style and count >= 3:
                for line in lines:
                    line.style = style

    def score(self, node: Block | Line, own: float, around: float) -> float:
        """An item's score in view of its kind and its list."""
        kind = self.kinds.get(id(node), "")
        pattern = self.patterns.all.get(kind)
        mean = pattern.mean("paper") if pattern else own
        return OWN * own + KIND * mean + LIST * around

    def misses_link(self, lines: Sequence[Line]) -> bool:
        """Whether lines have no link where nearly all papers of the document have one."""
        is_usual = len(self.linked) >= MANY and sum(self.linked) >= 0.9 * len(self.linked)
        found = shown(list(lines))
        return (
            is_usual and not _is_linked(lines, found) and not any(map(_TELLING.__contains__, found))
        )

    def role(self, node: Block | Line, number: int) -> str:
        """The role that somebody chose, "" if nobody did."""
        return self.patterns.chosen(self.kinds.get(id(node), ""), number)

    def is_paper(self, item: Block, block: Block) -> bool:
        """Whether an item of a list is one."""
        lines = head_lines(item)
        if chosen := self.role(item, item.start):
            return chosen == "paper"
        own = evidence_of(item) + self.extra.get(id(item), 0.0)
        around = self.lists.get(id(block), own)
        if own < SURE and _is_open(lines):
            return around >= ENOUGH
        if not lines or own <= -2 or is_contents(lines[0].pieces):
            return False
        if only_addresses(lines[0].pieces) and around >= ENOUGH:
            # An address among papers is one whose title is not told.
            return any(is_paper_url(piece.url or "") for piece in lines[0].pieces)
        penalty = UNLINKED if around < SURE and self.misses_link(lines) else 0.0
        return own >= SURE or self.score(item, own, around) + penalty >= ENOUGH

    def settle(self, became: dict[str, dict[str, int]]) -> None:
        """A pattern's role is what most of its instances became."""
        for name, counts in became.items():
            if pattern := self.patterns.all.get(name):
                pattern.role = max(counts, key=lambda role: counts[role])


_FEW = "few words of a title"
_PLAIN = frozenset(("words of a title", _FEW, "names in brackets", "group in brackets"))
MOST_PLAIN, LEAST_PLAIN = 0.8, 4


def _holds_bare_titles(block: Block) -> bool:
    """A list of titles, most of which lead nowhere and say nothing else."""
    heads = [lines for item in block.children if (lines := head_lines(item))]
    found = [shown(lines) for lines in heads]
    bare = sum(bool(one) and _PLAIN.issuperset(one) for one in found)
    long = sum("words of a title" in one for one in found)
    return len(heads) >= LEAST_PLAIN and bare >= MOST_PLAIN * len(heads) and long * 2 >= len(heads)


def _is_open(lines: list[Line]) -> bool:
    """A line that shows neither a paper nor a remark, and leads nowhere."""
    found = shown(lines)
    return MAYBE in found and not _is_linked(lines, found)


def _is_linked(lines: Sequence[Line], found: Sequence[str]) -> bool:
    """A line with a link, or with an address below it."""
    return "address on the next line" in found or any(
        piece.is_link for line in lines[:2] for piece in line.pieces
    )


def _are_addresses(block: Block) -> bool:
    """A list of nothing but addresses of papers."""
    heads = [lines[0].pieces for item in block.children if (lines := head_lines(item))]
    bare = [
        pieces
        for pieces in heads
        if only_addresses(pieces) and any(is_paper_url(piece.url or "") for piece in pieces)
    ]
    return len(bare) >= MANY_ADDRESSES and len(bare) >= 0.8 * len(heads)


def _links_into_one_folder(block: Block) -> bool:
    """A list whose items are names linked to files of one folder: notes on what is named."""
    if len(block.children) < 3:
        return False
    folders: Counter[str] = Counter()
    for item in block.children:
        first = next(
            (p for line in head_lines(item)[:1] for p in line.pieces if p.text.strip()), None
        )
        if first is not None and first.url and "/" in first.url and "://" not in first.url:
            folders[first.url.rsplit("/", 1)[0]] += 1
    return bool(folders) and folders.most_common(1)[0][1] >= 0.8 * len(block.children)


def _unlinked(line: Line) -> str:
    """The text up to the first link that is no title: what a citation would be."""
    pieces = line.pieces
    first = next((i for i, piece in enumerate(pieces) if piece.is_link), len(pieces))
    return plain(pieces[: first + 1] if first == 0 else pieces[:first])
