"""Long forms, decoded at the speed of C.

`urllib.parse` makes an object of 40 bytes for each escape and keeps them all: a megabyte of
Japanese text, three characters of code for each byte, takes 15 MB and a tenth of a second in which
no other thread runs, and 25 MB of `%41`, the most that the site takes, half a gigabyte. Here a text
is turned into quoted-printable, which differs from it by one sign and has a decoder in C.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

FORM = "application/x-www-form-urlencoded"
LONG = 50_000
"""Bytes from which on a form is read here; Django reads shorter ones."""

PIECE = 1 << 16
"""Bytes that are decoded at once."""

_NO_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


def read_long_form(request: HttpRequest) -> None:
    """Give a request with a long form its fields; others are left as they are."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.method != "POST" or request.content_type != FORM or not length.isdigit():
        return
    if len(length) > 12 or int(length) < LONG:
        return
    body = request.body
    if body.count(b"&") >= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        return  # Django refuses it
    request.POST = parse_form(body)  # type: ignore[assignment]
    request._files = MultiValueDict()  # type: ignore[attr-defined]  # else FILES reads it all again


def parse_form(body: bytes) -> QueryDict:
    """The fields of an encoded form, as `QueryDict(body)` reads them."""
    form = QueryDict(mutable=True)
    for pair in body.split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            form.appendlist(_decode(name), _decode(value))
    form._mutable = False
    return form


def _decode(text: bytes) -> str:
    return b"".join(map(_unquote, _cut(text))).decode("utf-8", "replace")


def _cut(text: bytes) -> Iterator[bytes]:
    """Pieces that end with no half of an escape."""
    start = 0
    while start < len(text):
        end = start + PIECE
        last = text.rfind(b"%", end - 2, end)
        if last > start:
            end = last
        yield text[start:end]
        start = end


def _unquote(piece: bytes) -> bytes:
    whole = _NO_ESCAPE.sub(b"%25", piece.replace(b"+", b"%20"))
    # What would mean something in quoted-printable is written as an escape: "=", and white space
    # at the end of a line, which it ignores.
    for sign in (b"=", b" ", b"\t", b"\r", b"\n"):
        whole = whole.replace(sign, b"%%%02X" % sign[0])
    return a2b_qp(whole.replace(b"%", b"="))
