"""Asking other services about one work, in the background worker."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from papers.lookups.actions.filling import settle_papers
from papers.lookups.actions.noticing import WEEK, list_weekly_subjects, note_updates
from papers.lookups.actions.turns import NotNow, ServiceFailed, take_turn
from papers.lookups.found_work import Found, Unreadable
from papers.lookups.sandboxed import read_answer, start_reader
from papers.lookups.service_registry import get_origin, list_services, make_rules
from papers.lookups.services.service import Service
from papers.lookups.subjects import Subject
from papers.models import Lookup
from papers.outgoing import AddressRefused, Answer, NoAnswer, send_request

ASKING = "papers.answer_lookup"
"""The job's name; papers.tasks binds it."""

SECONDS = 8.0
"""For one request."""

PATIENCE = 4.0
"""Seconds that a job waits for a service's turn before it asks the next service."""

WAITS = (5, 20, 120, 600, 3600, 4 * 3600, 12 * 3600, 24 * 3600, 48 * 3600)
"""Seconds before each further try; then the lookup has failed."""

TRIES_WITHOUT_PAPER = 3
"""What was only looked at is not asked for so long."""

FRESH = timedelta(days=7)
"""An answer is given again for so long."""

AGAIN = timedelta(minutes=10)
"""After this, what was not found or failed may be asked for again."""

SOON = timedelta(seconds=30)
"""A member who asks does not wait for a next try that is later than this."""

LOST_AFTER = timedelta(minutes=10)
URGENT = 10
"""The priority of a lookup that a member waits for."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What asking around gave; `problem` and `retry_in` where no service could say."""

    found: Found | None = None
    service: str = ""
    problem: str = ""
    retry_in: float = 0.0
    is_counted: bool = True


def request_lookup(
    *, subject: Subject, at: datetime, newer_than: timedelta = FRESH, delay: int = 0
) -> Lookup | None:
    """The answer for this work if there is a fresh one, else its lookup, on its way.

    With `delay` it is not urgent and begins after so many seconds.

    None when no service that is switched on knows works of this kind.
    """
    if not list_services(subject) or len(subject.value) > 1000:
        return None
    with transaction.atomic():
        lookup, is_new = Lookup.objects.get_or_create(
            kind=subject.kind, value=subject.value, defaults={"asked_at": at}
        )
        if is_new or (not _is_waiting(lookup) and _is_stale(lookup, at, newer_than)):
            lookup = Lookup.objects.select_for_update().get(pk=lookup.pk)
            lookup.state, lookup.tries, lookup.problem = Lookup.State.WAITING, 0, ""
            lookup.asked_at, lookup.next_try_at = at, at + timedelta(seconds=delay)
            lookup.save()
            _queue(lookup, 0 if delay else URGENT, seconds=delay)
        elif not delay and _is_waiting(lookup) and (lookup.next_try_at or at) > at + SOON:
            _queue(lookup, URGENT)
    return lookup


def answer_lookup(*, pk: int, at: datetime) -> None:
    """Ask for a lookup that waits, store what comes, and fill in the papers that wait for it.

    Nothing is locked while services are asked.
    """
    lookup = Lookup.objects.filter(pk=pk, state=Lookup.State.WAITING).first()
    if lookup is None:
        return
    start_reader()
    outcome = ask_around(Subject(lookup.kind, lookup.value))
    with transaction.atomic():
        lookup = Lookup.objects.select_for_update().get(pk=pk)
        if _is_waiting(lookup):
            _store(lookup, outcome, at)
            if outcome.found:
                note_updates(lookup=lookup, found=outcome.found, at=at)
            settle_papers(lookup=lookup, at=at)


def request_weekly_lookups(*, at: datetime) -> int:
    """Ask for papers under discussion, each once a week, spread out as their services allow."""
    if not settings.LOOKUPS_WEEKLY:
        return 0
    delays: dict[str, float] = defaultdict(lambda: 60.0)
    for subject in list_weekly_subjects(at=at):
        services = list_services(subject)
        if services:
            delay = delays[services[0].key]
            delays[services[0].key] += 2 * services[0].seconds + 1
            request_lookup(subject=subject, at=at, newer_than=WEEK, delay=int(delay))
    return len(delays)


def requeue_lost_lookups(*, at: datetime) -> int:
    """Queue lookups again that wait and that no job will answer any more; how many."""
    rows = Lookup.objects.filter(state=Lookup.State.WAITING, next_try_at__lt=at - LOST_AFTER)
    jobs = ProcrastinateJob.objects.filter(task_name=ASKING, status__in=["todo", "doing"])
    held = {args.get("pk") for args in jobs.values_list("args", flat=True)}
    return sum(_queue(lookup, 0) for lookup in rows if lookup.pk not in held)


def forget_old_lookups(*, at: datetime) -> int:
    """Forget answers of half a year ago that no paper refers to; how many."""
    rows = Lookup.objects.filter(papers__isnull=True, asked_at__lt=at - timedelta(days=180))
    return rows.delete()[0]


def ask_around(subject: Subject) -> Outcome:
    """Ask the services that may know this work one after the other, until one does."""
    problems: list[Outcome] = []
    for service in list_services(subject):
        try:
            found = ask(service, subject)
        except NotNow as problem:
            problems.append(Outcome(None, service.key, "", problem.seconds, is_counted=False))
        except (ServiceFailed, Unreadable) as problem:
            problems.append(Outcome(None, service.key, str(problem)))
        else:
            if found:
                return Outcome(found, service.key)
    return _choose(problems) if problems else Outcome()


def _choose(problems: list[Outcome]) -> Outcome:
    """The first service's problem; when none could be asked, the shortest wait."""
    told = next((one for one in problems if one.is_counted), None)
    return told or min(problems, key=lambda one: one.retry_in)


def ask(service: Service, subject: Subject) -> Found | None:
    """What one service says; None when it has no such work.

    Raises NotNow, ServiceFailed or Unreadable.
    """
    answer = send_to(service, service.write_path(subject))
    if answer is None:
        return None
    return read_answer(service, answer.body, subject)


def send_to(service: Service, path: str) -> Answer | None:
    """GET from a service in its turn; None for what it does not have (404, 410).

    Raises NotNow, ServiceFailed or Unreadable.
    """
    with take_turn(service, patience=PATIENCE, longest=SECONDS + 2):
        try:
            answer = send_request(
                "GET",
                f"{get_origin(service)}{quote(path, safe='/?&=%:,')}",
                headers={"User-Agent": make_agent()},
                seconds=SECONDS,
                rules=make_rules(service),
            )
        except NoAnswer as problem:
            raise ServiceFailed(str(problem)) from problem
        except AddressRefused as problem:
            raise Unreadable(str(problem)) from problem
        if answer.status == 429 or answer.status >= 500:
            pause = read_pause(answer)
            raise ServiceFailed(f"The server answered {answer.status}.", pause=pause)
    if answer.status in (404, 410):
        return None
    if answer.status != 200:
        raise Unreadable(f"The server answered {answer.status}.")
    if answer.is_cut:
        raise Unreadable("The answer is too long.")
    return answer


def make_agent() -> str:
    """How this lab introduces itself: the program, its address, and whom to write to."""
    contact = f"; mailto:{settings.LOOKUPS_CONTACT}" if settings.LOOKUPS_CONTACT else ""
    return f"reviewapp/0.1 (+{settings.SITE_URL}{contact})"


def read_pause(answer: Answer) -> float:
    """Seconds from Retry-After; a minute after 429 without one."""
    usual = 60.0 if answer.status == 429 else 0.0
    return read_seconds(answer.headers.get("retry-after", "")) or usual


def read_seconds(header: str) -> float:
    """Seconds that a header asks for; 0 when it does not say."""
    said = header.strip()
    return float(said) if said.isascii() and said.isdigit() and len(said) < 8 else 0.0


def _store(lookup: Lookup, outcome: Outcome, at: datetime) -> None:
    lookup.service, lookup.problem = outcome.service, outcome.problem[:300]
    if outcome.found:
        lookup.state, lookup.facts = Lookup.State.FOUND, outcome.found.as_json()
    elif not outcome.service:
        lookup.state = Lookup.State.MISSING
    elif not _plan_next(lookup, outcome, at):
        lookup.state = Lookup.State.FAILED
    lookup.answered_at = None if _is_waiting(lookup) else at
    if not _is_waiting(lookup):
        lookup.next_try_at = None
    lookup.save()


def _plan_next(lookup: Lookup, outcome: Outcome, at: datetime) -> bool:
    """Queue the next try, if there is to be one."""
    if outcome.is_counted:
        lookup.tries += 1
    most = len(WAITS) if lookup.papers.exists() else TRIES_WITHOUT_PAPER
    if lookup.tries > most:
        return False
    wait = max(outcome.retry_in, WAITS[max(lookup.tries - 1, 0)] if outcome.is_counted else 1.0)
    lookup.next_try_at = at + timedelta(seconds=wait)
    _queue(lookup, 0, seconds=int(wait) + 1)
    return True


def _is_waiting(lookup: Lookup) -> bool:
    return lookup.state == Lookup.State.WAITING


def _is_stale(lookup: Lookup, at: datetime, newer_than: timedelta) -> bool:
    keep = newer_than if lookup.state == Lookup.State.FOUND else min(AGAIN, newer_than)
    return lookup.answered_at is None or at - lookup.answered_at > keep


def _queue(lookup: Lookup, priority: int, seconds: int = 0) -> bool:
    """A job for this lookup. The one that runs now holds no queueing lock any more."""
    task = app.configure_task(
        ASKING,
        queueing_lock=f"lookup-{lookup.pk}-{'later' if seconds else 'now'}",
        lock=f"lookup-{lookup.pk}",
        priority=priority,
        schedule_in={"seconds": seconds} if seconds else None,
    )
    try:
        with transaction.atomic():
            task.defer(pk=lookup.pk)
    except AlreadyEnqueued:
        return False
    return True
