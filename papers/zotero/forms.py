"""Forms of connected Zotero libraries."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.fields import LineInput
from papers.models import Topic

_GROUP = re.compile(r"(?:(?:https?://)?(?:www\.)?zotero\.org/groups/)?(\d{1,12})(?:[/?#].*)?")
_KEY = re.compile(r"[A-Za-z0-9]{16,64}")


class SwitchesForm(forms.Form):
    """What a connected library does."""

    name = LineInput(
        max_length=300,
        label=_("Name"),
        error_messages={"required": _("Enter a name.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    key = forms.CharField(
        max_length=64,
        required=False,
        label=_("API key"),
        help_text=_("Leave empty to keep the current key."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    sends_changes = forms.BooleanField(
        required=False,
        label=_("Send changes to Zotero"),
        help_text=_("Details and topics that change here change there. The key must allow it."),
    )
    sends_reviews = forms.BooleanField(
        required=False,
        label=_("Send reviews to Zotero as notes"),
        help_text=_("Everyone in the group can read them, and everyone on the web if it's public."),
    )

    def clean_key(self) -> str:
        """Zotero's keys are letters and digits."""
        key = str(self.cleaned_data["key"]).strip()
        if key and not _KEY.fullmatch(key):
            raise forms.ValidationError(_("This isn't a Zotero API key."))
        return key


class LibraryForm(SwitchesForm):
    """A group library to connect."""

    group = forms.CharField(
        max_length=300,
        label=_("Group"),
        help_text=_("Its number, or the address of its page."),
        error_messages={"required": _("Enter the group's number or address.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    topic = forms.ModelChoiceField(
        queryset=Topic.objects.none(),
        required=False,
        label=_("Put collections under"),
        empty_label=_("The list of all topics"),
    )
    field_order = ["group", "name", "key", "topic", "sends_changes", "sends_reviews"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["topic"].queryset = Topic.objects.order_by("path")  # type: ignore[attr-defined]
        self.fields["key"].required = True
        self.fields["key"].error_messages["required"] = _("Enter an API key.")
        self.fields["key"].help_text = _(
            "Create one at zotero.org/settings/keys, for this group only. We won't show it again."
        )

    def clean_group(self) -> int:
        """The number of the group."""
        found = _GROUP.fullmatch(str(self.cleaned_data["group"]).strip())
        if not found:
            raise forms.ValidationError(_("Enter the group's number or address."))
        return int(found[1])
