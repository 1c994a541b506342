"""Bringing a list: upload or paste, look at what was understood, take it in, take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers import access
from papers.http import MemberRequest, redirect_page, render_page, require_reviewer
from papers.importing.intake.actions import jobs
from papers.importing.intake.applying.actions.locking import NotInPreview
from papers.importing.intake.forms import ChoiceForm, ImportForm
from papers.importing.intake.previewing.actions.choices import NotReadAgain, UnknownChoice
from papers.importing.intake.previewing.actions.documents import NotUnderstood
from papers.importing.intake.previewing.queries import kinds, lines, previews
from papers.importing.intake.signing.actions import choose_reviewer
from papers.importing.intake.signing.forms import ReviewersForm
from papers.importing.intake.signing.queries import list_reviewers
from papers.importing.intake.undoing.actions.undo_imports import NotApplied
from papers.importing.intake.views.entries import CLOSED
from papers.models import Event, ImportJob
from papers.writing.views import offer_undo, once


@require_http_methods(["GET", "HEAD", "POST"])
@require_reviewer
@once
def import_new(request: MemberRequest) -> HttpResponse:
    """Upload or paste a list; below, what was brought before."""
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    if is_sent and form.is_valid():
        data, name = form.read()
        try:
            job = jobs.receive_document(data=data, name=name, by=request.user, at=timezone.now())
        except NotUnderstood as refused:
            for problem in refused.problems[:5]:
                form.add_error(None, problem.message)
        else:
            if job.state == ImportJob.State.APPLIED:
                messages.info(request, _("You've already imported this document."))
            return redirect_page(request, job.get_absolute_url())
    recent = previews.describe_imports(previews.list_imports(request.user)[:10])
    context = {"form": form, "recent": recent}
    return render_page(
        request, "importing/import_new.html", context, status=422 if form.errors else 200
    )


@require_GET
@require_reviewer
def import_list(request: MemberRequest) -> HttpResponse:
    """All that was brought: one's own, for curators everybody's."""
    page = _get_page(request, previews.list_imports(request.user), previews.JOBS)
    context = {"imports": previews.describe_imports(page.object_list), **_pager(page)}
    return render_page(request, "importing/import_list.html", context)


@require_GET
@require_reviewer
def import_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """What a document holds: a preview, the result, or what was taken back."""
    job = _get_job(request, pk)
    if job.work:
        context = {"job": job, "progress": previews.describe_work(job, now=timezone.now())}
        template = "importing/import_progress.html"
        return render_page(request, template, context, fragments=["import-progress"])
    if request.htmx.target == "import-progress":
        return redirect_page(request, job.get_absolute_url())  # It is done: show the whole page.
    return _show(request, job)


def _show(
    request: MemberRequest, job: ImportJob, *, error: str = "", status: int = 200
) -> HttpResponse:
    page = _get_page(request, previews.list_items(job), previews.PAGE)
    preview = previews.read_preview(job, page.object_list)
    line = request.GET.get("line", "")
    notices = lines.place_problems(job, [*job.plan.get("clashes", ()), *preview.problems])
    context = {
        "preview": preview, "job": job, **_pager(page), "error": error, "notices": notices,
        "attention": len(notices) + preview.more_problems + len(preview.repairs),
        "reviewers": list_reviewers(request.user) if preview.counts["unsigned"] else [],
        "patterns": kinds.describe_patterns(job),
        "sheet": lines.read_sheet(job, page.number, preview.items, line),
    }  # fmt: skip
    return render_page(
        request, "importing/import_detail.html", context,
        fragments=["import-preview"], status=status,
    )  # fmt: skip


@require_POST
@require_reviewer
def import_choice(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a kind of line, or one line, another role, and read the document again."""
    job, form = _get_job(request, pk), ChoiceForm(request.POST)
    try:
        if not form.is_valid():
            raise UnknownChoice(str(form.errors))
        job = jobs.request_choice(job=job, **form.cleaned_data, by=request.user, at=timezone.now())
    except UnknownChoice:
        error = _("This document has no such kind of line, or it can't have that role.")
        return _show(request, job, error=error, status=422)
    except NotReadAgain as refused:
        return _show(request, job, error=str(refused), status=422)
    except NotInPreview:
        messages.warning(request, CLOSED)
        return redirect_page(request, job.get_absolute_url())
    if request.htmx and not job.work:
        return _show(request, job)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect_page(request, f"{job.get_absolute_url()}{query}")


@require_POST
@require_reviewer
def import_apply(request: MemberRequest, pk: int) -> HttpResponse:
    """Take in what the preview shows."""
    job = _get_job(request, pk)
    form = ReviewersForm(request.POST, handles=dict(list_reviewers(request.user)))
    if not form.is_valid():
        return _show(request, job, error=form.refusal, status=422)
    as_drafts = form.cleaned_data["drafts"]
    job = choose_reviewer(job=job, reviewer=form.chosen, as_drafts=as_drafts)
    try:
        job = jobs.request_apply(
            job=job,
            by=request.user,
            at=timezone.now(),
            with_meetings=request.POST.get("meetings") == "1",
        )
    except NotInPreview:
        messages.warning(request, CLOSED)
    else:
        if not job.work:
            count = job.plan["outcome"]["papers"]
            said = ngettext("Imported %(n)s new paper.", "Imported %(n)s new papers.", count)
            messages.success(request, said % {"n": count})
    return redirect_page(request, job.get_absolute_url())


@require_POST
@require_reviewer
def import_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an import back whole."""
    job, at = _get_job(request, pk), timezone.now()
    try:
        job = jobs.request_undo(job=job, by=request.user, at=at)
    except NotApplied:
        messages.warning(request, _("This import wasn't completed, so there's nothing to undo."))
    else:
        if not job.work:
            offer_undo(request, _("Import undone."), Event.Kind.IMPORT_UNDONE, at)
    return redirect_page(request, job.get_absolute_url())


def _get_job(request: MemberRequest, pk: int) -> ImportJob:
    return get_object_or_404(access.imports_visible_to(request.user).select_related("by"), pk=pk)


def _get_page(request: MemberRequest, rows: Any, size: int) -> Any:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def _pager(page: Any) -> dict[str, Any]:
    total = page.paginator.count
    return {
        "total": total,
        "page_number": page.number,
        "place": _("%(first)s to %(last)s of %(total)s")
        % {"first": page.start_index(), "last": page.end_index(), "total": f"{total:,}"},
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
