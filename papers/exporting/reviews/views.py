"""One review taken out: as Markdown, and at a secret address for a reader outside the lab."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from papers import access
from papers.exporting.actions.bibliography_links import hash_token
from papers.exporting.formats.review_letters import write_letter, write_review
from papers.exporting.reviews.actions import share_review, unshare_review
from papers.exporting.reviews.queries import find_shared_review, get_review_record
from papers.exporting.views.files import NOTHING
from papers.http import (
    MemberRequest,
    PageRequest,
    get_request_lab,
    public_reading,
    redirect_page,
    render_page,
)
from papers.models import Review
from papers.text.pictures import complete_addresses
from papers.text.sections import PARTS
from papers.text.titles import title_slug
from papers.writing.views import once, read_secret, redirect_to_secret


@require_safe
@public_reading
def review_markdown(request: PageRequest, pk: int) -> HttpResponse:
    """A review that the viewer may read, as a Markdown file."""
    lab = get_request_lab(request)
    rows = access.reviews_visible_to(request.user, lab).select_related("paper", "member")
    review = get_object_or_404(rows, pk=pk)
    text = write_review(*get_review_record(review, request.user, lab))
    text = complete_addresses(text, settings.SITE_URL)
    name = f"{title_slug(review.paper.title)}-{review.member.handle}.md"
    return HttpResponse(
        text,
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def review_sharing(request: MemberRequest, pk: int) -> HttpResponse:
    """The secret address of one's own review; a POST makes it, shown only just then."""
    review = _find_own(request, pk)
    here = reverse("review-sharing", args=[pk])
    if request.method == "POST":
        return redirect_to_secret(here, share_review(review=review, at=timezone.now()))
    token = read_secret(request)
    url = request.build_absolute_uri(reverse("shared-review", args=[token])) if token else ""
    records = get_review_record(review, request.user, get_request_lab(request))
    context = {
        "review": review,
        "url": url,
        "is_shared": hasattr(review, "outside_link"),
        "letter": write_letter(*records, url),
    }
    return render_page(request, "exporting/review_sharing.html", context)


@require_POST
def review_sharing_end(request: MemberRequest, pk: int) -> HttpResponse:
    """Close the address of one's own review."""
    if unshare_review(review=_find_own(request, pk)):
        messages.success(request, _("Link revoked. It no longer works."))
    return redirect_page(request, reverse("review-sharing", args=[pk]))


@require_safe
@login_not_required
@never_cache
def shared_review(request: PageRequest, token: str) -> HttpResponse:
    """One review for a reader outside, and nothing else of the lab."""
    review = find_shared_review(hash_token(token))
    if review is None:
        raise Http404(NOTHING)
    lab = get_request_lab(request)
    paper, record = get_review_record(review, review.member, lab)
    parts = [(section, record.html[section.key]) for section in PARTS if record.html[section.key]]
    context = {"paper": paper, "review": record, "parts": parts, "shared": review}
    return render_page(request, "exporting/shared_review.html", context)


def _find_own(request: MemberRequest, pk: int) -> Review:
    rows = access.reviews_editable_by(request.user).filter(deleted_at__isnull=True)
    return get_object_or_404(rows.select_related("paper", "member", "outside_link"), pk=pk)
