"""The form of an endpoint: where messages go, and what about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.api.webhooks.webhook_kinds import CHOICES
from papers.fields import LineInput
from papers.models import WebhookEndpoint


class EndpointForm(forms.Form):
    """Name, address, and a list of kinds for each group of them. Read `get_values()`."""

    name = LineInput(
        label=_("Name"),
        max_length=100,
        help_text=_("The program that receives the messages."),
        error_messages={"required": _("Enter a name.")},
    )
    url = forms.URLField(
        label=_("URL"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Starts with https://. Each event is sent there as a signed POST request."),
        error_messages={"required": _("Enter a URL.")},
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (group, kinds) in enumerate(CHOICES):
            self.fields[f"kinds-{number}"] = forms.MultipleChoiceField(
                label=str(group),
                choices=[(kind.value, word) for kind, word in kinds],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def list_groups(self) -> list[forms.BoundField]:
        """The lists of kinds, for the page."""
        return [self[f"kinds-{number}"] for number in range(len(CHOICES))]

    def clean(self) -> dict[str, Any]:
        """At least one kind, or nothing would ever be sent."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not self._list_kinds(cleaned):
            self.add_error(None, _("Choose at least one kind of event."))
        return cleaned

    def get_values(self) -> dict[str, Any]:
        """`name`, `url` and `kinds`, for the action."""
        cleaned = self.cleaned_data
        kinds = self._list_kinds(cleaned)
        return {"name": cleaned["name"], "url": cleaned["url"], "kinds": kinds}

    def _list_kinds(self, cleaned: Mapping[str, Iterable[str]]) -> list[str]:
        names = (f"kinds-{number}" for number in range(len(CHOICES)))
        return [kind for name in names for kind in cleaned.get(name, ())]


def make_initial(endpoint: WebhookEndpoint) -> dict[str, Any]:
    """The form's values of an endpoint as it stands."""
    kinds = {f"kinds-{number}": endpoint.kinds for number in range(len(CHOICES))}
    return {"name": endpoint.name, "url": endpoint.url, **kinds}
