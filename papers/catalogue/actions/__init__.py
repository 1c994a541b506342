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
    "list_paper",
    "make_slug",
    "move_topic",
    "order_listings",
    "order_topics",
    "unlist_paper",
]
