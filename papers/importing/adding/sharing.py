"""How a browser's bookmark and a phone's share sheet bring a page here, by a GET.

It makes nothing: the member sees what was recognized and adds the paper with a click of their own.
"""

from __future__ import annotations

import json
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

SCRIPT = """(()=>{
const m=n=>document.querySelector(`meta[name="${n}" i]`)?.content||"";
const p=new URLSearchParams({url:location.href,title:document.title,name:m("citation_title"),
text:[m("citation_doi"),m("citation_arxiv_id"),getSelection()].join(" ").trim().slice(0,500)});
open(%s+"?"+p)})()"""
"""Reads what a page says of its paper, for Google Scholar, and opens the form with it."""

ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 512 512'>"
    "<rect width='512' height='512' fill='white'/>"
    "<path d='M112 96h80v320h-80z' fill='royalblue'/>"
    "<path d='M216 96h80v320h-80z' fill='goldenrod'/>"
    "<path d='M320 96h80v320h-80z' fill='seagreen'/>"
    "</svg>"
)


def make_bookmarklet() -> str:
    """The address of a bookmark that adds the page on which it is chosen."""
    address = json.dumps(f"{settings.SITE_URL}{reverse('paper-new')}")
    return "javascript:" + quote(
        (SCRIPT % address).replace("\n", ""), safe="!#$&'()*+,/:;=?@[]~`{}|"
    )


def make_manifest() -> dict[str, object]:
    """https://www.w3.org/TR/appmanifest/ and https://w3c.github.io/web-share-target/"""
    return {
        "name": "Reading room",
        "short_name": "Reading room",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "icons": [
            {
                "src": f"data:image/svg+xml,{quote(ICON)}",
                "sizes": "any",
                "type": "image/svg+xml",
            }
        ],
        "share_target": {
            "action": reverse("paper-new"),
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
