"""All services, in the order in which they are asked for one work, until one knows it. Pure."""

from __future__ import annotations

from papers.lookups.services import (
    arxiv,
    crossref,
    datacite,
    openlibrary,
    openreview,
    pages,
    pubmed,
    semantic_scholar,
)
from papers.lookups.services.service import Service

SERVICES: dict[str, Service] = {
    one.key: one
    for one in (
        arxiv.SERVICE,
        openreview.SERVICE,
        openreview.OLDER,
        pubmed.SERVICE,
        *pages.SERVICES,
        crossref.SERVICE,
        datacite.SERVICE,
        semantic_scholar.SERVICE,
        openlibrary.SERVICE,
    )
}
