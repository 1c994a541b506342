"""Lines of what happened, in mails."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from papers.activity.queries import Activity

register = template.Library()


@register.simple_tag
def whole_address(activity: Activity, site_url: str) -> SafeString:
    """`{% whole_address line.activity site_url %}`: the line with links that work in a mail."""
    return activity.render(site_url)
