"""Settings of the sites and servers that the lab talks with: which are asked, and with what."""

from __future__ import annotations

import sys

from reviewapp.environment import get_choices, get_flag, get_list, get_text

__all__ = [
    "GITHUB_HOSTS",
    "GITLAB_HOSTS",
    "LOOKUPS",
    "LOOKUPS_CONTACT",
    "LOOKUPS_WEEKLY",
    "LOOKUP_SERVERS",
    "LOOKUP_SERVICES",
    "MATTERMOST_COMMAND_TOKENS",
    "SLACK_SIGNING_SECRET",
    "WEBHOOK_LOCAL_HOSTS",
]

# Chat rooms on servers of the own network: whoever may add one could otherwise reach into it.
WEBHOOK_LOCAL_HOSTS = get_flag("WEBHOOK_LOCAL_HOSTS")

# Commands in the lab's chat (docs/chat.md).
SLACK_SIGNING_SECRET = get_text("SLACK_SIGNING_SECRET")
MATTERMOST_COMMAND_TOKENS = get_list("MATTERMOST_COMMAND_TOKENS")

# Other sites that are asked for the facts of a paper, and the weekly look for new versions.
LOOKUP_SERVICES = frozenset({
    "arxiv", "crossref", "datacite", "openreview", "semantic_scholar", "pubmed", "openlibrary",
    "acl", "pmlr", "neurips", "cvf", "zotero", "github", "gitlab",
})  # fmt: skip
LOOKUPS = frozenset() if "pytest" in sys.modules else get_choices("LOOKUPS", LOOKUP_SERVICES)
LOOKUPS_CONTACT = get_text("LOOKUPS_CONTACT")
LOOKUPS_WEEKLY = get_flag("LOOKUPS_WEEKLY", default=True)
GITHUB_HOSTS = get_list("GITHUB_HOSTS")  # of Enterprise servers, beside github.com
GITLAB_HOSTS = get_list("GITLAB_HOSTS")  # of one's own, beside gitlab.com
LOOKUP_SERVERS: dict[str, str] = {}  # tests alone point services at servers of their own
