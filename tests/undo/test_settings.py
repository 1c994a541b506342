"""What curators set for the lab or about roles: logged with before and after, and undone."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from papers.activity.queries import list_activity
from papers.api.webhooks.actions.endpoints import add_endpoint, change_endpoint
from papers.curation.actions.lab import change_role
from papers.curation.queries import list_questions
from papers.digest.chat.actions import add_webhook
from papers.files.actions import add_logo, remove_unused
from papers.lab_changes.actions import forget_former_webhooks, write_lab
from papers.models import File, FormerWebhook, Lab, Member, Webhook, WebhookEndpoint
from tests import make
from tests.curation.test_appearance import send_logo
from tests.curation.test_lab import SETTINGS
from tests.files.pictures import draw
from tests.make import NOW
from tests.undo.test_undo import find_undo

HOOK = "https://hooks.example.org/T0/s3cret"
KINDS = ["paper-added"]
CHANGED = "This was changed again since, so it can&#x27;t be undone."


def set_settings(ada: Member, browser: Client):
    return browser.post("/curation/lab/", SETTINGS | {"reason": "More <b>hands</b>."}, follow=True)


def set_hour(ada: Member, browser: Client):
    sent = {"digest_weekday": "", "digest_hour": "17"}
    return browser.post("/curation/digest/", sent, follow=True)


def choose_accent(ada: Member, browser: Client):
    return browser.post("/curation/appearance/", {"accent": "petrol"}, follow=True)


def change_logo(ada: Member, browser: Client):
    logo = add_logo(data=draw(size=(60, 60)), name="old.png", alt="An owl", by=ada, at=NOW)
    Lab.objects.update(logo=logo, logo_alt="An owl")
    send_logo(browser, draw(size=(90, 40)), alt="A fox")
    return browser.get("/curation/appearance/")


def remove_logo(ada: Member, browser: Client):
    logo = add_logo(data=draw(size=(60, 60)), name="old.png", alt="An owl", by=ada, at=NOW)
    Lab.objects.update(logo=logo, logo_alt="An owl")
    return browser.post("/curation/appearance/logo/removal/", follow=True)


def announce(ada: Member, browser: Client):
    Lab.objects.update(announcement="Old words", announcement_until=NOW.date())
    sent = {"announcement": "New words", "announcement_until": ""}
    return browser.post("/curation/appearance/announcement/", sent, follow=True)


def ask(ada: Member, browser: Client):
    sent = {"summary": "What is new?\nWhy?", "critique": "Is it true?"}
    return browser.post("/curation/questions/", sent, follow=True)


def give_role(ada: Member, browser: Client):
    make.member("eve", name="Eve", role=Member.Role.CURATOR)
    sent = {"role": "reader", "reason": "Moved to the library."}
    return browser.post("/curation/members/eve/role/", sent, follow=True)


def move_to_alumni(ada: Member, browser: Client):
    make.member("eve", name="Eve")
    sent = {"role": "member", "reason": "Moved to Oslo."}
    return browser.post("/curation/members/eve/leaving/", sent, follow=True)


def reactivate(ada: Member, browser: Client):
    make.member("eve", name="Eve", state=Member.State.ALUMNI)
    return browser.post("/curation/members/eve/return/", follow=True)


def add_hook(ada: Member) -> WebhookEndpoint:
    return add_endpoint(name="Bot", url=HOOK, kinds=KINDS, by=ada, at=NOW)[0]


def change_hook(ada: Member, browser: Client):
    sent = {"name": "Other bot", "url": "https://other.example.org/", "kinds-2": "review-published"}
    return browser.post(f"/curation/webhooks/{add_hook(ada).pk}/", sent, follow=True)


def remove_hook(ada: Member, browser: Client):
    return browser.post(f"/curation/webhooks/{add_hook(ada).pk}/removal/", follow=True)


def remove_channel(ada: Member, browser: Client):
    room = add_webhook(name="General", format="slack", url=HOOK, by=ada, at=NOW)
    return browser.post(f"/curation/digest/rooms/{room.pk}/removal/", follow=True)


ACTS = {
    set_settings: "Reviewers per paper: 2 → 4",
    set_hour: "Day of the digest: Monday → sent manually",
    choose_accent: "Accent color: Plum → Petrol",
    change_logo: "Alternative text of the logo: “An owl” → “A fox”",
    remove_logo: "Alternative text of the logo: “An owl” → none",
    announce: "Announcement: “Old words” → “New words”",
    ask: "Summary: none → “What is new?”, “Why?”",
    give_role: "Curator → Reader",
    move_to_alumni: "moved <a class",
    reactivate: "reactivated",
    change_hook: "changed the webhook",
    remove_hook: "removed the webhook",
    remove_channel: "removed the chat channel",
}
"""Each act with what the log says of it."""


def find_state() -> object:
    """All that these acts set."""
    return [
        Lab.objects.values(*(f.attname for f in Lab._meta.concrete_fields)).get(),
        list_questions(),
        list(Member.objects.order_by("handle").values_list("handle", "role", "state")),
        [(h.pk, h.name, h.url, h.kinds, h.secret, h.off_at) for h in WebhookEndpoint.objects.all()],
        list(Webhook.objects.values_list("name", "format", "url")),
    ]


def prepare(act, ada: Member, browser: Client) -> tuple[object, object, str]:
    """The state after the act and after its undo, and where the undo is."""
    page = act(ada, browser)
    assert page.status_code == 200
    after, undo = find_state(), find_undo(browser)
    assert f'formaction="{undo}"' in page.text, "beside the act"
    return page, after, undo


@pytest.mark.parametrize("act", ACTS)
def test_each_is_logged_and_undone_once(act, lab: Lab, ada: Member, as_ada: Client, as_ben: Client):
    _page, after, undo = prepare(act, ada, as_ada)
    log = as_ben.get("/activity/?kind=curation").text.replace("&#x27;", "'")
    assert ACTS[act] in log, "all members read what changed"
    assert "s3cret" not in log
    assert undo not in log, "who can't undo it is offered nothing"
    assert f'formaction="{undo}"' in as_ada.get("/activity/?kind=curation").text
    assert as_ben.post(undo).status_code == 404
    assert find_state() == after
    answer = as_ada.post(undo, follow=True)
    assert "Undone." in answer.text
    undone = find_state()
    assert undone != after
    assert as_ada.post(undo).status_code == 404
    assert find_state() == undone
    assert "Nothing to undo" in as_ada.get("/activity/undo/").text


def test_settings_are_what_they_were(lab: Lab, ada: Member, as_ada: Client):
    for act in (set_settings, set_hour, choose_accent, ask):
        before = find_state()
        as_ada.post(prepare(act, ada, as_ada)[2])
        assert find_state() == before, act
    as_ada.post(prepare(announce, ada, as_ada)[2])
    lab.refresh_from_db()
    assert (lab.announcement, lab.announcement_until) == ("Old words", NOW.date())
    as_ada.post(prepare(give_role, ada, as_ada)[2])
    assert Member.objects.get(handle="eve").role == Member.Role.CURATOR


def test_webhooks_and_logos_are_what_they_were(lab: Lab, ada: Member, as_ada: Client):
    page, _after, undo = prepare(remove_hook, ada, as_ada)
    assert "s3cret" not in page.text
    secret = json.loads(FormerWebhook.objects.get().values)["was"]["secret"]
    as_ada.post(undo)
    hook = WebhookEndpoint.objects.get()
    assert (hook.name, hook.url, hook.kinds, hook.secret) == ("Bot", HOOK, KINDS, secret)
    hook.delete()
    as_ada.post(prepare(change_hook, ada, as_ada)[2])
    hook = WebhookEndpoint.objects.get()
    assert (hook.name, hook.url, hook.kinds) == ("Bot", HOOK, KINDS)
    as_ada.post(prepare(remove_channel, ada, as_ada)[2])
    assert (Webhook.objects.get().name, Webhook.objects.get().url) == ("General", HOOK)
    as_ada.post(prepare(change_logo, ada, as_ada)[2])
    lab.refresh_from_db()
    assert lab.logo.name == "old.png"
    assert lab.logo_alt == "An owl"


def test_a_webhook_that_was_off_returns_off(lab: Lab, ada: Member, as_ada: Client):
    hook = add_hook(ada)
    as_ada.post(f"/curation/webhooks/{hook.pk}/pause/")
    as_ada.post(f"/curation/webhooks/{hook.pk}/removal/")
    as_ada.post(find_undo(as_ada))
    assert WebhookEndpoint.objects.get().off_at is not None


@pytest.mark.parametrize(
    "act", [set_settings, set_hour, choose_accent, announce, ask, give_role, change_hook]
)
def test_what_was_changed_again_stays(act, lab: Lab, ada: Member, as_ada: Client):
    undo = prepare(act, ada, as_ada)[2]
    later = NOW + timedelta(seconds=1)
    write_lab(
        {"name": "Later", "digest_hour": 3, "accent": "slate", "announcement": "Later"},
        by=ada,
        at=later,
    )
    as_ada.post("/curation/questions/", {"summary": "Later?"})
    for hook in WebhookEndpoint.objects.all():
        change_endpoint(endpoint=hook, name="Later", url=HOOK, kinds=KINDS, by=ada, at=later)
    for eve in Member.objects.filter(handle="eve"):
        change_role(member=eve, role="member", by=ada, at=later)
    state = find_state()
    assert CHANGED in as_ada.post(undo, follow=True).text
    assert find_state() == state


def test_a_webhook_whose_address_is_used_stays_removed(lab: Lab, ada: Member, as_ada: Client):
    undo = prepare(remove_hook, ada, as_ada)[2]
    add_endpoint(name="New bot", url=HOOK, kinds=KINDS, by=ada, at=NOW)
    assert "New bot already uses this address." in as_ada.post(undo, follow=True).text
    assert FormerWebhook.objects.count() == 1


def test_a_logo_that_is_gone_stays_gone(lab: Lab, ada: Member, as_ada: Client):
    undo = prepare(remove_logo, ada, as_ada)[2]
    File.objects.all().delete()
    assert "That logo was deleted." in as_ada.post(undo, follow=True).text


def test_a_logo_stays_on_disk_while_it_can_return(lab: Lab, ada: Member, as_ada: Client, clock):
    undo = prepare(remove_logo, ada, as_ada)[2]
    File.objects.update(made_at=NOW - timedelta(days=90))
    assert remove_unused(at=NOW + timedelta(days=29)) == 0
    as_ada.post(undo)
    as_ada.post("/curation/appearance/logo/removal/")
    assert remove_unused(at=NOW + timedelta(days=31)) == 1


def test_a_reason_stands_in_the_log_as_text(lab: Lab, ada: Member, as_ada: Client, as_ben: Client):
    set_settings(ada, as_ada)
    give_role(ada, as_ada)
    log = as_ben.get("/activity/?kind=curation").text
    assert '<q dir="auto">More &lt;b&gt;hands&lt;/b&gt;.</q>' in log
    assert "Moved to the library." in log
    [line, *_others] = list_activity(ada, lab, group="curation").activities
    assert "Moved" not in line.text, "feeds and messages say what, not why"


def test_addresses_of_webhooks_are_sealed_and_forgotten(lab: Lab, ada: Member, as_ada: Client):
    remove_hook(ada, as_ada)
    remove_channel(ada, as_ada)
    with connection.cursor() as cursor:
        cursor.execute("SELECT values FROM papers_formerwebhook")
        assert all("s3cret" not in row[0] for row in cursor.fetchall())
        cursor.execute("SELECT data::text FROM papers_event")
        assert all("s3cret" not in row[0] for row in cursor.fetchall())
    assert forget_former_webhooks(at=NOW + timedelta(days=31)) == 2


@pytest.mark.parametrize("act", ACTS)
def test_after_30_days_it_stays(act, lab: Lab, ada: Member, as_ada: Client, clock):
    undo = prepare(act, ada, as_ada)[2]
    clock.start(NOW + timedelta(days=31))
    assert make.browser(ada).post(undo).status_code == 404
