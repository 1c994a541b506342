"""Connecting chat accounts, and doing what their commands say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from papers import access
from papers.catalogue.actions.papers import PaperExists, PaperLooksKnown
from papers.chat.queries import find_papers_named, list_waiting
from papers.chat.replies import Line, Reply
from papers.chat.senders import Sender
from papers.chat.slash_commands import Command
from papers.claims.actions.claims import ClaimRefused, claim_paper
from papers.importing.adding.actions import add_found_paper
from papers.importing.adding.completing import complete
from papers.importing.adding.forms import NewPaperForm
from papers.meetings.agenda.actions.ballots import nominate_paper
from papers.models import ChatAccount, Lab, Member, Paper
from papers.moments import say_day
from papers.text.formulas import to_letters


class ConnectedToAnother(Exception):
    """The chat account speaks for another member already."""


def connect_account(*, sender: Sender, by: Member, at: datetime) -> ChatAccount:
    """From now on commands of this account are the member's. Raises ConnectedToAnother."""
    known = find_account(sender)
    if known and known.member_id != by.pk:
        raise ConnectedToAnother
    values = {
        "name": sender.name, "member": by, "account_hash": by.get_session_auth_hash(),
        "connected_at": at,
    }  # fmt: skip
    try:
        with transaction.atomic():
            account, _is_new = ChatAccount.objects.update_or_create(
                service=sender.service, team=sender.team, user=sender.user, defaults=values
            )
    except IntegrityError as problem:
        raise ConnectedToAnother from problem
    return account


def disconnect_account(*, pk: int, by: Member) -> bool:
    """End one of one's own connections."""
    return access.chat_accounts_of(by).filter(pk=pk).delete()[0] > 0


def find_account(sender: Sender) -> ChatAccount | None:
    """The account with its member, as long as it may speak for her."""
    account = (
        ChatAccount.objects.select_related("member")
        .filter(service=sender.service, team=sender.team, user=sender.user)
        .first()
    )
    if account is None or not account.member.is_active:
        return None
    if constant_time_compare(account.account_hash, account.member.get_session_auth_hash()):
        return account
    return None


def run_command(*, command: Command, by: Member, lab: Lab, at: datetime) -> Reply:
    """Do what the command says, with the rights of the member."""
    if command.word == "next":
        return _say_next(by, lab, at)
    act = _ACTS.get(command.word)
    if act is None:
        return say_help(is_known=command.word == "help")
    if not access.can_review(by):
        return Reply(_("Only members can do this. Ask a curator for member access."))
    if not command.about:
        return Reply(_("Which paper? Add its link, ID or title."))
    return act(command.about, by, lab, at)


def say_help(*, is_known: bool = True) -> Reply:
    """All commands, and the way to one's own chat accounts."""
    lines = [
        Line("add", after=_(" LINK: add a paper to the lab")),
        Line("claim", after=_(" LINK or TITLE: claim a paper for review")),
        Line("nominate", after=_(" LINK or TITLE: put a paper up for the next meeting")),
        Line("next", after=_(": the next meeting, and your open claims")),
    ]
    sentence = _("What you can say here:") if is_known else _("That's not a command. You can say:")
    return Reply(sentence, lines)


def _add(about: str, by: Member, lab: Lab, at: datetime) -> Reply:
    pasted = QueryDict(mutable=True)
    pasted["anything"] = about
    data, source = complete(pasted)
    form = NewPaperForm(data, topics=[])
    if not form.is_valid():
        return Reply(_("No paper was recognized. Add it on the site:"), [_link_form(about)])
    try:
        paper, _refusal = add_found_paper(facts=form.get_facts(), source=source, by=by, at=at)
    except PaperExists as refusal:
        return Reply(_("This paper is already here:"), [_link(refusal.paper)])
    except PaperLooksKnown as refusal:
        lines = [*map(_link, refusal.papers), _link_form(about)]
        return Reply(
            _("Similar papers are here. If yours is another one, add it on the site:"), lines
        )
    return Reply(_("Paper added:"), [_link(paper)])


def _claim(about: str, by: Member, lab: Lab, at: datetime) -> Reply:
    paper = _find_one(about, by, lab, at)
    if isinstance(paper, Reply):
        return paper
    try:
        claim = claim_paper(paper=paper, by=by, at=at)
    except ClaimRefused as refusal:
        return Reply(str(refusal), [_link(paper)])
    if claim.due_on is None:
        return Reply(_("Claimed:"), [_link(paper)])
    day = say_day(claim.due_on, at.astimezone(lab.zone).date())
    return Reply(_("Claimed. Your review is due %(day)s:") % {"day": day}, [_link(paper)])


def _nominate(about: str, by: Member, lab: Lab, at: datetime) -> Reply:
    paper = _find_one(about, by, lab, at)
    if isinstance(paper, Reply):
        return paper
    nomination = nominate_paper(paper=paper, by=by, at=at)
    if nomination.by_id == by.pk:
        return Reply(_("Nominated for the next meeting:"), [_link(paper)])
    return Reply(_("It was nominated already; your vote counts:"), [_link(paper)])


_ACTS: dict[str, Callable[[str, Member, Lab, datetime], Reply]] = {
    "add": _add,
    "claim": _claim,
    "nominate": _nominate,
}


def _find_one(about: str, by: Member, lab: Lab, at: datetime) -> Paper | Reply:
    found = find_papers_named(about, by=by, lab=lab, today=at.astimezone(lab.zone).date())
    if not found:
        return Reply(_("No paper found. Use “add” with its link to add it first."))
    if len(found) > 1:
        return Reply(
            _("Which one? Say it again with one of these links:"), [_link(one) for one in found]
        )
    return found[0]


def _say_next(by: Member, lab: Lab, at: datetime) -> Reply:
    sentence, lines = list_waiting(by=by, lab=lab, at=at)
    return Reply(
        sentence, [Line(one.title, f"{settings.SITE_URL}{one.url}", one.after) for one in lines]
    )


def _link(paper: Paper) -> Line:
    return Line(to_letters(paper.title), f"{settings.SITE_URL}{paper.get_absolute_url()}")


def _link_form(about: str) -> Line:
    query = urlencode({"anything": about[:500]})
    return Line(_("Add a paper"), f"{settings.SITE_URL}{reverse('paper-new')}?{query}")
