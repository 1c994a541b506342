"""Ways back to the page that a form stood on."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def find_own_page(request: HttpRequest, url: str, *, otherwise: str) -> str:
    """The address, where it leads to a page of this site; else the other one."""
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if is_ours else otherwise
