"""Formulas in titles and takeaways are read, not spelled: no page or feed shows their source."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat

from papers.models import AgendaItem, Experiment, Member, Paper, Review
from tests import make
from tests.house.growing import Growing
from tests.house.test_queries import list_addresses

SOURCE = r"\ell"
FORMULA = rf" ${SOURCE}_1$ in $O(\log n)$"
TYPED = {"textarea", "pre", "code", "script", "style"}
"""What stands in these is typed, or for a program."""

SPOKEN = {"title", "aria-label", "alt", "placeholder", "content", "data-confirm"}
READ = ("text/html", "application/atom+xml", "text/calendar")


class Shown(HTMLParser):
    """The texts of a page that a person reads or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.typed = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.typed += tag in TYPED
        self.texts += [f"{name}: {value}" for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.typed -= tag in TYPED

    def handle_data(self, data: str) -> None:
        if not self.typed:
            self.texts.append(data)


def list_shown(text: str) -> list[str]:
    """Where the source of a formula is shown."""
    parser = Shown()
    parser.feed(text)
    return [" ".join(one.split())[:120] for one in parser.texts if SOURCE in one]


@pytest.mark.slow
@pytest.mark.django_db
def test_no_page_shows_the_source_of_a_formula_in_a_title() -> None:
    ada = make.member("ada", role=Member.Role.CURATOR)
    lab = Growing([ada])
    lab.grow(2)
    for rows, name in (
        (Paper.objects, "title"),
        (Experiment.objects, "title"),
        (AgendaItem.objects.exclude(title=""), "title"),
        (Review.objects.exclude(takeaway=""), "takeaway"),
    ):
        rows.update(**{name: Concat(F(name), Value(FORMULA))})
    browser, wrong, letters = make.browser(ada), [], 0
    for path in list_addresses(lab, ada):
        answer = browser.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith(READ):
            continue
        text = b"".join(answer).decode()
        letters += "ℓ1 in O(log n)" in text
        wrong += [f"{path}: {one}" for one in list_shown(text)]
    assert letters > 15
    assert not wrong, "\n".join(wrong)
