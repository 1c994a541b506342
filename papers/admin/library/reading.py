"""Tables of reading: claims, reviews and their versions, comments. The rule of visibility holds.

What a curator may not read on the site, she may not read here: while independent reviews are on,
others' reviews of a paper that she has claimed stay closed. Drafts are their authors' alone: only
one's own are listed, and no text of theirs is ever shown here, because the panel's searches and
filters would else be a second way to it.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from papers import access
from papers.admin.site import ReadPanel, Rows, get_lab, get_viewer
from papers.claims.actions.claims import ClaimRefused, extend_claim, release_claim
from papers.discussion.actions import remove_comment
from papers.models import (
    Claim,
    Comment,
    CommentRevision,
    CritiquePoint,
    CritiqueQuestion,
    ReadMark,
    Review,
    ReviewDraft,
    ReviewRevision,
)
from papers.reviews.actions.publishing import delete_review


@admin.register(Claim)
class ClaimPanel(ReadPanel):
    """Who reads what. Slots and limits are kept by actions."""

    list_display = ["paper", "member", "claimed_at", "due_on", "extended_at", "ending", "ended_at"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter), "ending", "due_on"]
    list_select_related = ["paper", "member"]
    search_fields = ["paper__title", "member__name", "member__handle"]
    date_hierarchy = "claimed_at"
    ordering = ["-claimed_at", "-pk"]
    actions = ["release", "extend"]

    @admin.action(description=_("Release"), permissions=["view"])
    def release(self, request: HttpRequest, queryset: Rows) -> None:
        """Give these papers back to the pool."""
        by, now = get_viewer(request), timezone.now()
        rows = list(queryset.filter(ended_at=None) & access.claims_changeable_by(by))
        for claim in rows:
            release_claim(claim=claim, by=by, at=now)
        n = len(rows)
        self.message_user(
            request, ngettext("%(n)s claim released.", "%(n)s claims released.", n) % {"n": n}
        )

    @admin.action(description=_("Extend by one lease"), permissions=["view"])
    def extend(self, request: HttpRequest, queryset: Rows) -> None:
        """Those that were not extended yet."""
        by, now = get_viewer(request), timezone.now()
        done, refused = 0, []
        for claim in queryset:
            try:
                extend_claim(claim=claim, by=by, at=now)
                done += 1
            except ClaimRefused as refusal:
                refused.append(str(refusal))
        self.message_user(
            request, ngettext("%(n)s claim extended.", "%(n)s claims extended.", done) % {"n": done}
        )
        if refused:
            n = len(refused)
            said = ngettext("%(n)s claim unchanged.", "%(n)s claims unchanged.", n) % {"n": n}
            said = f"{said} {refused[0]}"
            self.message_user(request, said, messages.WARNING)


@admin.register(Review)
class ReviewPanel(ReadPanel):
    """Published reviews; their words are their authors'."""

    list_display = ["paper", "member", "verdict", "depth", "number", "published_at", "changed_at"]
    list_filter = ["verdict", "depth"]
    list_select_related = ["paper", "member"]
    search_fields = ["paper__title", "member__name", "takeaway", "summary"]
    date_hierarchy = "published_at"
    exclude = ["guidance"]
    actions = ["take_back"]

    def get_queryset(self, request: HttpRequest) -> Rows:
        """What the viewer may read."""
        readable = access.reviews_visible_to(get_viewer(request), get_lab(request))
        return super().get_queryset(request).filter(pk__in=readable.values("pk"))

    @admin.action(description=_("Delete (authors can restore)"), permissions=["view"])
    def take_back(self, request: HttpRequest, queryset: Rows) -> None:
        """For what should not stand; nothing is lost."""
        rows, by, now = list(queryset), get_viewer(request), timezone.now()
        for review in rows:
            delete_review(review=review, by=by, at=now)
        n = len(rows)
        self.message_user(
            request, ngettext("%(n)s review deleted.", "%(n)s reviews deleted.", n) % {"n": n}
        )


@admin.register(ReviewRevision)
class RevisionPanel(ReadPanel):
    """Versions of reviews, never changed."""

    list_display = ["review", "number", "published_at", "published_by"]
    list_select_related = ["review__paper", "review__member", "published_by"]
    search_fields = ["review__paper__title", "published_by__name"]
    date_hierarchy = "published_at"
    exclude = ["guidance"]

    def get_queryset(self, request: HttpRequest) -> Rows:
        """What the viewer may read."""
        readable = access.revisions_visible_to(get_viewer(request), get_lab(request))
        return super().get_queryset(request).filter(pk__in=readable.values("pk"))


@admin.register(ReviewDraft)
class DraftPanel(ReadPanel):
    """One's own drafts, without their text."""

    list_display = ["paper", "version", "started_at", "saved_at", "discarded_at"]
    fields = ["paper", "version", "started_at", "saved_at", "discarded_at"]
    list_select_related = ["paper"]
    search_fields = ["paper__title"]

    def get_queryset(self, request: HttpRequest) -> Rows:
        """One's own, also for administrators."""
        own = access.drafts_of(get_viewer(request))
        return super().get_queryset(request).filter(pk__in=own.values("pk"))


class OfReviews(ReadPanel):
    """Rows that repeat a review's words."""

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Those of reviews that the viewer may read."""
        readable = access.reviews_visible_to(get_viewer(request), get_lab(request))
        return super().get_queryset(request).filter(review__in=readable.values("pk"))


@admin.register(CritiquePoint)
class PointPanel(OfReviews):
    """Points of critiques and whether they still stand."""

    list_display = ["text", "state", "review", "changed_at"]
    list_filter = ["state"]
    list_select_related = ["review__paper", "review__member"]
    search_fields = ["text", "review__paper__title"]


@admin.register(CritiqueQuestion)
class CritiqueQuestionPanel(OfReviews):
    """Who was asked whether a critique still stands."""

    list_display = ["review", "version", "asked_at", "answered_at"]
    list_filter = [("answered_at", admin.EmptyFieldListFilter)]
    list_select_related = ["review__paper", "review__member"]
    search_fields = ["review__paper__title", "version"]
    date_hierarchy = "asked_at"


@admin.register(Comment)
class CommentPanel(ReadPanel):
    """The discussion."""

    list_display = ["excerpt", "author", "created_at", "edited_at", "resolved_at", "deleted_at"]
    list_display_links = ["excerpt"]
    list_filter = [
        ("resolved_at", admin.EmptyFieldListFilter),
        ("deleted_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["author"]
    search_fields = ["body", "author__name", "author__handle"]
    date_hierarchy = "created_at"
    actions = ["remove"]

    @admin.display(description=_("comment"))
    def excerpt(self, comment: Comment) -> str:
        """Its beginning; a deleted one keeps its place only."""
        return "(deleted)" if comment.deleted_at else comment.body[:80]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A deleted comment's words are gone for all but its author, here too."""
        fields = [str(name) for name in super().get_fields(request, obj)]
        return [name for name in fields if name != "body"] if obj and obj.deleted_at else fields

    def get_queryset(self, request: HttpRequest) -> Rows:
        """What the viewer may read."""
        readable = access.comments_visible_to(get_viewer(request), get_lab(request))
        return super().get_queryset(request).filter(pk__in=readable.values("pk"))

    def get_search_results(
        self, request: HttpRequest, queryset: Rows, search_term: str
    ) -> tuple[Rows, bool]:
        """A search finds no deleted comment: it would tell which words it had."""
        rows = queryset.filter(deleted_at__isnull=True) if search_term else queryset
        return super().get_search_results(request, rows, search_term)

    @admin.action(description=_("Delete comments (replies stay)"), permissions=["view"])
    def remove(self, request: HttpRequest, queryset: Rows) -> None:
        """For what should not stand."""
        by, now = get_viewer(request), timezone.now()
        removable = access.comments_removable_by(by, get_lab(request)).values("pk")
        rows = list(queryset.filter(pk__in=removable))
        for comment in rows:
            remove_comment(comment=comment, by=by, at=now)
        n = len(rows)
        self.message_user(
            request, ngettext("%(n)s comment deleted.", "%(n)s comments deleted.", n) % {"n": n}
        )


@admin.register(CommentRevision)
class CommentRevisionPanel(ReadPanel):
    """Earlier versions of comments that stand."""

    list_display = ["comment", "number", "written_at"]
    list_select_related = ["comment"]
    search_fields = ["body"]
    date_hierarchy = "written_at"

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Those of comments that the viewer may read and that were not deleted."""
        readable = access.comments_visible_to(get_viewer(request), get_lab(request))
        standing = readable.filter(deleted_at__isnull=True)
        return super().get_queryset(request).filter(comment__in=standing.values("pk"))


@admin.register(ReadMark)
class ReadMarkPanel(ReadPanel):
    """Up to where one has read; one's own only: what others read is theirs."""

    list_display = ["pk", "read_at", "paper", "review", "experiment"]
    list_select_related = ["paper", "review__paper", "review__member", "experiment"]
    search_fields = ["paper__title"]

    def get_queryset(self, request: HttpRequest) -> Rows:
        """One's own, of discussions that are open to one."""
        viewer = get_viewer(request)
        seen = access.experiments_visible_to(viewer, get_lab(request))
        is_open = Q(experiment__isnull=True) | Q(experiment__in=seen.values("pk"))
        return super().get_queryset(request).filter(is_open, member=viewer)
