"""URLs of the operations, each behind the door."""

from typing import cast

from papers.api.door.views import View, guard
from papers.api.views import (
    digest_operations,
    draft_operations,
    file_operations,
    list_operations,
    paper_operations,
)
from papers.api.views.api import REFUSALS, api

__all__ = ["OPERATIONS", "REFUSALS", "api", "urlpatterns"]

OPERATIONS = (
    paper_operations,
    draft_operations,
    list_operations,
    digest_operations,
    file_operations,
)
"""Imported for what they register."""

urlpatterns = api.urls[0]
for one in urlpatterns:
    one.callback = guard(cast("View", one.callback))
