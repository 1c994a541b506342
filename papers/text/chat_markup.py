"""Text and links in the markup of chat servers. Pure.

Slack: https://docs.slack.dev/messaging/formatting-message-text. Mattermost and Discord read
Markdown.
"""

from __future__ import annotations

import re


def escape_slack(text: str) -> str:
    """The three characters that Slack reads as markup; `<!channel>` becomes plain text."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("|", "\u2502")


def link_slack(word: str, url: str) -> str:
    """A link with these words."""
    return f"<{url}|{escape_slack(word)}>"


def escape_markdown(text: str) -> str:
    """Markdown's own marks stay marks of the text; a `@` calls nobody."""
    text = re.sub(r"([\\`*_~\[\]<>|#])", r"\\\1", text)
    return text.replace("@", "@\u200b")


def link_markdown(word: str, url: str) -> str:
    """A link with these words."""
    return f"[{escape_markdown(word)}]({url})"
