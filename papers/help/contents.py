"""The pages of the guide in their order. Each has a template and a picture of its name."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class HelpPage:
    """A page of the guide; `lead` says in one sentence what is to be read there."""

    name: str
    title: Promise
    lead: Promise

    @property
    def template(self) -> str:
        """The template of its text."""
        return f"help/{self.name}.html"

    @property
    def picture(self) -> str:
        """The picture among the static files; `tests/help` makes it from the demo lab."""
        return f"img/help/{self.name}.jpg"


PAGES = (
    HelpPage("start", _("First steps"), _("What this is, and what to do on the first day.")),
    HelpPage("papers", _("Papers"), _("Add a paper by pasting anything, and find it again.")),
    HelpPage("lists", _("Importing lists"), _("Bring the list that your group keeps today.")),
    HelpPage("claims", _("Claims"), _("Take a paper to review, and what happens when time is up.")),
    HelpPage("reviews", _("Reviews"), _("Summary, critique, follow-up: how to write one.")),
    HelpPage("writing", _("Text and math"), _("Markdown, formulas and how text is kept.")),
    HelpPage("experiments", _("Experiments"), _("From an idea in a review to an outcome.")),
    HelpPage("meetings", _("Meetings"), _("Agenda, presenters, verdicts and minutes.")),
    HelpPage("digest", _("Digest and email"), _("The week on one page, and what we email you.")),
    HelpPage("curators", _("For curators"), _("Members, topics, settings and the admin panel.")),
)


def find_page(name: str) -> HelpPage | None:
    """The page of this name."""
    return next((page for page in PAGES if page.name == name), None)
