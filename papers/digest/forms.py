"""Forms of news: the digest's note, hour and chat rooms, and a member's choices of mail."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.fields import LineInput
from papers.models import Lab, Webhook
from papers.writing.forms import SharedForm


class NoteForm(SharedForm):
    """A curator's words at the head of an issue."""

    note = forms.CharField(
        required=False,
        max_length=5000,
        label=_("Note"),
        help_text=_("Shown at the top of the page and email. Markdown supported."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "class": "writing"}),
    )


class ClockForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """When the issue of the last week closes by itself. Read `cleaned_data`."""

    class Meta:
        model = Lab
        fields = ("digest_weekday", "digest_hour")
        labels = {"digest_weekday": _("Day"), "digest_hour": _("Time (hour)")}


class WebhookForm(forms.Form):
    """A chat room to tell."""

    name = LineInput(
        max_length=100,
        label=_("Channel name"),
        error_messages={"required": _("Enter a name.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    format = forms.ChoiceField(label=_("Chat service"), choices=Webhook.Format.choices)
    url = forms.URLField(
        max_length=500,
        assume_scheme="https",
        label=_("Incoming webhook URL"),
        error_messages={"required": _("Enter the webhook URL.")},
        help_text=_("From your chat's settings. Keep this secret; we won't show it again."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
