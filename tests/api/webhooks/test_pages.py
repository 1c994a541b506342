"""The curators' pages of webhooks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from papers.api.webhooks.actions.delivering import SENDING, send_once
from papers.models import Event, Member, WebhookDelivery, WebhookEndpoint
from tests import make
from tests.api.webhooks.receiver import Receiver
from tests.clock import Clock

PAGE = "/curation/webhooks/"
DATA = {
    "name": "Robot",
    "url": "https://robot.example/hook?key=hush",
    "kinds-2": "review-published",
}


@pytest.fixture
def desk(cora: Member) -> Client:
    return make.browser(cora)


def test_a_webhook_is_added_and_its_secret_shown_once(desk: Client):
    answer = desk.post(PAGE, DATA)
    endpoint = WebhookEndpoint.objects.get()
    assert endpoint.kinds == ["review-published"]
    assert answer["Location"] == f"{PAGE}{endpoint.pk}/"
    assert endpoint.secret.startswith("whsec_")
    page = desk.get(answer["Location"]).text
    assert endpoint.secret in page
    other = make.browser(make.member("dora", role=Member.Role.CURATOR))
    assert endpoint.secret not in other.get(answer["Location"]).text
    raw = WebhookEndpoint.objects.extra(select={"raw": "secret"}).values("raw")
    assert endpoint.secret not in str(raw)
    assert "hush" not in desk.get(PAGE).text
    before = endpoint.secret
    shown = desk.post(f"{PAGE}{endpoint.pk}/secret/")
    endpoint.refresh_from_db()
    assert endpoint.secret != before
    assert endpoint.secret in desk.get(shown["Location"]).text
    assert Event.objects.filter(kind=Event.Kind.LAB_CHANGED).count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"url": "no address"}, {"url": "https://127.0.0.1/"}, {"kinds-2": ""},
        {"url": "http://robot.example/"}, {"kinds-2": "lab-changed"}, {"kinds-0": "draft-offered"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(desk: Client, wrong: dict[str, str]):
    sent = {name: value for name, value in (DATA | wrong).items() if value}
    assert desk.post(PAGE, sent).status_code == 422
    assert not WebhookEndpoint.objects.exists()


def test_an_address_is_added_once_and_may_be_changed(desk: Client):
    desk.post(PAGE, DATA)
    assert "already uses this address" in desk.post(PAGE, DATA | {"name": "Twin"}).text
    endpoint = WebhookEndpoint.objects.get()
    page = desk.get(f"{PAGE}{endpoint.pk}/").text
    assert 'value="review-published" id="id_kinds-2_0" checked' in page
    changed = {"name": "Bot", "url": endpoint.url, "kinds-0": ["paper-added", "paper-changed"]}
    assert desk.post(f"{PAGE}{endpoint.pk}/", changed).status_code == 302
    endpoint.refresh_from_db()
    assert (endpoint.name, endpoint.kinds) == ("Bot", ["paper-added", "paper-changed"])


def test_testing_sending_again_turning_off_and_on_and_removing(
    desk: Client, receiver: Receiver, endpoint: WebhookEndpoint
):
    url = f"{PAGE}{endpoint.pk}/"
    desk.post(f"{url}test/")
    [job] = ProcrastinateJob.objects.filter(task_name=SENDING)
    receiver.answers = [418]
    send_once(**job.args, at=make.NOW)
    page = desk.get(url).text
    assert "Not delivered" in page
    assert "The server answered 418." in page
    delivery = WebhookDelivery.objects.get()
    ProcrastinateJob.objects.all().delete()
    desk.post(f"{PAGE}deliveries/{delivery.pk}/resending/")
    send_once(pk=ProcrastinateJob.objects.get().args["pk"], at=make.NOW)
    assert receiver.types == ["test"]
    assert "Delivered" in desk.get(url).text
    desk.post(f"{url}pause/")
    assert "Turned off" in desk.get(url).text
    assert "Turned off" in desk.get(PAGE).text
    desk.post(f"{url}activation/")
    endpoint.refresh_from_db()
    assert endpoint.off_at is None
    desk.post(f"{url}removal/")
    assert not WebhookEndpoint.objects.exists()
    assert Event.objects.filter(data__act="webhook-removed", by__name="Cora").exists()


def test_adding_asks_for_the_password_after_a_while(desk: Client, clock: Clock, settings: Any):
    clock.move(settings.CONFIRM_AFTER + timedelta(minutes=1))
    answer = desk.post(PAGE, DATA)
    assert answer.status_code == 422
    assert 'type="password"' in answer.text
    assert not WebhookEndpoint.objects.exists()


def test_members_may_not(desk: Client, endpoint: WebhookEndpoint):
    ben = make.browser(make.member("ben"))
    assert ben.get(PAGE).status_code == 403
    assert ben.post(f"{PAGE}{endpoint.pk}/test/").status_code == 403
