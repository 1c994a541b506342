"""What a new lab sets up first, and how far it is: for the curator's first page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from papers.models import GuidingQuestion, Lab, MeetingSeries, Member, Paper


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is for, where it is done, and whether it is."""

    title: str
    text: str
    acts: tuple[tuple[str, str], ...]
    is_done: bool


def list_first_steps(lab: Lab) -> list[Step]:
    """The four steps, in their order; four queries. None of them is required."""
    named = lab.name != Lab._meta.get_field("name").default
    meets = MeetingSeries.objects.filter(ended_at=None).exists()
    return [
        Step(
            _("Name your lab"),
            _("Its name is on every page and email; its time zone decides due dates."),
            ((_("Name and time zone"), reverse("curation-lab")),),
            is_done=named,
        ),
        Step(
            _("Choose your days"),
            _("When the group meets, and when the week's digest goes out."),
            (
                (_("Meeting day"), reverse("meeting-series")),
                (_("Digest day"), reverse("digest-settings")),
            ),
            is_done=meets and lab.digest_weekday is not None,
        ),
        Step(
            _("Choose guiding questions"),
            _("Shown above each section of a review. Start from one of three sets."),
            ((_("Guiding questions"), reverse("curation-questions")),),
            is_done=GuidingQuestion.objects.exists(),
        ),
        Step(
            _("Invite people and import a list"),
            _("Import the list you keep today, or add a first paper."),
            (
                (_("Invite someone"), reverse("curation")),
                (_("Import a list"), reverse("import-new")),
                (_("Add a paper"), reverse("paper-new")),
            ),
            is_done=Paper.objects.exists() and Member.objects.active()[1:].exists(),
        ),
    ]
