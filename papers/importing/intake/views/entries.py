"""One entry of a list: corrected, left out, said to be a paper of the library, or split from it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from papers import access
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_reviewer
from papers.importing.intake.applying.actions.locking import NotInPreview
from papers.importing.intake.forms import BulletForm, EntryForm, SamenessForm
from papers.importing.intake.previewing.actions import corrections
from papers.importing.intake.previewing.queries import previews
from papers.importing.intake.undoing.actions.split import NotJoined, split_paper
from papers.importing.intake.undoing.queries.joined import list_joined
from papers.importing.reading.drafts.correcting import read_facts
from papers.models import ImportItem, ImportJob

CLOSED = gettext_lazy("This import has been completed or undone since, so nothing was changed.")


@require_http_methods(["GET", "HEAD", "POST"])
@require_reviewer
def import_entry(request: MemberRequest, pk: int) -> HttpResponse:
    """Correct what the list says of one paper, or go back to what it says."""
    item = _get_item(request, pk)
    is_sent = request.method == "POST"
    if not is_sent and (item.job.state != ImportJob.State.PREVIEW or "shown" in request.GET):
        return _answer_item(request, item)
    form = _make_form(request, item)
    if not is_sent or not ("reset" in request.POST or form.is_valid()):
        return _show_form(request, item, form)
    facts = {} if "reset" in request.POST else form.cleaned_data
    try:
        item = corrections.correct_entry(item=item, facts=facts)
    except NotInPreview:
        messages.warning(request, CLOSED)
    return _answer_item(request, item)


def _make_form(request: MemberRequest, item: ImportItem) -> EntryForm:
    facts = read_facts(item.data)
    initial = {name: "\n".join(v) if isinstance(v, list) else v for name, v in facts.items()}
    data = request.POST if request.method == "POST" else None
    return EntryForm(data, initial=initial, auto_id=f"entry-{item.pk}-%s")


def _show_form(request: MemberRequest, item: ImportItem, form: EntryForm) -> HttpResponse:
    """The row with its form for htmx, else a page of its own."""
    context = {"item": previews.describe_items([item])[0], "job": item.job, "form": form}
    context["cancel_url"] = _get_place(item)
    template = "importing/_item.html" if request.htmx else "importing/entry_edit.html"
    return render_page(request, template, context, status=422 if form.errors else 200)


@require_POST
@require_reviewer
def import_bullet(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Move one bullet to another section."""
    item, form = _get_item(request, pk), BulletForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("Unknown section."), status=422, content_type="text/plain")
    section = form.cleaned_data["section"]
    try:
        item = corrections.move_bullet(item=item, number=number, section=section)
    except NotInPreview:
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
        item = corrections.exclude_paper(item=item, is_excluded=request.POST.get("leave") == "out")
    except NotInPreview:
        messages.warning(request, CLOSED)
    return _answer_item(request, item)


@require_POST
@require_reviewer
def import_sameness(request: MemberRequest, pk: int) -> HttpResponse:
    """Say whether a paper of a preview is one of the library."""
    item, form = _get_item(request, pk), SamenessForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("Unknown choice."), status=422, content_type="text/plain")
    visible = access.papers_visible_to(request.user, get_request_lab(request))
    paper = get_object_or_404(visible, pk=form.cleaned_data["paper"])
    try:
        item = corrections.choose_sameness(item=item, paper=paper, is_same=form.is_same)
    except NotInPreview:
        messages.warning(request, CLOSED)
    return _answer_item(request, item)


@require_http_methods(["GET", "HEAD", "POST"])
@require_reviewer
def paper_split(request: MemberRequest, pk: int) -> HttpResponse:
    """The entries that imports put to a paper, and making one of them a paper of its own."""
    visible = access.papers_visible_to(request.user, get_request_lab(request))
    paper = get_object_or_404(visible, pk=pk)
    if request.method != "POST":
        joined = list_joined(paper, request.user)
        if not joined:
            raise Http404("No import joined anything to this paper.")
        context = {"paper": paper, "joined": joined}
        return render_page(request, "importing/paper_split.html", context)
    sent = request.POST.get("entry", "")
    key = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else 0
    jobs = access.imports_visible_to(request.user)
    item = get_object_or_404(ImportItem.objects.filter(job__in=jobs), pk=key)
    try:
        new = split_paper(item=item, by=request.user, at=timezone.now())
    except NotJoined:
        messages.warning(request, CLOSED)
        return redirect_page(request, paper.get_absolute_url())
    messages.success(request, _("Split. This is now a paper of its own."))
    return redirect_page(request, new.get_absolute_url())


def _get_item(request: MemberRequest, pk: int) -> ImportItem:
    jobs = access.imports_visible_to(request.user)
    papers = ImportItem.objects.filter(job__in=jobs, kind=ImportItem.Kind.PAPER)
    return get_object_or_404(papers.select_related("job__by", "paper"), pk=pk)


def _answer_item(request: MemberRequest, item: ImportItem) -> HttpResponse:
    """The paper anew for htmx, else the page where it stands."""
    if request.htmx:
        context = {"item": previews.describe_items([item])[0], "job": item.job}
        return render_page(request, "importing/_item.html", context)
    return redirect_page(request, _get_place(item))


def _get_place(item: ImportItem) -> str:
    page = item.position // previews.PAGE + 1
    return f"{item.job.get_absolute_url()}?page={page}#item-{item.pk}"
