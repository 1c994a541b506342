"""Forms of news: the digest's note, hour and chat rooms, and a member's choices of mail."""

from __future__ import annotations

from django import forms

from papers.fields import LineInput
from papers.models import Lab, Webhook


class NoteForm(forms.Form):
    """A curator's words at the head of an issue."""

    note = forms.CharField(
        required=False,
        max_length=5000,
        label="Note",
        help_text="Markdown. It stands above the issue, on the page and in the mail.",
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "class": "writing"}),
    )


class ClockForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """When the issue of the last week closes by itself. Read `cleaned_data`."""

    class Meta:
        model = Lab
        fields = ("digest_weekday", "digest_hour")
        labels = {"digest_weekday": "Closes on", "digest_hour": "At the hour"}


class WebhookForm(forms.Form):
    """A chat room to tell."""

    name = LineInput(
        max_length=100,
        label="Name of the room",
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    format = forms.ChoiceField(label="Kind of chat", choices=Webhook.Format.choices)
    url = forms.URLField(
        max_length=500,
        assume_scheme="https",
        label="Address of the incoming webhook",
        help_text="The chat's settings make it. Whoever knows it can write there: it is shown to "
        "nobody afterwards.",
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
