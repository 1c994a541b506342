"""Templates without their indentation, which is for their readers and would be sent each time."""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import filesystem

_INDENT = re.compile(r"\n[ \t]+")


class Loader(filesystem.Loader):
    """Loads the site's own templates; lines keep their numbers, texts for mails their blanks."""

    def get_contents(self, origin: Origin) -> str:
        """The template as it is compiled."""
        source = super().get_contents(origin)
        return _INDENT.sub("\n", source) if str(origin.name).endswith(".html") else source
