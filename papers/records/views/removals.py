"""Archiving and deleting a paper, and the list of what left the library, with the way back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from papers import access
from papers.accounts.confirming.views import recent_sign_in
from papers.curation.views.lab import list_tabs
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_curator
from papers.models import Event, Paper
from papers.records.actions.keeping import (
    AlreadyDeleted,
    archive_paper,
    delete_paper,
    unarchive_paper,
)
from papers.records.actions.undoing import UndoRefused, undo_removal
from papers.records.forms import DeletionForm
from papers.records.joining.patience import Busy
from papers.records.queries.removals import list_archived, list_removals, make_line
from papers.writing.views import offer_undo, once

ROWS = 50
"""Lines on a page."""


@require_safe
@require_curator
def removal_list(request: MemberRequest) -> HttpResponse:
    """What was merged or deleted, by whom, and the way back; archived papers below."""
    now, lab = timezone.now(), get_request_lab(request)
    page = Paginator(list_removals(request.user), ROWS).get_page(request.GET.get("page"))
    archived = list_archived(request.user, lab)
    context = {
        "lines": [make_line(one, now) for one in page],
        "page": page,
        "archived": archived[:ROWS],
        "tabs": list_tabs("removals"),
    }
    return render_page(request, "records/removal_list.html", context)


@require_POST
@require_curator
@recent_sign_in
def removal_undoing(request: MemberRequest, pk: int) -> HttpResponse:
    """Bring a paper or topic back as it was."""
    removal = get_object_or_404(access.removals_visible_to(request.user), pk=pk)
    try:
        undone = undo_removal(removal=removal, by=request.user, at=timezone.now())
    except (UndoRefused, Busy) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Undone. “%(name)s” is back.") % {"name": removal.name})
        if left := undone.say_left():
            messages.info(request, left)
    return redirect_page(request, reverse("removals"))


@require_POST
@require_curator
def paper_archiving(request: MemberRequest, pk: int) -> HttpResponse:
    """Leave a paper out of the lists, or bring it back into them."""
    paper = get_object_or_404(access.papers_sortable_by(request.user), pk=pk)
    if request.POST.get("act") == "return":
        unarchive_paper(paper=paper, by=request.user, at=timezone.now())
        messages.success(request, _("Paper unarchived."))
    else:
        at = timezone.now()
        archive_paper(paper=paper, by=request.user, at=at)
        said = _("Paper archived. Its page stays; lists and search skip it.")
        offer_undo(request, said, Event.Kind.PAPER_ARCHIVED, at)
    return redirect_page(request, paper.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@require_curator
@recent_sign_in
@once
def paper_deletion(request: MemberRequest, pk: int) -> HttpResponse:
    """What a deletion takes away; a POST with a reason does it."""
    paper = get_object_or_404(access.papers_sortable_by(request.user), pk=pk)
    form = DeletionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _delete(request, paper, form.cleaned_data["reason"])
    context = {"paper": paper, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "records/paper_deletion.html", context, status=status)


def _delete(request: MemberRequest, paper: Paper, reason: str) -> HttpResponse:
    at = timezone.now()
    try:
        delete_paper(paper=paper, reason=reason, by=request.user, at=at)
    except Busy as refusal:
        messages.warning(request, str(refusal))
        return redirect_page(request, reverse("paper-deletion", args=[paper.pk]))
    except AlreadyDeleted as refusal:
        messages.info(request, str(refusal))
    else:
        said = _("Paper deleted. You can undo this for 30 days.")
        offer_undo(request, said, Event.Kind.PAPER_DELETED, at)
    return redirect_page(request, reverse("removals"))
