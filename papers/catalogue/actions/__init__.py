"""Every write of the catalogue: papers, topics, listings."""

from papers.catalogue.actions.listings import (
    change_listing,
    list_paper,
    order_listings,
    unlist_paper,
)
from papers.catalogue.actions.papers import (
    PaperExists,
    PaperFacts,
    PaperLooksKnown,
    add_paper,
    change_paper,
    make_slug,
)
from papers.catalogue.actions.selections import (
    AlreadyUndone,
    find_undoing,
    list_papers,
    lock_papers,
    record_act,
    set_slots,
    take_back,
    undo_selection,
    unlist_papers,
)
from papers.catalogue.actions.topics import (
    TopicCycle,
    TopicExists,
    TopicTooDeep,
    add_topic,
    change_topic,
    edit_topic,
    move_topic,
    order_topics,
)

__all__ = [
    "AlreadyUndone",
    "PaperExists",
    "PaperFacts",
    "PaperLooksKnown",
    "TopicCycle",
    "TopicExists",
    "TopicTooDeep",
    "add_paper",
    "add_topic",
    "change_listing",
    "change_paper",
    "change_topic",
    "edit_topic",
    "find_undoing",
    "list_paper",
    "list_papers",
    "lock_papers",
    "make_slug",
    "move_topic",
    "order_listings",
    "order_topics",
    "record_act",
    "set_slots",
    "take_back",
    "undo_selection",
    "unlist_paper",
    "unlist_papers",
]
