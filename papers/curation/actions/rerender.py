"""Rendering kept Markdown anew, when the renderer has changed or was too busy at the time."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from papers.text.markdown import RENDERER_VERSION, render_once

BATCH = 200


def rerender_texts(*, everything: bool = False) -> Iterator[tuple[str, int]]:
    """Render what an older renderer made, or everything; yields each table and its count.

    Every table with a `renderer` column keeps `x_html` beside `x`. Rows are read without a lock
    and written only where the text is still the one that was rendered.
    """
    for model in apps.get_app_config("papers").get_models():
        names = {field.name for field in model._meta.get_fields()}
        if "renderer" in names:
            pairs = [(n.removesuffix("_html"), n) for n in sorted(names) if n.endswith("_html")]
            yield str(model._meta.verbose_name_plural), _render_table(model, pairs, everything)


def _render_table(model: type[models.Model], pairs: list[tuple[str, str]], everything: bool) -> int:
    rows = model._default_manager.order_by("pk")
    if not everything:
        rows = rows.exclude(renderer=RENDERER_VERSION)
    count = 0
    for row in rows.iterator(chunk_size=BATCH):
        texts = {name: getattr(row, name) for name, _ in pairs}
        made = {html: render_once(texts[name]) for name, html in pairs}
        is_final = all(one.is_final for one in made.values())
        fresh = {html: one.html for html, one in made.items()}
        same = model._default_manager.filter(pk=row.pk, **texts)
        count += same.update(**fresh, renderer=RENDERER_VERSION if is_final else 0)
    return count
