"""The curators' pages of connected Zotero libraries."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from papers.accounts.confirming.views import recent_sign_in
from papers.curation.views.lab import list_tabs
from papers.http import MemberRequest, redirect_page, render_page, require_curator
from papers.models import ZoteroLibrary, ZoteroQuestion
from papers.writing.views import in_turn, once
from papers.zotero import queries
from papers.zotero.actions import answering, connecting
from papers.zotero.actions.linking import AlreadyLinked
from papers.zotero.forms import LibraryForm, SwitchesForm

PAGE = "zotero-list"


@require_http_methods(["GET", "HEAD", "POST"])
@require_curator
@recent_sign_in
@once
def library_list(request: MemberRequest) -> HttpResponse:
    """Connected libraries; a POST connects another one."""
    form = LibraryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            library = connecting.connect_library(
                **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except connecting.LibraryKnown as refusal:
            form.add_error("group", str(refusal))
        else:
            messages.success(request, _("Connected. The first papers arrive within a minute."))
            return redirect_page(request, reverse("zotero-library", args=[library.pk]))
    context = {"form": form, "libraries": queries.list_libraries(), "tabs": list_tabs(PAGE)}
    status = 422 if form.errors else 200
    return render_page(request, "zotero/library_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@require_curator
@recent_sign_in
@in_turn
def library_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """One library: its state, its questions, the latest changes; a POST changes its switches."""
    library = get_object_or_404(queries.list_libraries(), pk=pk)
    names = ("name", "sends_changes", "sends_reviews")
    initial = {name: getattr(library, name) for name in names}
    form = SwitchesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        connecting.change_library(
            library=library, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, _("Changes saved."))
        return redirect_page(request, request.path)
    context = {
        "form": form,
        "library": library,
        "asked": queries.list_questions(library),
        "changes": queries.list_changes(library),
        "tabs": list_tabs(PAGE),
    }
    status = 422 if form.errors else 200
    return render_page(request, "zotero/library_detail.html", context, status=status)


@require_POST
@require_curator
def library_sync(request: MemberRequest, pk: int) -> HttpResponse:
    """Look now."""
    library = get_object_or_404(ZoteroLibrary, pk=pk)
    connecting.request_sync(library=library, at=timezone.now())
    messages.success(request, _("We're asking Zotero now. Reload this page in a moment."))
    return redirect_page(request, reverse("zotero-library", args=[pk]))


@require_POST
@require_curator
def library_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Disconnect; papers stay."""
    library = get_object_or_404(ZoteroLibrary, pk=pk)
    connecting.disconnect_library(library=library, by=request.user, at=timezone.now())
    messages.success(request, _("Disconnected. All papers and topics stay."))
    return redirect_page(request, reverse(PAGE))


@require_POST
@require_curator
def question_answer(request: MemberRequest, pk: int, answer: str) -> HttpResponse:
    """Answer what a run could not decide."""
    question = get_object_or_404(ZoteroQuestion.objects.select_related("item"), pk=pk)
    try:
        answering.answer_question(
            question=question, answer=answer, by=request.user, at=timezone.now()
        )
    except answering.Answered:
        messages.info(request, _("This was answered in the meantime."))
    except AlreadyLinked as refusal:
        messages.error(request, str(refusal))
    return redirect_page(request, reverse("zotero-library", args=[question.item.library_id]))
