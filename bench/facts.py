"""Run inside a lab: makes sessions, says which papers to ask for, and counts queries per page."""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.db import connection  # noqa: E402
from django.middleware.csrf import get_token  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.load import REVIEW  # noqa: E402
from bench.operations import OPERATIONS, Operation  # noqa: E402
from papers.accounts.sessions.store import SessionStore  # noqa: E402
from papers.caching.validators import fold_counts  # noqa: E402
from papers.models import Member, Paper  # noqa: E402

READ_OFTEN = 20
"""Papers that are read again and again, as those of a week are; the others once."""

AT_ONCE = 400
"""Papers that the member has not reviewed, for publishing."""


CHANGE = "UPDATE papers_comment SET body = body WHERE id = (SELECT min(id) FROM papers_comment)"
"""Somebody wrote: every page is made anew, as far as the database knows."""

COUNTED = """
UPDATE papers_searchdoc SET reviewed_at = reviewed_at + interval '1 microsecond'
WHERE paper_id = (SELECT max(paper_id) FROM papers_searchdoc WHERE reviewed_at > 'epoch')
"""
"""A review was published, as far as figures know."""


def make_session(member: Member) -> str:
    """The key of a session in which the member is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def make_secret() -> str:
    """The secret of the CSRF cookie, which is also a token."""
    request = RequestFactory().get("/")
    get_token(request)
    return str(request.META["CSRF_COOKIE"])


def count_queries(operation: Operation, path: str, cookies: dict[str, str]) -> int:
    """The statements of one request, sent a second time so that nothing is met cold."""
    client = Client(headers=operation.headers, SERVER_NAME="127.0.0.1")
    client.cookies.load(cookies)
    if not operation.is_post:
        client.get(path)
    again = {}
    if operation.is_again:
        again = {"If-None-Match": client.get(path).headers["ETag"]}
    else:
        with connection.cursor() as cursor:
            cursor.execute(COUNTED if operation.is_counted else CHANGE)
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(path, REVIEW) if operation.is_post else client.get(path, headers=again)
    if answer.status_code not in (200, 302, 304):
        sys.exit(f"{operation.name}: {path} answered {answer.status_code}")
    return sum("SAVEPOINT" not in query["sql"] for query in queries)


def main() -> None:
    """Print all as JSON."""
    fold_counts()  # as the worker does every hour
    member = Member.objects.get(handle="bench")
    latest = Paper.objects.latest("added_at").added_at
    year, week, _ = (latest - timedelta(days=7)).isocalendar()
    older = Paper.objects.filter(pk__lte=Paper.objects.count() // 2)
    papers = [
        f"{pk}/{slug}"
        for pk, slug in older.order_by("-pk").values_list("pk", "slug")[: 10 * AT_ONCE]
        if pk % 10 == 1  # those with three reviews, see papers.bench.synthetic_lab
    ]
    free = Paper.objects.exclude(reviews__member=member).order_by("pk")
    secret = make_secret()
    facts = {
        "session": make_session(member),
        "csrf": secret,
        "papers": papers[:READ_OFTEN],
        "unseen": papers[READ_OFTEN:],
        "free": list(free.values_list("pk", flat=True)[:AT_ONCE]),
        "week": f"{year}-W{week:02}",
        "member": member.pk,
        "change": CHANGE,
        "counted": COUNTED,
    }
    cookies = {"sessionid": facts["session"], "csrftoken": secret}
    free_one = facts["free"].pop()
    facts["queries"] = {
        one.name: count_queries(
            one,
            one.path.format(paper=papers[0], unseen=papers[0], free=free_one, week=facts["week"]),
            cookies,
        )
        for one in OPERATIONS
    }
    print(json.dumps(facts))  # noqa: T201 (its answer)


if __name__ == "__main__":
    main()
