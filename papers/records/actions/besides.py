"""A member with two reviews of one paper says what becomes of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from papers.models import Member, Review
from papers.reviews.actions.publishing import delete_review
from papers.reviews.drafts.author_state import lock_author


def keep_both(*, review: Review, by: Member) -> Review:
    """Both stay, each as it is. Twice is once."""
    with transaction.atomic():
        lock_author(by)
        asked = Review.objects.filter(pk=review.pk, beside=Review.Beside.ASKED)
        asked.update(beside=Review.Beside.KEPT)
    return Review.objects.get(pk=review.pk)


def keep_this(*, review: Review, by: Member, at: datetime) -> Review:
    """This one is the review from now on; the other is deleted, and can be restored for 30 days."""
    with transaction.atomic():
        lock_author(by)
        review = Review.objects.get(pk=review.pk)
        main = Review.objects.main().filter(paper=review.paper_id, member=by).first()
        if main is None or main == review:
            return review
        Review.objects.filter(pk=main.pk).update(beside=Review.Beside.KEPT)
        Review.objects.filter(pk=review.pk).update(beside=Review.Beside.MAIN)
        delete_review(review=main, by=by, at=at)
    return Review.objects.get(pk=review.pk)
