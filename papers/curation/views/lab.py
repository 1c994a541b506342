"""The curator's desk: settings and guiding questions of the lab. People have their own module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from papers.accounts.confirming.views import recent_sign_in
from papers.curation.actions.lab import change_lab, change_questions
from papers.curation.first_steps import list_first_steps
from papers.curation.forms import LabForm, QuestionsForm
from papers.curation.queries import list_questions
from papers.curation.question_sets import SETS, find_set
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_curator
from papers.writing.views import in_turn, say_changed


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the desk."""

    name: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class TabGroup:
    """Pages of one subject."""

    name: str
    tabs: list[Tab]

    @property
    def is_current(self) -> bool:
        """One of its pages is open."""
        return any(tab.is_current for tab in self.tabs)


GROUPS = (
    (gettext_lazy("People"), (
        (gettext_lazy("Invitations"), "curation"),
        (gettext_lazy("Join links"), "curation-join-links"),
        (gettext_lazy("Members"), "curation-members"),
        (gettext_lazy("Placeholders"), "curation-placeholders"),
    )),
    (gettext_lazy("Papers"), (
        (gettext_lazy("Imports"), "import-list"), (gettext_lazy("Topics"), "topic-list"),
        (gettext_lazy("Duplicates"), "duplicates"),
        (gettext_lazy("Merged & deleted"), "removals"),
        (gettext_lazy("Zotero"), "zotero-list"),
    )),
    (gettext_lazy("Lab"), (
        (gettext_lazy("Setup"), "curation-setup"),
        (gettext_lazy("Lab settings"), "curation-lab"),
        (gettext_lazy("Appearance"), "curation-appearance"),
        (gettext_lazy("Guiding questions"), "curation-questions"),
        (gettext_lazy("Digest"), "digest-settings"), (gettext_lazy("Webhooks"), "endpoint-list"),
    )),
    (gettext_lazy("Data"), (
        (gettext_lazy("Archives"), "archive-list"),
        (gettext_lazy("Files"), "curation-files"),
        (gettext_lazy("Admin panel"), "admin:index"),
    )),
)  # fmt: skip


def list_tabs(current: str) -> list[TabGroup]:
    """The pages of the desk and the rooms that curators use besides, by subject."""
    return [
        TabGroup(str(group), [Tab(str(name), reverse(url), url == current) for name, url in pages])
        for group, pages in GROUPS
    ]


@require_curator
@recent_sign_in
def lab(request: MemberRequest) -> HttpResponse:
    """The lab's name, time zone, limits and switches."""
    form = LabForm(request.POST or None, instance=get_request_lab(request))
    if request.method == "POST" and form.is_valid():
        at, reason = timezone.now(), form.cleaned_data["reason"]
        changed = change_lab(settings=form.cleaned_data, reason=reason, by=request.user, at=at)
        say_changed(request, at, is_new=bool(changed))
        return redirect_page(request, reverse("curation-lab"))
    context = {"form": form, "tabs": list_tabs("curation-lab")}
    status = 422 if form.errors else 200
    return render_page(request, "curation/lab.html", context, status=status)


@require_safe
@require_curator
def setup(request: MemberRequest) -> HttpResponse:
    """What a new lab sets up first, and how far it is."""
    steps = list_first_steps(get_request_lab(request))
    context = {"steps": steps, "tabs": list_tabs("curation-setup")}
    return render_page(request, "curation/setup.html", context)


@require_curator
@in_turn
def questions(request: MemberRequest) -> HttpResponse:
    """The guiding questions of each section, one a line."""
    chosen = find_set(request.GET.get("set", ""))
    wording: Mapping[str, Iterable[object]] = chosen.questions if chosen else list_questions()
    lines = {section: "\n".join(map(str, texts)) for section, texts in wording.items()}
    form = QuestionsForm(request.POST if request.method == "POST" else None, initial=lines)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        changed = change_questions(wording=form.cleaned_data, by=request.user, at=at)
        say_changed(request, at, is_new=bool(changed))
        return redirect_page(request, reverse("curation-questions"))
    tabs = list_tabs("curation-questions")
    context = {"form": form, "tabs": tabs, "sets": SETS, "chosen": chosen}
    status = 422 if form.errors else 200
    return render_page(request, "curation/questions.html", context, status=status)
