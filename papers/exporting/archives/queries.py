"""What an archive holds: every table of the lab, unless it is named here with the reason.

The tables are walked, not listed: a new one is in the archive from its first day, and a test
refuses columns that look like secrets. What members deleted is not in it: a row that was deleted
takes along what hangs on it, as `access` hides it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

from papers import access
from papers.models import Comment, DigestIssue, Experiment, File, Member, Review, ReviewDraft

LEFT_OUT: dict[str, str] = {
    "papers.ReviewDraft": "a draft is its author's alone",
    "papers.TextDraft": "texts being typed are their author's alone",
    "papers.Handover": "offers of drafts, which are not here",
    "papers.FormKey": "guards forms against being sent twice, for a week",
    "papers.Throttle": "counts attempts to sign in, for minutes",
    "papers.Mail": "email on its way, with its secret links",
    "papers.ChatAccount": "speaks for a member; she connects it again",
    "papers.ApiToken": "holds tokens; members create theirs again",
    "papers.ApiAnswer": "guards requests against being sent twice, for a day",
    "papers.Invitation": "holds tokens; invite again after restoring",
    "papers.JoinLink": "holds tokens; make new links after restoring",
    "papers.FeedToken": "holds tokens; members enable their feeds again",
    "papers.BibliographyLink": "holds tokens; members create their links again",
    "papers.ReviewLink": "holds tokens; authors share their reviews again",
    "papers.ArchiveJob": "about the archives of one installation",
    "papers.Webhook": "its address is a secret; add the channel again",
    "papers.WebhookPost": "posts to channels, which are not here",
    "papers.WebhookEndpoint": "its secret stays here; add the webhook again",
    "papers.WebhookDelivery": "messages to webhooks, which are not here",
    "papers.FormerWebhook": "addresses and secrets of webhooks, for the time of the undo",
    "papers.RemovedListing": "notes that curators removed, for the time of the undo",
    "papers.IssueFetch": "holds a token, and is over once the issues are here",
    "papers.ZoteroLibrary": "holds an API key; connect the library again",
    "papers.ZoteroCollection": "about a connected library",
    "papers.ZoteroItem": "about a connected library",
    "papers.ZoteroQuestion": "about a connected library",
    "papers.ZoteroChange": "about a connected library",
    "papers.ZoteroNote": "about a connected library",
    "papers.SearchDoc": "made from the other tables when restoring",
    "papers.SearchWord": "made from the other tables when restoring",
    "papers.Member_groups": "Django's groups, which the lab does not use",
    "papers.Member_user_permissions": "Django's permissions, which the lab does not use",
    "auth.Group": "Django's groups, which the lab does not use",
    "auth.Group_permissions": "Django's permissions, which the lab does not use",
    "auth.Permission": "made by migrations",
    "contenttypes.ContentType": "made by migrations",
    "admin.LogEntry": "names rows by numbers that migrations give; events say who did what",
    "papers.Session": "sessions",
    "sessions.Session": "sessions of before; empty",
    "account.EmailConfirmation": "holds tokens",
    "socialaccount.SocialAccount": "accounts elsewhere; members connect theirs again",
    "socialaccount.SocialApp": "the library's settings; the lab's are in the environment",
    "socialaccount.SocialToken": "the library's tokens; the lab stores none",
    "mfa.Authenticator": "secrets of second factors; members set theirs up again",
    "procrastinate.ProcrastinateWorker": "background work of one installation",
    "procrastinate.ProcrastinateJob": "background work of one installation",
    "procrastinate.ProcrastinateEvent": "background work of one installation",
    "procrastinate.ProcrastinatePeriodicDefer": "background work of one installation",
}
"""Tables that no archive holds, by model."""

FIELDS_LEFT_OUT: dict[str, str] = {
    "papers.Member.password": "passwords; members reset theirs after restoring",
    "papers.Member.last_login": "about sessions",
    "papers.Removal.journal": "rows of merged and deleted papers, drafts of all members among them",
    "papers.Meeting.current": "which item is being discussed at this moment",
}
"""Columns that no archive holds."""

type Model = type[models.Model]


def list_archived_models() -> list[Model]:
    """Every table of the archive, what is referred to before what refers to it."""
    found = [one for one in list_all_models() if one._meta.label not in LEFT_OUT]
    ordered: dict[Model, None] = {}

    def add(model: Model, above: tuple[Model, ...] = ()) -> None:
        if model in ordered or model in above:
            return
        for field in list_archived_fields(model):
            target = field.related_model
            if isinstance(target, type) and target in found:
                add(target, (*above, model))
        ordered[model] = None

    for model in sorted(found, key=lambda one: one._meta.label):
        add(model)
    return list(ordered)


def list_all_models() -> list[Model]:
    """Every table that Django manages, those between models too."""
    return [one for one in apps.get_models(include_auto_created=True) if not one._meta.proxy]


def list_archived_fields(model: Model) -> list[models.Field[Any, Any]]:
    """The columns that are written: what the database computes by itself is not."""
    label = model._meta.label
    return [
        field
        for field in model._meta.concrete_fields
        if not field.generated and f"{label}.{field.name}" not in FIELDS_LEFT_OUT
    ]


def count_rows(using: BaseDatabaseWrapper = connection) -> int:
    """How many rows there are to write, deleted ones included."""
    total = 0
    with using.cursor() as cursor:
        for model in list_archived_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')  # noqa: S608
            total += cursor.fetchone()[0]
    return total


class RowReader:
    """Reads the tables in their order, and remembers which rows were left out."""

    def __init__(self, using: BaseDatabaseWrapper) -> None:
        self._using = using
        self._gone: dict[Model, set[Any]] = {}
        self._blank: set[Any] = set()
        """Deleted comments: their place stays, their text does not leave."""
        self._files = set(access.files_archived().values_list("pk", flat=True))
        """Not the pictures that only drafts or deleted texts show."""

    def read_lines(self, model: Model) -> Iterator[str]:
        """Each row as JSON with its columns in the table's order."""
        fields = list_archived_fields(model)
        columns = ", ".join(f'"{field.column}"' for field in fields)
        key = model._meta.pk.column
        inner = f'SELECT {columns} FROM "{model._meta.db_table}" ORDER BY "{key}"'  # noqa: S608
        with self._using.chunked_cursor() as cursor:
            cursor.execute(f"SELECT row_to_json(r)::text FROM ({inner}) AS r")  # noqa: S608
            for (line,) in cursor:
                kept = self._filter(model, fields, line)
                if kept is not None:
                    yield kept

    def _filter(self, model: Model, fields: list[models.Field[Any, Any]], line: str) -> str | None:
        links = [one for one in fields if self._gone.get(one.related_model)]  # type: ignore[arg-type]
        if not links and model not in (Review, Comment) and not self._touches(model):
            return line
        row = json.loads(line)
        if model is File and row["id"] not in self._files:
            return None
        gone = [one for one in links if row[one.column] in self._gone[one.related_model]]  # type: ignore[index]
        is_deleted = model is Review and row["deleted_at"] is not None
        must_go = [one for one in gone if model is Experiment or not _is_set_null(one)]
        if is_deleted or must_go or self._is_old_text(model, row):
            self._gone.setdefault(model, set()).add(row[model._meta.pk.column])
            return None
        before = dict(row)
        row |= {one.column: None for one in gone}
        if model is Comment and row["deleted_at"] is not None:
            self._blank.add(row["id"])
            row |= {"body": "", "body_html": ""}
        if model is DigestIssue:
            row["content"] = self._redact(row["content"])
        return line if row == before else _dump(fields, row)

    def _touches(self, model: Model) -> bool:
        return bool(
            model is File
            or (self._blank and model._meta.model_name == "commentrevision")
            or (model is DigestIssue and self._gone)
        )

    def _is_old_text(self, model: Model, row: dict[str, Any]) -> bool:
        """An earlier text of a comment that is deleted."""
        return model._meta.model_name == "commentrevision" and row["comment_id"] in self._blank

    def _redact(self, content: Any) -> Any:
        """A sent digest without the words of what was deleted since."""
        if isinstance(content, list):
            return [self._redact(one) for one in content]
        if not isinstance(content, dict):
            return content
        texts = {"takeaway": Review, "outcome": Experiment}
        for name, model in texts.items():
            if name in content and content.get("id") in self._gone.get(model, ()):
                hidden = {"takeaway": "", "verdict": "", "outcome": ""}
                return content | {key: "" for key in hidden if key in content}
        return {key: self._redact(one) for key, one in content.items()}


def _dump(fields: list[models.Field[Any, Any]], row: dict[str, Any]) -> str:
    """The row as PostgreSQL writes it: blanks only within columns that are JSON themselves."""
    columns = []
    for field in fields:
        blanks = (", ", ": ") if isinstance(field, models.JSONField) else (",", ":")
        value = json.dumps(row[str(field.column)], ensure_ascii=False, separators=blanks)
        columns.append(f'"{field.column}":{value}')
    return f"{{{','.join(columns)}}}"


def _is_set_null(field: models.Field[Any, Any]) -> bool:
    link = field.remote_field
    return field.null and link is not None and link.on_delete is models.SET_NULL


OWNERS = ("by", "author", "member", "owner", "proposed_by", "added_by")
"""Which member a row belongs to, the first that a table has."""

OWN_ALONE = {"papers.ReviewDraft", "papers.TextDraft"}
"""Tables that no archive holds, but their owner's own."""


def list_own_models() -> list[tuple[Model, str]]:
    """Tables with rows of members, and the column that says whose they are."""
    found = []
    for model in list_all_models():
        label = model._meta.label
        if label in LEFT_OUT and label not in OWN_ALONE:
            continue
        links = {
            field.name: field.column
            for field in list_archived_fields(model)
            if getattr(field.related_model, "__name__", "") == "Member"
        }
        if owner := next((links[name] for name in OWNERS if name in links), ""):
            found.append((model, str(owner)))
    return sorted(found, key=lambda pair: pair[0]._meta.label)


def read_own_lines(model: Model, owner: str, member: Member) -> Iterator[str]:
    """A member's own rows of a table; drafts as far as `access` gives them to her, and nothing
    that was deleted or hangs on what was.
    """
    columns = ", ".join(f'"{field.column}"' for field in list_archived_fields(model))
    drafts = access.drafts_of(member).values_list("pk", flat=True)
    open_ones = list(drafts) if model is ReviewDraft else None
    key = model._meta.pk.column
    inner = (
        f'SELECT {columns} FROM "{model._meta.db_table}" '  # noqa: S608 (names of ours)
        f'WHERE "{owner}" = %s AND (%s::bigint[] IS NULL OR "{key}" = ANY(%s::bigint[])) '
        f"{''.join(_list_living(model))}"
        f'ORDER BY "{key}"'
    )
    with connection.cursor() as cursor:
        whole = f"SELECT row_to_json(r)::text FROM ({inner}) AS r"  # noqa: S608
        cursor.execute(whole, [member.pk, open_ones, open_ones])
        for (line,) in cursor:
            yield line


def _list_living(model: Model) -> Iterator[str]:
    """Conditions that leave out what members deleted, and what hangs on it."""
    for field in list_archived_fields(model):
        target = field.related_model
        if field.name == "deleted_at":
            yield f'AND "{field.column}" IS NULL '
        elif isinstance(target, type) and (gone := _GONE.get(target)):
            yield f'AND ("{field.column}" IS NULL OR "{field.column}" NOT IN ({gone})) '


_GONE: dict[Model, str] = {
    Review: "SELECT id FROM papers_review WHERE deleted_at IS NOT NULL",
    Comment: "SELECT id FROM papers_comment WHERE deleted_at IS NOT NULL",
    Experiment: "SELECT one.id FROM papers_experiment AS one JOIN papers_review AS its "
    "ON its.id = one.review_id WHERE its.deleted_at IS NOT NULL",
}
"""The keys of what was deleted: experiments go with the review that proposed them."""
