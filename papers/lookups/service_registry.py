"""Which services there are, which are switched on, and who is asked for what."""

from __future__ import annotations

from django.conf import settings

from papers.lookups.services.every import SERVICES
from papers.lookups.services.service import Service
from papers.lookups.subjects import Subject
from papers.outgoing import Rules

MOST_BYTES = 5 * 1024 * 1024
"""Of an answer, unpacked."""

REDIRECTS = 3


def is_on(key: str) -> bool:
    """Whether the lab asks this service."""
    return key.removesuffix("1") in settings.LOOKUPS


def list_services(subject: Subject) -> list[Service]:
    """Those that are switched on and may know this work."""
    return [one for one in SERVICES.values() if is_on(one.key) and one.write_path(subject)]


def get_origin(service: Service) -> str:
    """Where the service is; tests point it at a server of their own."""
    return settings.LOOKUP_SERVERS.get(service.key, service.origin)


def make_rules(service: Service) -> Rules:
    """The servers that a request to this service may reach, and how much it reads."""
    stand_in = settings.LOOKUP_SERVERS.get(service.key)
    origins = {stand_in} if stand_in else {service.origin, *service.also}
    return Rules(
        origins=frozenset(origins),
        is_local=bool(stand_in),
        redirects=REDIRECTS,
        most_bytes=MOST_BYTES,
    )
