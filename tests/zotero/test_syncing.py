"""One run after another against a server that speaks Zotero's format."""

from __future__ import annotations

import pytest

from papers.catalogue.actions.papers import PaperFacts, add_paper
from papers.models import (
    Event,
    Identifier,
    Member,
    Paper,
    Topic,
    ZoteroChange,
    ZoteroItem,
    ZoteroLibrary,
    ZoteroQuestion,
)
from papers.topics.actions.listings import list_paper, unlist_paper
from papers.zotero.actions.answering import OURS, THEIRS, Answered, answer_question
from tests import make
from tests.zotero.acts import EK, LEE, change, fill, sync
from tests.zotero.stub import Zotero

pytestmark = pytest.mark.django_db


def test_items_become_papers_and_collections_topics(zotero: Zotero, library: ZoteroLibrary):
    fill(zotero)
    assert sync(library).problem == ""
    graphs, book = Paper.objects.get(title="On Graphs"), Paper.objects.get(title="A book")
    assert (graphs.authors, graphs.year, graphs.venue) == (
        ["Ann Marie Lee"], 2021, "J. Invented Results",
    )  # fmt: skip
    assert graphs.abstract == "First.\n\nSecond."
    assert graphs.identifiers.filter(kind=Identifier.Kind.DOI, value="10.1000/graphs").exists()
    assert graphs.links.get().url == "https://example.org/graphs.pdf"
    assert [one.topic.path for one in graphs.listings.all()] == ["theory/networks"]
    assert book.venue == "Invented Press"
    assert library.version == zotero.version
    events = list(Event.objects.values_list("pk", "kind"))
    asked = len(zotero.asked)
    assert sync(library).version == zotero.version
    assert Paper.objects.count() == 2
    assert list(Event.objects.values_list("pk", "kind")) == events
    assert len(zotero.asked) - asked == 4, "rights, versions, collections, deleted"


def test_a_change_on_one_side_reaches_the_other(
    zotero: Zotero, library: ZoteroLibrary, ben: Member
):
    fill(zotero)
    sync(library)
    paper = Paper.objects.get(title="On Graphs")
    zotero.put("AAAAAAA2", date="2022")
    change(paper, ben, authors=["Ann Marie Lee", "Kai Oda"], title="On Large Graphs")
    sync(library)
    sync(library)
    paper.refresh_from_db()
    assert (paper.year, paper.title) == (2022, "On Large Graphs")
    row = zotero.items["AAAAAAA2"]
    assert (row["title"], row["date"]) == ("On Large Graphs", "2022")
    assert row["creators"] == [
        LEE, {"creatorType": "author", "firstName": "Kai", "lastName": "Oda"}, EK,
    ]  # fmt: skip
    told = {(one.name, one.is_from_zotero, str(one.before)) for one in ZoteroChange.objects.all()}
    assert told == {
        ("year", True, "2021"), ("title", False, "On Graphs"),
        ("authors", False, "['Ann Marie Lee']"),
    }  # fmt: skip


def test_nothing_is_sent_unless_it_is_switched_on(
    zotero: Zotero, library: ZoteroLibrary, ben: Member
):
    ZoteroLibrary.objects.update(sends_changes=False)
    fill(zotero)
    sync(library)
    paper = Paper.objects.get(title="On Graphs")
    change(paper, ben, year=1999)
    make.review(paper, ben)
    sync(library)
    assert {one[1] for one in zotero.asked} == {"GET"}
    zotero.put("AAAAAAA2", abstractNote="New.")
    sync(library)
    paper.refresh_from_db()
    assert (paper.year, paper.abstract) == (1999, "New.")


@pytest.mark.parametrize(
    ("answer", "year", "venue"), [(OURS, 1999, "Ours"), (THEIRS, 2022, "Theirs")]
)
def test_what_both_changed_is_asked_and_never_overwritten(
    zotero: Zotero, library: ZoteroLibrary, ben: Member, ada: Member,
    answer: str, year: int, venue: str,
):  # fmt: skip
    fill(zotero)
    sync(library)
    paper = Paper.objects.get(title="On Graphs")
    zotero.put("AAAAAAA2", date="2022", publicationTitle="Theirs")
    change(paper, ben, year=1999, venue="Ours")
    sync(library)
    sync(library)
    paper.refresh_from_db()
    assert (paper.year, zotero.items["AAAAAAA2"]["date"]) == (1999, "2022")
    asked = list(ZoteroQuestion.objects.all())
    assert {one.name for one in asked} == {"year", "venue"}
    for question in asked:
        answer_question(question=question, answer=answer, by=ada, at=make.NOW)
        with pytest.raises(Answered):
            answer_question(question=question, answer=answer, by=ada, at=make.NOW)
    sync(library)
    paper.refresh_from_db()
    row = zotero.items["AAAAAAA2"]
    assert (paper.year, paper.venue) == (year, venue)
    assert (row["date"], row["publicationTitle"]) == (str(year), venue)
    sync(library)
    assert not ZoteroQuestion.objects.filter(answered_at=None).exists()


def test_both_sides_writing_the_same_ends_the_question(
    zotero: Zotero, library: ZoteroLibrary, ben: Member
):
    fill(zotero)
    sync(library)
    paper = Paper.objects.get(title="On Graphs")
    zotero.put("AAAAAAA2", date="2022")
    change(paper, ben, year=1999)
    sync(library)
    zotero.put("AAAAAAA2", date="1999")
    sync(library)
    assert ZoteroQuestion.objects.get().answer == "settled"


def test_a_value_emptied_there_is_asked_about(zotero: Zotero, library: ZoteroLibrary, ada: Member):
    fill(zotero)
    sync(library)
    zotero.put("AAAAAAA2", abstractNote="")
    sync(library)
    assert Paper.objects.get(title="On Graphs").abstract
    question = ZoteroQuestion.objects.get()
    assert (question.name, question.theirs) == ("abstract", "")
    answer_question(question=question, answer=THEIRS, by=ada, at=make.NOW)
    assert Paper.objects.get(title="On Graphs").abstract == ""
    assert ZoteroChange.objects.get().before == "First.\n\nSecond."


def test_an_item_with_a_known_identifier_is_that_paper(
    zotero: Zotero, library: ZoteroLibrary, ben: Member
):
    facts = PaperFacts(title="Graphs", year=2020, identifiers=[("doi", "10.1000/graphs")])
    paper = add_paper(facts=facts, by=ben, at=make.NOW)
    fill(zotero)
    sync(library)
    paper.refresh_from_db()
    assert Paper.objects.count() == 2
    assert (paper.title, paper.year) == ("Graphs", 2020), "typed here, kept"
    assert paper.venue == "J. Invented Results", "empty here, filled"
    assert {one.name for one in ZoteroQuestion.objects.all()} == {"title", "year"}


@pytest.mark.parametrize(("answer", "papers"), [(OURS, 1), (THEIRS, 2)])
def test_a_title_alone_makes_nothing_one(
    zotero: Zotero, library: ZoteroLibrary, ben: Member, ada: Member, answer: str, papers: int
):
    facts = PaperFacts(title="A survey of surveys", authors=["Kim Ro"])
    add_paper(facts=facts, by=ben, at=make.NOW)
    zotero.put("AAAAAAA5", title="A Survey of Surveys", creators=[LEE])
    sync(library)
    sync(library)
    assert Paper.objects.count() == 1
    question = ZoteroQuestion.objects.get()
    assert question.kind == ZoteroQuestion.Kind.SAME
    answer_question(question=question, answer=answer, by=ada, at=make.NOW)
    sync(library)
    assert Paper.objects.count() == papers
    assert ZoteroItem.objects.get().paper is not None


@pytest.mark.parametrize("is_trashed", [True, False])
def test_deletion_there_is_a_suggestion_here(
    zotero: Zotero, library: ZoteroLibrary, ada: Member, is_trashed: bool
):
    fill(zotero)
    sync(library)
    if is_trashed:
        zotero.put("AAAAAAA2", deleted=1)
    else:
        zotero.delete("AAAAAAA2")
    sync(library)
    sync(library)
    paper = Paper.objects.get(title="On Graphs")
    assert paper.archived_at is None
    question = ZoteroQuestion.objects.get()
    answer_question(question=question, answer=THEIRS, by=ada, at=make.NOW)
    paper.refresh_from_db()
    assert paper.archived_at == make.NOW
    sync(library)
    assert ZoteroQuestion.objects.count() == 1


def test_what_was_deleted_here_does_not_return(zotero: Zotero, library: ZoteroLibrary):
    fill(zotero)
    sync(library)
    Paper.objects.get(title="A book").delete()
    zotero.put("AAAAAAA3", date="2001")
    sync(library)
    assert [one.title for one in Paper.objects.all()] == ["On Graphs"]


def test_places_go_both_ways_and_removal_is_asked(
    zotero: Zotero, library: ZoteroLibrary, ada: Member
):
    fill(zotero)
    sync(library)
    graphs, book = Paper.objects.get(title="On Graphs"), Paper.objects.get(title="A book")
    theory = Topic.objects.get(path="theory")
    list_paper(paper=book, topic=theory, by=ada, at=make.NOW)
    zotero.put("AAAAAAA2", collections=["CCCCCCC3"])
    sync(library)
    assert zotero.items["AAAAAAA3"]["collections"] == ["CCCCCCC3"]
    assert {one.topic.path for one in graphs.listings.all()} == {"theory", "theory/networks"}
    question = ZoteroQuestion.objects.get()
    assert (question.kind, question.name) == (ZoteroQuestion.Kind.TOPIC, "CCCCCCC2")
    answer_question(question=question, answer=THEIRS, by=ada, at=make.NOW)
    unlist_paper(listing=book.listings.get(), by=ada, at=make.NOW)
    sync(library)
    assert {one.topic.path for one in graphs.listings.all()} == {"theory"}
    assert zotero.items["AAAAAAA3"]["collections"] == []
    sync(library)
    assert not ZoteroQuestion.objects.filter(answered_at=None).exists()


def test_a_collection_renamed_there_renames_its_topic(zotero: Zotero, library: ZoteroLibrary):
    fill(zotero)
    sync(library)
    zotero.put_collection("CCCCCCC3", "Foundations")
    sync(library)
    assert set(Topic.objects.values_list("path", flat=True)) == {
        "foundations", "foundations/networks",
    }  # fmt: skip
    zotero.delete("CCCCCCC2")
    sync(library)
    assert Topic.objects.count() == 2
