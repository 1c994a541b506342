"""Addresses of the panel, and how an act on many rows is sent."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse


def list_url(model: type[Any]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def row_url(row: Any) -> str:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return reverse(name, args=[row.pk])


def act(browser: Client, model: type[Any], action: str, *rows: Any, **fields: str) -> Any:
    data = {"action": action, "_selected_action": [row.pk for row in rows], **fields}
    return browser.post(list_url(model), data, follow=True)
