"""The discussion of a paper, a review or an experiment: as a page, and as part of theirs."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from papers import access
from papers.discussion import actions, queries
from papers.discussion.forms import CommentForm, ReadingForm
from papers.discussion.queries import Kind, Subject
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page
from papers.models import Comment, Event, Experiment, Review
from papers.models.comment import CommentQuerySet
from papers.people import make_person
from papers.text import addresses
from papers.writing.views import offer_undo, once

PAGE = "discussion/comment_list.html"


@require_http_methods(["GET", "HEAD", "POST"])
@once
def comment_list(request: MemberRequest, kind: Kind, pk: int) -> HttpResponse:
    """Read a discussion, or open a thread in it."""
    subject = _get_subject(request, kind, pk)
    if request.method != "POST":
        return _show(request, subject)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _show(request, subject, status=422, form=form)
    comment = actions.add_comment(
        subject=subject, body=form.cleaned_data["body"], by=request.user, at=timezone.now()
    )
    return _answer(request, comment)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def comment_reply(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer a thread."""
    parent = get_object_or_404(_find(request).filter(parent=None), pk=pk)
    subject = queries.get_subject(parent)
    form = CommentForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound or request.method == "POST" else 200
        return _show(request, subject, status=status, reply_form=form, answered=parent.pk)
    comment = actions.add_comment(
        subject=subject,
        body=form.cleaned_data["body"],
        by=request.user,
        at=timezone.now(),
        parent=parent,
    )
    return _answer(request, comment)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def comment_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Write one's own comment anew."""
    lab = get_request_lab(request)
    comment = get_object_or_404(_join(access.comments_editable_by(request.user, lab)), pk=pk)
    if request.method != "POST":
        form = CommentForm({"body": comment.body, "number": comment.number})
        return _show_edit(request, comment, form)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _show_edit(request, comment, form, status=422)
    body, number = form.cleaned_data["body"], form.cleaned_data["number"] or 0
    try:
        comment = actions.edit_comment(
            comment=comment, body=body, number=number, by=request.user, at=timezone.now()
        )
    except actions.StaleComment as stale:
        form = CommentForm({"body": body, "number": stale.comment.number})
        return _show_edit(request, comment, form, status=409, standing=stale.comment)
    return _answer(request, comment)


@require_safe
def comment_history(request: MemberRequest, pk: int) -> HttpResponse:
    """Every text of a comment that was edited."""
    comment = get_object_or_404(_find(request).current(), pk=pk)
    context = {
        "comment": comment,
        "author": make_person(comment.author, request.user),
        "revisions": queries.list_revisions(comment),
        "subject": describe(queries.get_subject(comment)),
    }
    return render_page(request, "discussion/comment_history.html", context)


@require_POST
def comment_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Delete a comment; its place stays."""
    rows = access.comments_removable_by(request.user, get_request_lab(request))
    comment = get_object_or_404(_join(rows), pk=pk)
    at = timezone.now()
    actions.remove_comment(comment=comment, by=request.user, at=at)
    offer_undo(request, _("Comment deleted."), Event.Kind.COMMENT_DELETED, at)
    return _answer(request, comment)


@require_POST
def comment_return(request: MemberRequest, pk: int) -> HttpResponse:
    """Undo the deletion."""
    rows = access.comments_restorable_by(request.user, get_request_lab(request))
    comment = get_object_or_404(_join(rows), pk=pk)
    actions.restore_comment(comment=comment, by=request.user, at=timezone.now())
    return _answer(request, comment)


@require_POST
def comment_resolution(request: MemberRequest, pk: int) -> HttpResponse:
    """Settle a thread, or open it again when the button says so."""
    thread = get_object_or_404(_find(request).filter(parent=None), pk=pk)
    act = actions.reopen_thread if request.POST.get("open") else actions.resolve_thread
    act(thread=thread, by=request.user, at=timezone.now())
    return _answer(request, thread)


@require_POST
def comment_reading(request: MemberRequest, kind: Kind, pk: int) -> HttpResponse:
    """Mark a discussion as read up to what the page showed."""
    subject = _get_subject(request, kind, pk)
    form = ReadingForm(request.POST)
    until = form.cleaned_data["until"] if form.is_valid() else timezone.now()
    actions.mark_read(subject=subject, by=request.user, until=min(until, timezone.now()))
    if request.htmx and not request.htmx.target:
        return HttpResponse(status=204)
    return _show(request, subject) if request.htmx else redirect_page(request, _page_of(subject))


def describe(subject: Subject) -> dict[str, str]:
    """What the head of the discussion's page says: the subject's name and its page."""
    title, word = str(subject), _("Discussion")
    if isinstance(subject, Review):
        title = str(subject.paper)
        word = _("Discussion of %(name)s's review") % {"name": subject.member}
    elif isinstance(subject, Experiment):
        word = _("Discussion of an experiment")
    return {"title": title, "url": subject.get_absolute_url(), "word": word}


def _get_subject(request: MemberRequest, kind: Kind, pk: int) -> Subject:
    return get_object_or_404(
        queries.find_subjects(kind, request.user, get_request_lab(request)), pk=pk
    )


def _find(request: MemberRequest) -> CommentQuerySet:
    return _join(access.comments_visible_to(request.user, get_request_lab(request)))


def _join(comments: CommentQuerySet) -> CommentQuerySet:
    return comments.select_related(
        "author", "paper", "review__paper", "review__member", "experiment", "parent"
    )


def _show_edit(
    request: MemberRequest, comment: Comment, form: CommentForm, status: int = 200, **context: Any
) -> HttpResponse:
    subject = queries.get_subject(comment)
    return _show(request, subject, status=status, edit_form=form, edited=comment.pk, **context)


def _show(
    request: MemberRequest, subject: Subject, *, status: int = 200, event: str = "", **context: Any
) -> HttpResponse:
    """The discussion as it stands: the whole page, or its part where htmx asks for it."""
    discussion = queries.list_threads(subject, request.user, get_request_lab(request))
    context |= {"discussion": discussion, "subject": describe(subject), "now": timezone.now()}
    return render_page(request, PAGE, context, fragments=["threads"], status=status, event=event)


def _answer(request: MemberRequest, comment: Comment) -> HttpResponse:
    """After a write: the changed part, or the way back to the comment."""
    subject = queries.get_subject(comment)
    if request.htmx:
        return _show(request, subject, event="comments-changed")
    return redirect_page(request, f"{_page_of(subject)}#comment-{comment.pk}")


def _page_of(subject: Subject) -> str:
    """Where the discussion stands: on the subject's page; that of a review has its own."""
    if isinstance(subject, Review):
        return addresses.review_comments(subject.pk)
    return subject.get_absolute_url()
