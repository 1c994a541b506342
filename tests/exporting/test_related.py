"""The scaffold for a related-work section."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from docx import Document

from papers.exporting.formats.lists import (
    EntryRecord,
    ListRecord,
    OutcomeRecord,
    ReviewRecord,
    TopicRecord,
)
from papers.exporting.formats.paper_records import PaperRecord
from papers.exporting.formats.related import (
    get_first_point,
    list_tex,
    write_markdown,
    write_word,
)
from papers.models import Member
from tests import make
from tests.make import NOW

PAPER = PaperRecord("lee2021flat", "Flat & wide", ("Ann Lee", "Bo Ek"), "ICML", 2021, id=1)
WHOLE = ListRecord(
    title="Theory",
    papers={1: PAPER, 2: PaperRecord("b", "Another", id=2)},
    topics=[TopicRecord("Minima", entries=[EntryRecord(1)], below=[TopicRecord("Empty")])],
    loose=[2],
    reviews={
        1: [
            ReviewRecord(1, "Ben Okafor", "ben", {
                "takeaway": "Flat is 50% of it.", "summary": "Long.",
                "critique": "- **No** [baseline](https://x.example) for $L_2$\n- Another point",
            }),
            ReviewRecord(1, "Cy", "cy", {"summary": "No takeaway here.\n\nMore."}),
        ]
    },
    outcomes={1: [OutcomeRecord(1, "Ten seeds", "refuted", "It does not hold.", "Dana")]},
)  # fmt: skip


def join(parts: Iterable[str]) -> str:
    return "".join(parts)


def test_latex_cites_and_credits() -> None:
    files = {name: join(parts) for name, parts in list_tex(WHOLE)}
    tex = files["related-work.tex"]
    assert "\\subsection{Minima}\n\nFlat \\& wide~\\cite{lee2021flat}." in tex
    assert "Flat is 50\\% of it. % Ben Okafor" in tex
    assert "Critique: No baseline for $L_2$ % Ben Okafor" in tex
    assert "No takeaway here. % Cy" in tex
    assert "Our experiment: Ten seeds: refuted. It does not hold. % Dana" in tex
    assert "Another point" not in tex
    assert "Empty" not in tex
    assert "@inproceedings{lee2021flat," in files["references.bib"]


def test_markdown_cites_as_pandoc_reads_it() -> None:
    text = join(write_markdown(WHOLE))
    assert "Flat & wide [@lee2021flat]." in text
    assert "- **Critique:** No baseline for $L_2$ (Ben Okafor)" in text


def test_word_has_headings_and_bullets() -> None:
    document = Document(BytesIO(b"".join(write_word(WHOLE))))
    said = [(one.style.name, one.text) for one in document.paragraphs]
    assert ("Heading 2", "Minima") in said
    assert ("List Bullet", "Critique: No baseline for $L_2$ (Ben Okafor)") in said


def test_the_first_point_is_plain_text() -> None:
    assert get_first_point("") == ""
    assert get_first_point("## Head\n\n- a") == "Head"
    assert get_first_point("1. `code` and *stress*\n2. more") == "code and stress"
    assert get_first_point("  \n---\n\nreal") == "real"


def test_outcomes_come_from_the_board(ada: Member) -> None:
    paper = make.paper("Flat minima")
    make.experiment(
        "Ten seeds", paper=paper, state="refuted", outcome="It **fails**.", closed_at=NOW, owner=ada
    )
    make.experiment("An idea", paper=paper)
    text = b"".join(make.browser(ada).get("/export/related/")).decode()
    assert "- **Our experiment:** Ten seeds: refuted. It fails. (Ada Curator)" in text
    assert "An idea" not in text
