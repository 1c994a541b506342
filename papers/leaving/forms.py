"""Who takes over what: one choice for each claim, experiment and agenda item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from papers.leaving.queries import Duties
from papers.models import Member

NOBODY = "-"


class HandoverForm(forms.Form):
    """Choices are named `claim-12`, `experiment-3`, `item-7`; one that is empty stays as it is."""

    def __init__(self, *args: Any, duties: Duties, people: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.handle: person for person in people}
        self._add("claim", duties.claims, _("Release"), lambda one: one.paper.title)
        self._add("experiment", duties.experiments, _("No owner"), str)
        self._add("item", duties.items, _("No presenter"), _name_item)

    def _add(self, kind: str, rows: Iterable[Any], nobody: str, name: Any) -> None:
        names = [(handle, person.name) for handle, person in self.people.items()]
        for row in rows:
            self.fields[f"{kind}-{row.pk}"] = forms.ChoiceField(
                required=False,
                label=name(row),
                choices=[("", _("Keep")), (NOBODY, nobody), *names],
            )

    def list_chosen(self, kind: str, rows: Iterable[Any]) -> list[tuple[Any, Member | None]]:
        """The rows that change hands, each with whoever takes it over."""
        chosen = [(row, self.cleaned_data.get(f"{kind}-{row.pk}", "")) for row in rows]
        return [(row, self.people.get(handle)) for row, handle in chosen if handle]


def _name_item(item: Any) -> str:
    return str(item.paper or item.experiment or item.title)
