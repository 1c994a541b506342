"""Guiding questions to start from: three sets, short to thorough. A curator edits them at will."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions by section, under a name and one sentence that says whom they suit."""

    name: str
    title: Promise
    lead: Promise
    questions: dict[str, tuple[Promise, ...]]


SETS = (
    QuestionSet(
        "short",
        _("Short"),
        _("Three questions, for groups that read a lot."),
        {
            "summary": (_("What do they do, and what is new?"),),
            "critique": (_("What would make you doubt it?"),),
            "follow_up": (_("What should we try first?"),),
        },
    ),
    QuestionSet(
        "standard",
        _("Standard"),
        _("Two or three a section, for a weekly reading group."),
        {
            "summary": (
                _("Which problem is solved, and why does it matter to us?"),
                _("What is the main idea, in your own words?"),
                _("Which result carries the claim?"),
            ),
            "critique": (
                _("Which assumption is the weakest?"),
                _("Which baseline or ablation is missing?"),
            ),
            "follow_up": (
                _("What would change your mind about the claim?"),
                _("What could we run within a week?"),
            ),
        },
    ),
    QuestionSet(
        "thorough",
        _("Thorough"),
        _("As for a journal, with reproduction in mind."),
        {
            "summary": (
                _("Which problem is solved, for whom, and under which assumptions?"),
                _("What is the method? Could you explain it at a whiteboard?"),
                _("Which evidence supports each claim?"),
            ),
            "critique": (
                _("Are baselines tuned as carefully as the method?"),
                _("Are variance, seeds and compute reported?"),
                _("Where would the method fail?"),
                _("What is claimed without evidence?"),
            ),
            "follow_up": (
                _("What would you need to reproduce the main result?"),
                _("Which experiment separates the explanations?"),
                _("What does it make possible for us?"),
            ),
            "questions": (_("What would you ask the authors?"),),
        },
    ),
)


def find_set(name: str) -> QuestionSet | None:
    """The set of this name."""
    return next((one for one in SETS if one.name == name), None)
