"""The one way in which this site asks another: checked address, whole deadline, bounded answer.

Whoever may name an address could otherwise reach into the lab's own network. The host's name is
looked up once, every address of it is checked, and the connection goes to the one that was
checked: a name that answers differently the second time gains nothing. Redirects are followed only
where the rules say so, and each target is checked like the first address.
`WEBHOOK_LOCAL_HOSTS` allows servers inside the own network (a Mattermost in the cellar).
"""

from papers.outgoing.answer import Answer, NoAnswer
from papers.outgoing.public_servers import (
    MOST_BYTES,
    SECONDS,
    AddressRefused,
    Rules,
    check_address,
    is_public,
    look_up,
)
from papers.outgoing.requests import send_request

__all__ = [
    "MOST_BYTES",
    "SECONDS",
    "AddressRefused",
    "Answer",
    "NoAnswer",
    "Rules",
    "check_address",
    "is_public",
    "look_up",
    "send_request",
]
