"""Commands as Slack and Mattermost send them: whose they are, what they do, who is refused."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from papers.chat.slash_commands import Command, read_command
from papers.models import ChatAccount, Claim, Member, Nomination, Paper
from papers.search.index.actions import refresh
from tests import make
from tests.clock import CLOCK

pytestmark = pytest.mark.django_db
SECRET, TOKEN = "an-invented-signing-secret", "an-invented-command-token"
ARXIV = "https://arxiv.org/abs/2106.12345"

type Say = Callable[..., Any]


def sign(body: bytes, secret: str = SECRET, age: int = 0) -> dict[str, str]:
    """The headers that Slack sends with a body."""
    sent = str(int((CLOCK.now() - timedelta(seconds=age)).timestamp()))
    known = hmac.new(secret.encode(), f"v0:{sent}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": sent, "X-Slack-Signature": f"v0={known}"}


def post_slack(text: str, *, user: str = "U1", secret: str = SECRET, age: int = 0) -> Any:
    fields = {
        "token": "gone", "team_id": "T1", "team_domain": "lab", "channel_id": "C1",
        "channel_name": "papers", "user_id": user, "user_name": "kai", "command": "/papers",
        "text": text, "response_url": "https://hooks.slack.com/commands/1", "trigger_id": "1.2",
    }  # fmt: skip
    body = urlencode(fields).encode()
    return Client().post(
        "/chat/slack/", body, content_type="application/x-www-form-urlencoded",
        headers=sign(body, secret, age),
    )  # fmt: skip


def post_mattermost(text: str, *, user: str = "u9", token: str = TOKEN) -> Any:
    fields = {
        "token": token, "team_id": "t1", "team_domain": "lab", "channel_id": "c1",
        "user_id": user, "user_name": "kai", "command": "/papers", "text": text,
        "response_url": "https://chat.lab.example/hooks/1", "trigger_id": "x",
    }  # fmt: skip
    return Client().post("/chat/mattermost/", fields)


@pytest.fixture(autouse=True)
def chat(settings: Any) -> None:
    settings.SLACK_SIGNING_SECRET = SECRET
    settings.MATTERMOST_COMMAND_TOKENS = ["another", TOKEN]


def find_link(answer: Any) -> str:
    found = re.search(r"https?://[^/]+(/profile/chat/connection/[^|)\s]+/)", answer.json()["text"])
    assert found, answer.json()
    return found[1]


@pytest.fixture
def say(lab: object, as_ben: Client, ben: Member) -> Say:
    """Ben's connected Slack account: what the answer to a command says."""
    as_ben.post(find_link(post_slack("next")))
    assert ChatAccount.objects.get().member == ben

    def ask(text: str) -> str:
        answer = post_slack(text)
        assert answer.json()["response_type"] == "ephemeral"
        return str(answer.json()["text"])

    return ask


@pytest.mark.parametrize("post", [post_slack, post_mattermost])
def test_the_first_command_leads_to_the_members_own_consent(
    lab: object, as_ben: Client, as_cy: Client, ben: Member, post: Say
):
    link = find_link(post("next"))
    page = as_ben.get(link)
    assert "kai" in page.text
    assert not ChatAccount.objects.exists(), "whoever only follows a link has agreed to nothing"
    assert as_ben.post(link, follow=True).status_code == 200
    assert ChatAccount.objects.get().member == ben
    assert "No meeting is planned" in post("next").json()["text"]
    as_cy.post(link)
    assert ChatAccount.objects.get().member == ben, "nobody takes over another's account"
    CLOCK.move(timedelta(minutes=16))
    assert as_ben.get(link).status_code == 404


@pytest.mark.parametrize(
    ("post", "more"),
    [
        (post_slack, {"secret": "wrong"}), (post_slack, {"age": 301}), (post_slack, {"age": -301}),
        (post_mattermost, {"token": "wrong"}), (post_mattermost, {"token": ""}),
    ],
)  # fmt: skip
def test_what_the_server_did_not_sign_is_refused(lab: object, post: Say, more: dict[str, Any]):
    assert post("next", **more).status_code == 401


def test_a_form_in_parts_is_signed_by_nobody(lab: object):
    fields = {"user_id": "U1", "text": "next"}
    assert Client().post("/chat/slack/", fields).status_code == 401


def test_without_a_secret_there_is_no_door(lab: object, settings: Any):
    settings.SLACK_SIGNING_SECRET = ""
    settings.MATTERMOST_COMMAND_TOKENS = []
    assert post_slack("next", secret="").status_code == 404
    assert post_mattermost("next", token="").status_code == 404


def test_a_link_becomes_a_paper_once(say: Say, ben: Member, settings: Any):
    assert "Add it on the site" in say(f"add {ARXIV}"), "nobody can be asked for its title"
    settings.LOOKUPS = frozenset({"arxiv"})
    assert "Paper added" in say(f"add <{ARXIV}|arxiv.org/abs/2106.12345>")
    assert "already here" in say(f"add {ARXIV}v2")
    assert "already here" in say(ARXIV)
    paper = Paper.objects.get()
    assert (paper.added_by, paper.identifiers.get().value) == (ben, "2106.12345")
    assert "Which paper?" in say("add ")
    assert Paper.objects.count() == 1


def test_claiming_and_nominating_by_link_and_title(say: Say, ben: Member, settings: Any):
    narrow = make.paper("Invented networks and their friends", added_by=ben)
    wide = make.paper("Invented networks", added_by=ben)
    refresh([narrow.pk, wide.pk])
    said = say("claim Invented networks")
    assert "Claimed" in said
    assert Claim.objects.get().paper == wide, "the one of exactly this title"
    assert "Nominated" in say(f"nominate {settings.SITE_URL}{wide.get_absolute_url()}")
    assert Nomination.objects.get().paper == wide
    assert "Which one?" in say("claim networks")
    assert "No paper found" in say("claim nothing of this kind")
    assert wide.title in say("next"), "my open claims"


def test_readers_and_leavers_write_nothing(say: Say, ben: Member):
    make.paper("Known")
    ben.role = Member.Role.READER
    ben.save()
    assert "Only members" in say("claim Known")
    ben.state = Member.State.ALUMNI
    ben.save()
    assert "First connect" in say("next")


def test_a_new_password_and_disconnecting_end_it(say: Say, ben: Member, as_cy: Client):
    account = ChatAccount.objects.get()
    as_cy.post(f"/profile/chat/{account.pk}/disconnection/")
    assert ChatAccount.objects.exists(), "one's own alone"
    ben.set_password("another long password")
    ben.save()
    assert "First connect" in say("next")
    make.browser(ben).post(f"/profile/chat/{account.pk}/disconnection/")
    assert not ChatAccount.objects.exists()


def test_titles_ping_nobody(say: Say, ben: Member):
    make.paper("Ask <!channel> & @here|now", added_by=ben)
    said = say("claim Ask <!channel> & @here|now")
    assert "<!channel>" not in said


def test_too_many_commands_are_slowed_down(say: Say):
    answers = [post_slack("help").status_code for _ in range(25)]
    assert answers[0] == 200
    assert 429 in answers


def test_the_page_lists_accounts_and_commands(say: Say, as_ben: Client, settings: Any):
    page = as_ben.get("/profile/chat/").text
    assert "kai" in page
    assert "Slack, Mattermost" in page
    settings.SLACK_SIGNING_SECRET, settings.MATTERMOST_COMMAND_TOKENS = "", []
    assert "No chat is set up" in as_ben.get("/profile/chat/").text


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", Command("help", "")), ("next", Command("next", "")), ("NEXT ", Command("next", "")),
        (f"add {ARXIV}", Command("add", ARXIV)), (f"<{ARXIV}>", Command("add", ARXIV)),
        (f"add: <{ARXIV}|x &amp; y>", Command("add", ARXIV)), (ARXIV, Command("add", ARXIV)),
        ("vote Cats &amp; dogs", Command("nominate", "Cats & dogs")),
        ("frobnicate it", Command("frobnicate", "it")),
    ],
)  # fmt: skip
def test_commands_are_read_as_people_type_them(text: str, command: Command):
    assert read_command(text) == command
