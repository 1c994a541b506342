"""Messages arrive signed, in order and once by their id; nothing that is closed is in them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from papers.activity.sentences import say_event
from papers.api.webhooks.actions import delivering
from papers.api.webhooks.actions.delivering import (
    DELIVERING,
    GAPS,
    deliver_next,
    forget_old_deliveries,
    queue_due,
    send_once,
    send_test,
    write_deliveries,
)
from papers.api.webhooks.actions.endpoints import add_endpoint, turn_on
from papers.catalogue.actions.papers import PaperFacts, add_paper
from papers.claims.actions.claims import claim_paper
from papers.discussion.actions import add_comment
from papers.experiments.actions import Idea, close_experiment, propose_experiments
from papers.models import (
    Event,
    Lab,
    Member,
    Notification,
    Paper,
    WebhookDelivery,
    WebhookEndpoint,
)
from papers.notifications.actions.notifying import create_notifications
from papers.outgoing import AddressRefused
from papers.reviews.actions.publishing import delete_review, publish_review
from papers.reviews.drafts.content import ReviewContent, Stamp
from tests import make
from tests.api.webhooks.receiver import Receiver
from tests.make import NOW

SECRET = "xylophone"


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)


def deliver(endpoint: WebhookEndpoint, at: datetime) -> None:
    """What the worker does when it is woken once."""
    write_deliveries(at=at)
    for _ in range(100):
        if not deliver_next(pk=endpoint.pk, at=at):
            break
    endpoint.refresh_from_db()


def add(title: str, by: Member, at: datetime) -> Paper:
    return add_paper(facts=PaperFacts(title=title), by=by, at=at)


def review(paper: Paper, by: Member, at: datetime) -> None:
    content = ReviewContent(summary=f"A {SECRET}.", takeaway=SECRET)
    publish_review(paper=paper, by=by, at=at, content=content, stamp=Stamp(0, 0))


def test_a_lab_at_work_is_told_in_order(
    receiver: Receiver, endpoint: WebhookEndpoint, cora: Member
):
    ben, at = make.member("ben", name="Ben"), iter(later(minutes=n) for n in range(1, 20))
    paper = add("Graphs that answer", cora, next(at))
    claim_paper(paper=paper, by=ben, at=next(at))
    review(paper, ben, next(at))
    add_comment(subject=paper, body="Which seed?", by=cora, at=next(at))
    [idea] = propose_experiments(ideas=[Idea("Five seeds", "", "", "", "")], by=ben, at=next(at))
    close_experiment(experiment=idea, state="refuted", outcome="No.", by=ben, at=next(at))
    deliver(endpoint, later(hours=1))
    assert receiver.types == [
        "paper.added", "claim.taken", "review.published", "comment.added",
        "experiment.proposed", "experiment.closed",
    ]  # fmt: skip
    assert set(receiver.times) == {int(later(hours=1).timestamp())}
    added, _claimed, published, said, _proposed, closed = receiver.taken.values()
    assert added["timestamp"] == "2026-11-18T12:01:00Z"
    assert added["data"]["text"] == "Cora added Graphs that answer"
    assert added["data"]["paper"]["url"].endswith(paper.get_absolute_url())
    assert published["data"]["by"] == "ben"
    assert published["data"]["review"]["takeaway"] == SECRET
    assert said["data"]["comment"]["body"] == "Which seed?"
    assert closed["data"]["experiment"]["outcome"] == "No."
    assert len(receiver.arrived) == len(set(receiver.arrived)) == 6
    deliver(endpoint, later(hours=2))
    assert len(receiver.arrived) == 6


def test_only_chosen_kinds_and_only_what_happens_from_now_on(
    receiver: Receiver, endpoint: WebhookEndpoint, cora: Member
):
    WebhookEndpoint.objects.update(kinds=["paper-added"])
    add("Before", cora, later(hours=-1))
    review(add("After", cora, later(minutes=1)), make.member(), later(minutes=2))
    deliver(endpoint, later(minutes=3))
    assert [one["data"]["paper"]["title"] for one in receiver.taken.values()] == ["After"]
    add("Late", cora, later(minutes=1, seconds=30))  # its transaction took a while
    deliver(endpoint, later(minutes=4))
    assert len(receiver.taken) == 2


def test_a_review_that_is_closed_to_somebody_says_nothing(
    receiver: Receiver, endpoint: WebhookEndpoint, cora: Member, closed_lab: Lab
):
    ben, dora, paper = make.member("ben"), make.member("dora"), make.paper("Known")
    claim_paper(paper=paper, by=dora, at=later(minutes=1))
    review(paper, ben, later(minutes=2))
    published = ben.reviews.get()
    ideas = [Idea(f"Try the {SECRET}", "", "", "", "")]
    propose_experiments(ideas=ideas, by=ben, at=later(minutes=3), review=published)
    add_comment(subject=published, body=SECRET, by=cora, at=later(minutes=4))
    deliver(endpoint, later(minutes=5))
    assert receiver.types == ["claim.taken", "review.published"]
    assert SECRET not in json.dumps(list(receiver.taken.values()))
    unsent = WebhookDelivery.objects.filter(attempts=0)
    assert {one.event.kind for one in unsent if one.event} == {
        "experiment-proposed", "comment-added",
    }  # fmt: skip
    review(paper, dora, later(minutes=6))
    deliver(endpoint, later(minutes=7))
    assert SECRET in json.dumps(list(receiver.taken.values())[-1])


def test_what_was_deleted_before_it_was_sent_is_not_sent(
    receiver: Receiver, endpoint: WebhookEndpoint, cora: Member
):
    ben, paper = make.member("ben"), make.paper()
    review(paper, ben, later(minutes=1))
    add_comment(subject=ben.reviews.get(), body=SECRET, by=cora, at=later(minutes=2))
    receiver.answers = [503]
    deliver(endpoint, later(minutes=3))
    delete_review(review=ben.reviews.get(), by=ben, at=later(minutes=4))
    deliver(endpoint, later(minutes=5))
    assert receiver.types == ["review.published", "review.deleted"]
    assert SECRET not in json.dumps(list(receiver.taken.values()))


def test_a_refused_message_holds_those_behind_it_and_is_tried_with_growing_gaps(
    receiver: Receiver, endpoint: WebhookEndpoint, cora: Member
):
    add("First", cora, later(seconds=1))
    add("Second", cora, later(seconds=2))
    receiver.answers = [500, 302, 429]
    at = later(seconds=3)
    for number, gap in enumerate(GAPS[:3], 1):
        deliver(endpoint, at)
        assert endpoint.failures == number
        deliver(endpoint, at + gap - timedelta(seconds=1))
        assert len(receiver.arrived) == number, "not before its time"
        at += gap
    deliver(endpoint, at)
    assert [one["data"]["paper"]["title"] for one in receiver.taken.values()] == ["First", "Second"]
    assert len(set(receiver.arrived[:4])) == 1, "one id for one event"
    assert endpoint.failures == 0
    assert WebhookDelivery.objects.get(attempts=4).status == 204


def test_a_worker_that_is_killed_sends_the_same_id_again(
    receiver: Receiver, endpoint: WebhookEndpoint, cora: Member
):
    add("Once", cora, later(seconds=1))
    write_deliveries(at=later(seconds=2))
    with transaction.atomic():
        deliver_next(pk=endpoint.pk, at=later(seconds=2))
        transaction.set_rollback(True)  # the server has it, and nothing of it was committed
    deliver(endpoint, later(seconds=60))
    assert len(receiver.arrived) == 2
    assert len(receiver.taken) == 1


def test_after_many_refusals_it_is_turned_off_and_curators_hear_of_it(
    receiver: Receiver, endpoint: WebhookEndpoint, cora: Member
):
    create_notifications(at=NOW)
    add("Never taken", cora, later(seconds=1))
    receiver.answers = [500] * 100
    at = later(seconds=2)
    for gap in (*GAPS, timedelta()):
        deliver(endpoint, at)
        at += gap
    assert endpoint.off_at
    assert endpoint.problem == "The server answered 500."
    assert len(receiver.arrived) == len(GAPS) + 1
    create_notifications(at=at)
    [notice] = Notification.objects.filter(member=cora, event__kind=Event.Kind.LAB_CHANGED)
    assert say_event(notice.event) == "The webhook {what} failed and was turned off"
    add("While it is off", cora, at)
    deliver(endpoint, at + timedelta(hours=1))
    assert len(receiver.arrived) == len(GAPS) + 1
    receiver.answers = []
    turn_on(endpoint=endpoint, by=cora, at=at + timedelta(hours=2))
    add("On again", cora, at + timedelta(hours=3))
    deliver(endpoint, at + timedelta(hours=4))
    assert [one["data"]["paper"]["title"] for one in receiver.taken.values()] == ["On again"]


def test_a_receiver_that_is_gone_is_turned_off_at_once(
    receiver: Receiver, endpoint: WebhookEndpoint, cora: Member
):
    add("A paper", cora, later(seconds=1))
    receiver.answers = [410]
    deliver(endpoint, later(seconds=2))
    assert endpoint.off_at == later(seconds=2)
    assert Event.objects.filter(kind=Event.Kind.LAB_CHANGED, by=None).count() == 1


def test_no_private_address_is_asked(
    receiver: Receiver, endpoint: WebhookEndpoint, cora: Member, settings: Any
):
    settings.WEBHOOK_LOCAL_HOSTS = False
    add("A paper", cora, later(seconds=1))
    deliver(endpoint, later(seconds=2))
    assert receiver.arrived == []
    assert "https://" in WebhookDelivery.objects.get().problem
    for url in ("https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1/", "http://a.example/"):
        with pytest.raises(AddressRefused):
            add_endpoint(name="Inside", url=url, kinds=["paper-added"], by=cora, at=NOW)


def test_a_test_and_sending_again(receiver: Receiver, endpoint: WebhookEndpoint, cora: Member):
    receiver.answers = [500]
    test = send_test(endpoint=endpoint, at=NOW)
    assert ProcrastinateJob.objects.filter(task_name=delivering.SENDING).count() == 1
    send_once(pk=test.pk, at=NOW)
    endpoint.refresh_from_db()
    assert (endpoint.failures, receiver.taken) == (0, {}), "a test turns nothing off"
    send_once(pk=test.pk, at=NOW)
    assert receiver.types == ["test"]
    add("A paper", cora, later(seconds=1))
    deliver(endpoint, later(seconds=2))
    delivery = WebhookDelivery.objects.get(event__isnull=False)
    send_once(pk=delivery.pk, at=later(minutes=9))
    assert receiver.arrived.count(delivery.key) == 2
    assert forget_old_deliveries(at=later(days=31)) == 2


def test_the_clock_queues_one_job_for_each_endpoint(endpoint: WebhookEndpoint, cora: Member):
    assert queue_due(at=NOW) == 0
    add("A paper", cora, later(seconds=1))
    write_deliveries(at=later(seconds=2))
    assert queue_due(at=later(seconds=2)) == 1
    assert queue_due(at=later(seconds=3)) == 0, "it waits in the queue already"
    assert ProcrastinateJob.objects.filter(task_name=DELIVERING).count() == 1
