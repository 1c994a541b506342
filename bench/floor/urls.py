"""One address."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from bench.floor.models import Member, Paper, Review


def floor(request: HttpRequest, member: int) -> HttpResponse:
    """A member by key, the newest 50 papers, the number of their reviews, a plain table."""
    papers = list(Paper.objects.order_by("-added_at", "-id")[:50])
    reviews = Review.objects.filter(paper__in=papers).values_list("paper")
    counts = dict(reviews.annotate(number=Count("id")))
    context = {
        "member": Member.objects.get(pk=member),
        "rows": [(paper, counts.get(paper.pk, 0)) for paper in papers],
    }
    return render(request, "floor.html", context)


urlpatterns = [path("<int:member>/", floor)]
