"""The topic tree, one topic's page, and what curators change there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from papers import access
from papers.http import (
    MemberRequest,
    PageRequest,
    get_request_lab,
    get_request_state,
    public_reading,
    redirect_page,
    render_if_changed,
    render_page,
    require_curator,
)
from papers.models import Event, Member, Topic
from papers.text.numbers import read_number
from papers.topics.actions.listings import change_listing, order_listings, unlist_paper
from papers.topics.actions.nodes import TopicCycle, TopicExists, TopicTooDeep, add_topic
from papers.topics.forms import NoteForm, PlaceForm, TopicEditForm, TopicForm
from papers.topics.index_html import render_index
from papers.topics.merging.queries import find_moved
from papers.topics.placing.actions import edit_topic
from papers.topics.queries.shelves import fill_shelves
from papers.topics.queries.topic_page import TopicPage, get_topic_page
from papers.topics.queries.tree import (
    count_unsorted,
    list_nav_topics,
    list_topic_choices,
    list_topic_tree,
)
from papers.writing.views import in_turn, offer_undo, once

LAST_PAGE = 10_000

REFUSALS = (TopicExists, TopicCycle, TopicTooDeep)


@require_http_methods(["GET", "HEAD", "POST"])
@public_reading
@once
def topic_list(request: PageRequest) -> HttpResponse:
    """The tree with its coverage; a curator's POST adds a topic."""
    if request.method != "POST":
        return show_tree(request, form=_make_empty_form(request))
    by, form = _get_curator(request), _make_form(request, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        parent = _find_topic(request, data["parent"])
        if topic := _try(
            form,
            lambda: add_topic(
                name=data["name"],
                description=data["description"],
                parent=parent,
                by=by,
                at=timezone.now(),
            ),
        ):
            return redirect_page(request, topic.get_absolute_url())
    return show_tree(request, form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@public_reading
@in_turn
def topic_detail(request: PageRequest, path: str) -> HttpResponse:
    """One topic in curated order; a curator's POST changes its name, place and description."""
    if request.method == "POST":
        return _change_topic(request, path)
    return render_if_changed(request, lambda: _show_topic_or_moved(request, path))


def _show_topic_or_moved(request: PageRequest, path: str) -> HttpResponse:
    page = _get_page(request, path)
    if page is None:
        return _redirect_to_moved(request, path)
    return _show_topic(request, page)


@require_safe
@public_reading
def topic_branch(request: PageRequest, pk: int) -> HttpResponse:
    """What stands below a topic, for the index at the side; by itself it leads to the topic."""
    lab = get_request_lab(request)
    topic = get_object_or_404(access.topics_visible_to(request.user, lab), pk=pk)
    if not request.htmx:
        return redirect_page(request, topic.get_absolute_url())
    return HttpResponse(render_index(list_nav_topics(request.user, lab, below=pk)))


@require_POST
@require_curator
@in_turn
def listing_note(request: MemberRequest, pk: int) -> HttpResponse:
    """Write what is said of a paper under its topic."""
    listings = access.listings_visible_to(request.user, get_request_lab(request))
    listing = get_object_or_404(listings.select_related("topic"), pk=pk)
    form = NoteForm(request.POST, initial={"note": listing.note})
    if not form.is_valid():
        page = _get_page(request, listing.topic.path)
        return _show_topic(request, page, wrong=listing.pk, note_form=form, status=422)
    note = form.cleaned_data["note"]
    change_listing(listing=listing, note=note, by=request.user, at=timezone.now())
    return _answer_listing(request, listing.topic)


@require_POST
@require_curator
def listing_position(request: MemberRequest, pk: int) -> HttpResponse:
    """Move a paper within its topic."""
    listings = access.listings_visible_to(request.user, get_request_lab(request))
    listing = get_object_or_404(listings.select_related("topic"), pk=pk)
    keys = list(listing.topic.listings.values_list("pk", flat=True))
    order = reorder(keys, pk, PlaceForm(request.POST))
    order_listings(topic=listing.topic, listings=order, by=request.user, at=timezone.now())
    return _answer_listing(request, listing.topic)


@require_POST
@require_curator
def listing_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a paper out of a topic."""
    listings = access.listings_visible_to(request.user, get_request_lab(request))
    listing = get_object_or_404(listings.select_related("topic", "paper"), pk=pk)
    at = timezone.now()
    unlist_paper(listing=listing, by=request.user, at=at)
    said = _("Removed “%(title)s” from this topic.") % {"title": listing.paper}
    offer_undo(request, said, Event.Kind.TOPIC_CHANGED, at)
    return _answer_listing(request, listing.topic)


def _change_topic(request: PageRequest, path: str) -> HttpResponse:
    by = _get_curator(request)
    topics = access.topics_visible_to(request.user, get_request_lab(request))
    topic = get_object_or_404(topics, path=path)
    form = _make_edit_form(request, topic, request.POST)
    if form.is_valid():
        at = timezone.now()
        changed = _try(form, lambda: _apply(request, topic, form, by, at))
        if changed:
            asked = cast("MemberRequest", request)
            offer_undo(asked, _("Topic saved."), Event.Kind.TOPIC_CHANGED, at)
            return redirect_page(request, changed.get_absolute_url())
    return _show_topic(request, _get_page(request, path), form=form, status=422)


def _apply(request: PageRequest, topic: Topic, form: TopicForm, by: Member, at: datetime) -> Topic:
    """Name, description and place together: a refusal of one leaves all as it was."""
    data = form.cleaned_data
    return edit_topic(
        topic=topic,
        name=data["name"],
        description=data["description"],
        parent=_find_topic(request, data["parent"]),
        by=by,
        at=at,
    )


def _get_curator(request: PageRequest) -> Member:
    member = access.get_member(request.user)
    if member is None or not access.can_curate(member):
        raise PermissionDenied(_("Only curators can edit topics."))
    return member


def _make_form(request: PageRequest, *args: Any, **kwargs: Any) -> TopicForm:
    choices = list_topic_choices(request.user, get_request_lab(request))
    return TopicForm(*args, topics=choices, **kwargs)


def _make_empty_form(request: PageRequest) -> TopicForm | None:
    """The form, for those who may send it."""
    if not access.can_curate(request.user):
        return None
    return _make_form(request, initial={"parent": request.GET.get("under", "")})


def _find_topic(request: PageRequest, pk: int | None) -> Topic | None:
    topics = access.topics_visible_to(request.user, get_request_lab(request))
    return get_object_or_404(topics, pk=pk) if pk else None


def _try(form: TopicForm, change: Callable[[], Topic]) -> Topic | None:
    try:
        return change()
    except REFUSALS as refusal:
        field = "name" if isinstance(refusal, TopicExists) else "parent"
        form.add_error(field, str(refusal))
        return None


def _get_page(request: PageRequest, path: str) -> TopicPage | None:
    page = read_number(request.GET.get("page", ""), most=LAST_PAGE) or 1
    lab, state = get_request_lab(request), get_request_state(request)
    return get_topic_page(path, request.user, lab, page=page, state=state)


def _redirect_to_moved(request: PageRequest, path: str) -> HttpResponse:
    """A topic that was renamed, moved or merged is met under its earlier addresses."""
    topics = access.topics_visible_to(request.user, get_request_lab(request))
    found = find_moved(path, topics)
    if found is None:
        raise Http404("There is no topic at this address.")
    return HttpResponsePermanentRedirect(found.get_absolute_url())


def show_tree(
    request: PageRequest,
    *,
    form: TopicForm | None = None,
    is_editing: bool = False,
    moved: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of the tree, or the tree alone for htmx; `is_editing` shows how to move topics, and
    the one that was `moved` keeps the focus."""
    viewer, lab = request.user, get_request_lab(request)
    topics = list_topic_tree(viewer, lab, state=get_request_state(request))
    fill_shelves(topics, viewer, lab)
    context = {
        "topics": topics,
        "form": form,
        "count": sum(1 for root in topics for _ in root.walk()),
        "unsorted": count_unsorted(viewer, lab) if access.can_curate(viewer) else 0,
        "moved": moved,
        "step": request.POST.get("step", ""),
        "is_editing": is_editing or (form is not None and "edit" in request.GET),
        "is_adding": form is not None and (status == 422 or "under" in request.GET),
    }
    tree = ["topic-tree"]
    return render_page(request, "topics/topic_list.html", context, fragments=tree, status=status)


def _show_topic(
    request: PageRequest,
    page: TopicPage | None,
    *,
    form: TopicForm | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    if page is None:
        raise Http404("There is no topic at this address.")
    is_editing = access.can_curate(request.user) and ("edit" in request.GET or status == 422)
    if is_editing and form is None:
        form = _make_edit_form(request, Topic.objects.get(pk=page.node.id))
    context |= {
        "page": page,
        "nav_index": render_index(page.nav),
        "form": form,
        "is_editing": is_editing,
    }
    return render_page(
        request, "topics/topic_detail.html", context, fragments=["listings"], status=status
    )


def _make_edit_form(request: PageRequest, topic: Topic, *args: Any) -> TopicEditForm:
    lab = get_request_lab(request)
    choices = list_topic_choices(request.user, lab, outside=topic.path)
    names = {"name": topic.name, "parent": topic.parent_id, "description": topic.description}
    return TopicEditForm(*args, initial=names, topics=choices)


def _answer_listing(request: MemberRequest, topic: Topic) -> HttpResponse:
    """The listings anew where htmx asked for them, else the page on which they are edited."""
    if request.htmx.target != "listings":
        return redirect_page(request, f"{topic.get_absolute_url()}?edit")
    page = _get_page(request, topic.path)
    context = {"page": page, "is_editing": True}
    return render_page(request, "topics/topic_detail.html", context, fragments=["listings"])


def reorder(keys: Sequence[int], moved: int, form: PlaceForm) -> list[int]:
    """The keys with one moved by a step or to a place; as they were when neither is said."""
    if not form.is_valid() or moved not in keys:
        return list(keys)
    before = keys.index(moved)
    place = form.cleaned_data["place"]
    target = place - 1 if place else before + (form.cleaned_data["step"] or 0)
    rest = [key for key in keys if key != moved]
    target = max(0, min(target, len(rest)))
    return [*rest[:target], moved, *rest[target:]]
