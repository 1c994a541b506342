"""Topics that a list brings: many at once, in a constant number of statements for each level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

from papers.models import Topic
from papers.text.one_line import fold_name
from papers.topics.actions.nodes import (
    LONGEST_PATH,
    LONGEST_SLUG,
    RESERVED_SLUGS,
    _describe,
    lock_tree,
)

LONGEST_NAME = 300
"""Characters of a topic's name."""

TopicPath = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CreatedTopics:
    """The topic of each path, and the keys of those that are new."""

    topics: dict[TopicPath, Topic]
    made: list[int]


def create_topics(wanted: Iterable[tuple[TopicPath, str]]) -> CreatedTopics:
    """Find or make the topics of these paths, outermost first; the description fills an empty one.

    Part of the caller's transaction, without an event. A path too long for an address ends at the
    last topic that fits.
    """
    lock_tree()
    tree = _Tree(Topic.objects.select_related(None))
    paths = {path: description for path, description in wanted if path}
    for depth in range(1, max(map(len, paths), default=0) + 1):
        tree.add_level(_prefixes(paths, depth), paths)
    return CreatedTopics(tree.found, tree.made)


def _prefixes(paths: Iterable[TopicPath], depth: int) -> list[TopicPath]:
    return list(dict.fromkeys(path[:depth] for path in paths if len(path) >= depth))


class _Tree:
    """The whole tree in memory, as long as it is being added to."""

    def __init__(self, rows: Iterable[Topic]) -> None:
        self.found: dict[TopicPath, Topic] = {}
        self.made: list[int] = []
        self.named: dict[tuple[int | None, str], Topic] = {}
        self.slugs: dict[int | None, set[str]] = {None: set(RESERVED_SLUGS)}
        self.last: dict[int | None, int] = {}
        for topic in rows:
            self._know(topic)

    def _know(self, topic: Topic) -> None:
        parent = topic.parent_id
        self.named.setdefault((parent, fold_name(topic.name)), topic)
        self.slugs.setdefault(parent, set()).add(topic.slug.lower())
        self.last[parent] = max(self.last.get(parent, -1), topic.position)

    def add_level(self, paths: list[TopicPath], descriptions: dict[TopicPath, str]) -> None:
        """Find or make the topics of one depth; their parents are there already."""
        new: list[tuple[TopicPath, Topic]] = []
        described: list[Topic] = []
        for path in paths:
            parent = self.found.get(path[:-1])
            known = self.named.get((parent.pk if parent else None, fold_name(path[-1])))
            topic = known or self._make(path[-1], parent)
            if parent is not None and len(topic.path) > LONGEST_PATH:
                self.found[path] = parent
                continue
            if (text := descriptions.get(path, "")) and not topic.description:
                _describe(topic, text)
                described.append(topic)
            self.found[path] = topic
            if known is None:
                new.append((path, topic))
                self._know(topic)
        Topic.objects.bulk_create([topic for _, topic in new])
        self.made.extend(topic.pk for _, topic in new)
        kept = [topic for topic in described if topic.pk not in set(self.made)]
        Topic.objects.bulk_update(kept, ["description", "description_html", "renderer"])

    def _make(self, name: str, parent: Topic | None) -> Topic:
        above = parent.pk if parent else None
        slug = self._free_slug(name, above)
        path = f"{parent.path}/{slug}" if parent else slug
        return Topic(
            name=name[:LONGEST_NAME],
            parent=parent,
            slug=slug,
            path=path,
            depth=parent.depth + 1 if parent else 0,
            position=self.last.get(above, -1) + 1,
        )

    def _free_slug(self, name: str, above: int | None) -> str:
        slug = slugify(name, allow_unicode=True)[:LONGEST_SLUG].strip("-_") or "topic"
        taken = self.slugs.get(above, set())
        number = 1
        free = slug
        while free.lower() in taken:
            number += 1
            free = f"{slug}-{number}"
        return free
