"""How guessing passwords is slowed down, and nobody is shut out.

The rule. A wrong password counts three times, and each count drains with time; when one is full,
no password is looked at until it has room again:

| count of wrong passwords for            | at once | then one every | in a day at most |
|-----------------------------------------|---------|----------------|------------------|
| one account from one network address    | 5       | minute         | 1,445            |
| one account, from anywhere              | 30      | 2 minutes      | 750              |
| one network address, for any account    | 100     | 6 seconds      | 14,500           |
| one known device, for its own member    | 20      | minute         | 1,460            |

A right password counts nothing. So:

- A stranger's wrong passwords slow down the stranger: the member, elsewhere, gets in.
- Guessing one account from many addresses is held to 750 tries a day, whatever their number.
- A lab behind one address is not shut out by one who guesses: a device in which the member signed
  in before (`devices`) has a count of its own, which nobody else can fill, and skips the others.
- On a new device, when the counts are full, a link sent to the member's address makes the device
  known, and the right password gets in. Resetting the password does so too.
- An account that does not exist is counted like one that does, so the refusal tells nothing.

Network addresses are those of one computer (IPv4) or of one /64 (IPv6). The counts stand in the
database, in a table of fixed size: at most 65,536 rows of each kind.
"""

from __future__ import annotations

from datetime import datetime

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest

from papers import throttle
from papers.accounts.queries import find_account
from papers.accounts.signing_in.devices import find_device
from papers.throttle import Count, Limit, TooOften

ACCOUNT_AND_ADDRESS = Limit("pair", 5, 60)
ACCOUNT = Limit("account", 30, 120)
ADDRESS = Limit("address", 100, 6)
KNOWN_DEVICE = Limit("device", 20, 60)

type Attempt = tuple[Count, ...]


def begin_attempt(request: HttpRequest, login: str, *, at: datetime) -> Attempt:
    """Count a try before the password is looked at; raises TooOften. Forgive it if it was right."""
    member = find_account(login)
    device = find_device(request, member) if member else None
    if device:
        own = (KNOWN_DEVICE.of(device),)
        try:
            throttle.take(*own, at=at)
        except TooOften:
            pass  # Somebody guesses on this very device: it counts as a new one.
        else:
            return own
    ip = get_ip(request)
    who = f"member {member.pk}" if member else f"login {login.casefold()}"
    counts = (ACCOUNT_AND_ADDRESS.of(who, ip), ACCOUNT.of(who), ADDRESS.of(ip))
    throttle.take(*counts, at=at)
    return counts


def forgive(attempt: Attempt) -> None:
    """The password was right."""
    throttle.refund(*attempt)
