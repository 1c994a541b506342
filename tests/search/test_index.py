"""The index holds what the rows say, in constant statements, and notices drift."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import Member, Paper, SearchDoc, SearchWord
from papers.search.index.actions import find_drift, refresh
from tests import make


def lexemes(paper: Paper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(words) FROM papers_searchdoc WHERE paper_id = %s", [paper.pk]
        )
        return set(cursor.fetchone()[0])


def test_a_paper_is_filed_by_its_parts(ada: Member) -> None:
    root = make.topic("Theory")
    paper = make.paper(
        "Denoising Diffusion",
        authors=["Kaiming He", "Pál Erdős"],
        abstract="Sampling images slowly.",
        venue="NeurIPS",
        year=2020,
        topics=[make.topic("Training", root)],
    )
    paper.identifiers.create(kind="arxiv", value="2006.11239")
    make.review(paper, ada, critique="No ablations", summary="Noise works")
    refresh([paper.pk])
    assert lexemes(paper) >= {
        "denois", "t/diffus", "a/he", "erdo", "a/erdos", "b/imag", "v/neurip", "2020",
        "theori", "train", "i/2006.11239", "r/ablat", "c/ablat", "s/nois",
    }  # fmt: skip
    doc = SearchDoc.objects.get()
    assert len(doc.topics) == 2
    assert doc.reviewers == [ada.pk]
    assert doc.year == 2020


def test_words_of_reviews_are_never_suggested(ada: Member) -> None:
    paper = make.paper("Plain title")
    make.review(paper, ada, summary="quuxword")
    refresh([paper.pk])
    assert set(SearchWord.objects.values_list("word", flat=True)) == {"plain", "title"}


def test_indexing_twice_changes_nothing(lab: object) -> None:
    paper = make.paper("Once")
    refresh([paper.pk, paper.pk])
    before = SearchDoc.objects.values().get()
    refresh([paper.pk])
    assert SearchDoc.objects.values().get() == before


def test_many_papers_cost_as_many_statements_as_one(ada: Member) -> None:
    keys = [make.paper().pk for _ in range(30)]
    for size in (1, 30):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            refresh(keys[:size])
        assert len(queries) == 2


def test_a_paper_that_is_gone_leaves_nothing(lab: object) -> None:
    paper = make.paper()
    refresh([paper.pk])
    key = paper.pk
    paper.delete()
    refresh([key])
    assert not SearchDoc.objects.exists()


def test_drift_is_found_and_mended(lab: object) -> None:
    first, second = make.paper("First"), make.paper("Second")
    refresh([first.pk, second.pk])
    Paper.objects.filter(pk=second.pk).update(title="Changed")
    third = make.paper("Third")
    assert find_drift([first.pk, second.pk, third.pk]) == [second.pk, third.pk]
    with pytest.raises(SystemExit):
        call_command("rebuild_search", "--check", stdout=StringIO())
    said = StringIO()
    call_command("rebuild_search", stdout=said)
    assert "3 papers; 2 differed" in said.getvalue()
    assert find_drift([first.pk, second.pk, third.pk]) == []


@pytest.mark.parametrize("text", ["x" * 100_000, "'\\ \0 &|!():*<->", "猫" * 50_000])
def test_no_text_is_too_strange_to_index(lab: object, text: str) -> None:
    paper = make.paper("Strange", abstract=text.replace("\0", ""))
    paper.identifiers.create(kind="url", value="https://x.example/it's\\here")
    refresh([paper.pk])
    assert SearchDoc.objects.count() == 1


def test_a_text_larger_than_the_index_takes_is_cut(lab: object) -> None:
    paper = make.paper("Huge", abstract=" ".join(f"word{n}" for n in range(200_000)))
    refresh([paper.pk])
    assert "word100" in " ".join(lexemes(paper))
