"""What a message offers about the act that it tells of: to undo it, to give a reason."""

from __future__ import annotations

from django import template
from django.contrib.messages.storage.base import Message
from django.urls import reverse

register = template.Library()


@register.filter
def undo_url(message: Message) -> str:
    """Where the act that the message tells of is taken back; empty where it can't be."""
    return _find_url(message, "undo")


@register.filter
def reason_url(message: Message) -> str:
    """Where the act gets its reason; empty where it has one or needs none."""
    return _find_url(message, "reason")


def _find_url(message: Message, name: str) -> str:
    """The address of this name for the act whose key stands behind it in the message's tags."""
    for tag in str(message.extra_tags or "").split():
        word, _, key = tag.partition("-")
        if word == name and key.isdigit():
            return reverse(name, args=[key])
    return ""
