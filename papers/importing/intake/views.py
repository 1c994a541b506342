"""Bringing a list: upload or paste, look at what was understood, take it in, take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers import access
from papers.http import MemberRequest, redirect_page, render_page, require_reviewer
from papers.importing.intake.actions import imports, requests
from papers.importing.intake.forms import BulletForm, ImportForm
from papers.importing.intake.queries import previews
from papers.models import ImportItem, ImportJob
from papers.writing.views import once

CLOSED = gettext_lazy("This import has been completed or undone since, so nothing was changed.")


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
            job = requests.receive_document(
                data=data, name=name, by=request.user, at=timezone.now()
            )
        except imports.NotUnderstood as refused:
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
    page = _get_page(request, previews.list_items(job), previews.PAGE)
    preview = previews.read_preview(job, page.object_list)
    context = {"preview": preview, "job": job, **_pager(page)}
    return render_page(request, "importing/import_detail.html", context)


@require_POST
@require_reviewer
def import_apply(request: MemberRequest, pk: int) -> HttpResponse:
    """Take in what the preview shows."""
    job = _get_job(request, pk)
    try:
        job = requests.request_apply(job=job, by=request.user, at=timezone.now())
    except imports.NotInPreview:
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
    job = _get_job(request, pk)
    try:
        job = requests.request_undo(job=job, by=request.user, at=timezone.now())
    except imports.NotApplied:
        messages.warning(request, _("This import wasn't completed, so there's nothing to undo."))
    else:
        if not job.work:
            messages.success(request, _("Import undone."))
    return redirect_page(request, job.get_absolute_url())


@require_POST
@require_reviewer
def import_bullet(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Move one bullet to another section."""
    item, form = _get_item(request, pk), BulletForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("Unknown section."), status=422, content_type="text/plain")
    section = form.cleaned_data["section"]
    try:
        item = imports.move_bullet(item=item, number=number, section=section)
    except imports.NotInPreview:
        messages.warning(request, CLOSED)
    except IndexError:
        return HttpResponse(_("Unknown line."), status=404, content_type="text/plain")
    return _answer_item(request, item)


@require_POST
@require_reviewer
def import_exclusion(request: MemberRequest, pk: int) -> HttpResponse:
    """Leave one paper out, or take it up again."""
    item = _get_item(request, pk)
    try:
        item = imports.exclude_paper(item=item, is_excluded=request.POST.get("leave") == "out")
    except imports.NotInPreview:
        messages.warning(request, CLOSED)
    return _answer_item(request, item)


def _get_job(request: MemberRequest, pk: int) -> ImportJob:
    return get_object_or_404(access.imports_visible_to(request.user).select_related("by"), pk=pk)


def _get_item(request: MemberRequest, pk: int) -> ImportItem:
    jobs = access.imports_visible_to(request.user)
    papers = ImportItem.objects.filter(job__in=jobs, kind=ImportItem.Kind.PAPER)
    return get_object_or_404(papers.select_related("job", "paper"), pk=pk)


def _answer_item(request: MemberRequest, item: ImportItem) -> HttpResponse:
    """The paper anew for htmx, else the page where it stands."""
    if request.htmx:
        context = {"item": previews.describe_items([item])[0], "job": item.job}
        return render_page(request, "importing/_item.html", context)
    page = item.position // previews.PAGE + 1
    return redirect_page(request, f"{item.job.get_absolute_url()}?page={page}#item-{item.pk}")


def _get_page(request: MemberRequest, rows: Any, size: int) -> Any:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def _pager(page: Any) -> dict[str, Any]:
    total = page.paginator.count
    return {
        "total": total,
        "place": _("%(first)s to %(last)s of %(total)s")
        % {"first": page.start_index(), "last": page.end_index(), "total": f"{total:,}"},
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
