"""Writes of the lab's row and of former webhooks, each of which can be returned for 30 days."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from papers.access import UNDO_FOR
from papers.events import record
from papers.lab_changes.change_words import get_column
from papers.models import Event, File, FormerWebhook, Lab, Member, Webhook, WebhookEndpoint


class NotReturned(Exception):
    """An undo would take away a later change, or what was there is gone."""

    def __init__(self, said: str = "") -> None:
        super().__init__(said or _("This was changed again since, so it can't be undone."))


def write_lab(
    values: Mapping[str, Any], *, by: Member, at: datetime, act: str = "", reason: str = "",
    undoes: int | None = None,
) -> list[str]:  # fmt: skip
    """Give columns of the lab these values; the names of those that differ from before.

    The log tells the act, each column before and after, and the reason.
    """
    with transaction.atomic():
        Lab.objects.get_or_create(pk=1)
        lab = Lab.objects.select_for_update().get(pk=1)
        changed = {name: value for name, value in values.items() if getattr(lab, name) != value}
        if changed:
            changes = {n: [_as_json(getattr(lab, n)), _as_json(changed[n])] for n in changed}
            for name, value in changed.items():
                setattr(lab, name, value)
            lab.save(update_fields=list(changed))
            data = {"act": act, "changes": changes, "reason": reason, "undoes": undoes}
            record(Event.Kind.LAB_CHANGED, by=by, at=at, data=leave_out_empty(data))
    return list(changed)


def return_lab(*, event: Event, by: Member, at: datetime) -> None:
    """Give the columns that this act changed their former values. Raises NotReturned."""
    changes: dict[str, list[Any]] = event.data["changes"]
    with transaction.atomic():
        lab = Lab.objects.select_for_update().get(pk=1)
        if any(_as_json(getattr(lab, name)) != now for name, (_was, now) in changes.items()):
            raise NotReturned
        values = {name: get_column(name).to_python(was) for name, (was, _now) in changes.items()}
        _require_logo(values.get("logo_id"))
        write_lab(values, act="undone", undoes=event.pk, by=by, at=at)


def _require_logo(key: str | None) -> None:
    if key and not File.objects.select_for_update().filter(key=key).exists():
        raise NotReturned(_("That logo was deleted. Upload it again."))


def leave_out_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """What an event's data say, without what was not said."""
    return {name: value for name, value in data.items() if value not in ("", None)}


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def keep_former(
    event: Event, webhook: Webhook | WebhookEndpoint, was: Mapping[str, Any], now: Mapping[str, Any]
) -> None:
    """Keep columns of a webhook as they were before this act, and as it left them: none of them
    when it removed the row."""
    values = {"was": {"pk": webhook.pk, **was}, "now": now}
    FormerWebhook.objects.create(event=event, values=json.dumps(values))


def take_former(event: Event) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns before this act and after it; the next one who asks gets NotReturned."""
    former = FormerWebhook.objects.select_for_update().filter(event=event).first()
    if former is None or former.values is None:
        raise NotReturned
    former.delete()
    values = json.loads(former.values)
    return values["was"], values["now"]


def forget_former_webhooks(*, at: datetime) -> int:
    """Delete what no undo can return any more; how many rows. The worker runs this each day."""
    return FormerWebhook.objects.filter(event__at__lt=at - UNDO_FOR).delete()[0]
