"""Invented documents of every shape that groups keep lists in, each with what a careful reader finds there.

Titles and persons are made up. A document is a container (topics, members, days, flat), one style of entries for each of
its lists, and what stands around: a greeting, a table of contents, a part about contributing. The truth has the form that
the measure of real lists has.
"""

from __future__ import annotations

import random

from tests.importing.invented.documents import Document
from tests.importing.invented.formats import data, other
from tests.importing.invented.lists import later, markdown, meetings, schedule
from tests.importing.invented.tables import table

MAKERS = (markdown, markdown, markdown, table, table, data, other, schedule)


LATER_MAKERS = (later, later, later, meetings)


def make_later(seed: int) -> Document:
    """Documents of the second kind."""
    chance = random.Random(seed)
    return LATER_MAKERS[seed % len(LATER_MAKERS)](chance)


def make(seed: int) -> Document:
    """The document of this number: the same for ever."""
    chance = random.Random(seed)
    return MAKERS[seed % len(MAKERS)](chance)
