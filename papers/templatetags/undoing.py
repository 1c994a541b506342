"""The undo that a message offers."""

from __future__ import annotations

from django import template
from django.contrib.messages.storage.base import Message
from django.urls import reverse

register = template.Library()


@register.filter
def undo_url(message: Message) -> str:
    """Where the act that the message tells of is taken back; empty where it can't be."""
    word, _, key = str(message.extra_tags or "").partition("-")
    return reverse("undo", args=[key]) if word == "undo" and key.isdigit() else ""
