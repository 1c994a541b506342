"""The columns that nobody reads through a list, a filter or a search: one table of them.

`SECRETS` are read by nobody but the code that needs them. `WITHHELD` hold text that is open in
most rows and closed in some (deleted, or closed by independent reviews): a list whose rows were
chosen by `access` may show and search them, but nothing may filter or sort by them, and no other
list may reach them through a relation.
"""

from __future__ import annotations

from papers.text.sections import TEXT_KEYS

WHOLE_TABLES = {"papers.Session", "sessions.Session"}
"""Tables of which the panel shows nothing at all."""

SECRETS = {
    "papers.Member": {"password", "signed_out_at", "moved_from"},
    "papers.Invitation": {"token_hash"},
    "papers.JoinLink": {"token_hash"},
    "papers.FeedToken": {"token_hash"},
    "papers.ApiToken": {"token_hash", "account_hash"},
    "papers.ChatAccount": {"account_hash"},
    "papers.ApiAnswer": {"key", "request_hash", "body", "location"},
    "papers.File": {"key", "name", "alt", "rights", "digest", "content"},
    "papers.Mail": {"text", "html", "unsubscribe_url"},
    "papers.Webhook": {"url"},
    "papers.WebhookEndpoint": {"url", "secret"},
    "papers.IssueFetch": {"token"},
    "papers.ZoteroLibrary": {"key"},
    "papers.ReviewDraft": {*TEXT_KEYS, "verdict", "depth", "guidance", "items", "writer", "turn"},
    "papers.TextDraft": {"place", "fields"},
    "papers.ImportJob": {"source", "plan", "made"},
    "papers.ImportItem": {"data"},
    "papers.DigestIssue": {"content"},
    "papers.SearchDoc": {"words"},
    "procrastinate.ProcrastinateJob": {"args"},
}

WITHHELD = {
    "papers.Comment": {"body", "body_html"},
    "papers.CommentRevision": {"body", "body_html"},
    "papers.Review": {*TEXT_KEYS, *(f"{name}_html" for name in TEXT_KEYS)},
    "papers.ReviewRevision": {*TEXT_KEYS},
    "papers.CritiquePoint": {"text"},
    "papers.Experiment": {
        "title", "hypothesis", "plan", "plan_html", "cost", "risk", "outcome", "outcome_html",
    },
    "papers.ExperimentLink": {"url", "label"},
    "papers.Prediction": {"percent"},
    "papers.VerdictVote": {"verdict"},
}  # fmt: skip

GUARDED = {
    "papers.Comment", "papers.CommentRevision", "papers.Review", "papers.ReviewRevision",
    "papers.CritiquePoint", "papers.Experiment", "papers.ExperimentLink", "papers.Prediction",
    "papers.VerdictVote", "papers.MeetingAction",
}  # fmt: skip
"""Tables whose lists leave out the rows that are closed to the viewer; `test_panel_lookups`
plants a word in closed rows and looks for it in all of them."""


def is_secret(label: str, column: str) -> bool:
    """Whether this column of this table (`papers.Mail`) is read by nobody."""
    return label in WHOLE_TABLES or column in SECRETS.get(label, ())


def is_withheld(label: str, column: str) -> bool:
    """Whether some rows of this column are closed to some."""
    return column in WITHHELD.get(label, ())
