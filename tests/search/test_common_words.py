"""Words that are too common to be filed, in phrases and at the end of what is typed."""

from __future__ import annotations

from papers.models import Lab, Member
from tests.search.test_queries import paper, search, titles


def test_a_phrase_of_common_words_is_looked_up_in_titles(ben: Member, lab: Lab) -> None:
    paper("To Be or Not to Be: a Study of Hesitation")
    paper("Not a Study", abstract="To be or not to be.")
    paper("Or")
    for text in ('"to be or not  to be"', 'title:"to be or not to be"', '"not to be" study'):
        assert titles(text, ben, lab) == ["To Be or Not to Be: a Study of Hesitation"], text
    assert not search('"or to"', ben, lab).paper_ids
    assert len(titles('-"not to be"', ben, lab)) == 2
    assert len(titles("or to be", ben, lab)) == 3, "common words alone ask for nothing"


def test_a_common_last_word_is_no_beginning_while_typing(ben: Member, lab: Lab) -> None:
    paper("Attention Is All You Need")
    paper("Allocation of Attention")
    for text in ("attention is", "attention is all", "attention is all you"):
        found = search(text, ben, lab, typing=True)
        assert len(found.paper_ids) == 2, text
        assert not found.is_relaxed, text
    assert titles("all", ben, lab, typing=True) == ["Allocation of Attention"]
