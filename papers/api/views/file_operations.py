"""Pictures, the files of papers, and exports."""

from __future__ import annotations

from typing import Annotated

from django.core.files.uploadedfile import UploadedFile as Sent
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import Field, File, Form, Path, Query, Schema, Status
from ninja.files import UploadedFile

from papers import access
from papers.api import news_schemas, queries, schemas
from papers.api.views.api import (
    READ,
    REFUSALS,
    WRITE,
    api,
    check,
    find_paper,
    get_caller,
    require_reviewer,
)
from papers.api.views.list_operations import After, Limit, make_page
from papers.exporting.format_registry import FORMATS
from papers.exporting.queries.scopes import find_scope
from papers.exporting.views.files import send_file
from papers.files.actions import add_document, add_picture
from papers.files.forms import DocumentForm, PictureForm
from papers.files.queries import list_files

Name = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
"""A key or a name in an address."""


class Part(Schema):
    """A part of the lab: a search, a topic's path, a member's handle, a paper's number; or all."""

    q: str = Field("", max_length=300)
    topic: str = Field("", max_length=1000)
    member: str = Field("", max_length=64)
    paper: str = Field("", max_length=20)


@api.get(
    "/files", auth=READ, response={200: schemas.Page[news_schemas.File], **REFUSALS},
    operation_id="list_files", summary="List files that I uploaded",
)  # fmt: skip
def list_mine(
    request: HttpRequest, after: After = 0, limit: Limit = queries.PAGE
) -> queries.Values:
    """Pictures in texts, and files of papers."""
    member, lab = get_caller(request)
    files = access.files_visible_to(member, lab).filter(by=member).select_related("by")
    return make_page(request, files, queries.describe_file, after, limit)


@api.post(
    "/files", auth=WRITE, response={201: news_schemas.File, **REFUSALS},
    operation_id="add_picture", summary="Upload a picture for a text",
)  # fmt: skip
def create_picture(
    request: HttpRequest,
    file: File[UploadedFile],
    alt: Annotated[str, Form(max_length=500, description="What it shows, in words.")],
    meant_for: Annotated[str, Form(max_length=20)] = "review",
) -> Status[queries.Values]:
    """PNG, JPEG, WebP or GIF. Put the answer's `text` into the draft that shows it."""
    member, _lab = get_caller(request)
    if not access.can_add_pictures(member):
        require_reviewer(member)
    form = PictureForm({"alt": alt, "meant_for": meant_for}, request.FILES)
    check(form)
    sent: Sent[bytes] = form.cleaned_data["file"]
    made = add_picture(
        data=sent.read(), name=sent.name or "", alt=form.cleaned_data["alt"],
        meant_for=form.cleaned_data["meant_for"], by=member, at=timezone.now(),
    )  # fmt: skip
    return Status(201, queries.describe_file(made))


@api.get(
    "/files/{str:key}", auth=READ, response={200: None, **REFUSALS},
    operation_id="get_file", summary="Download a file",
)  # fmt: skip
def get_file(request: HttpRequest, key: Name) -> HttpResponseBase:
    """The content."""
    member, lab = get_caller(request)
    found = access.files_visible_to(member, lab).filter(key=key).first()
    if found is None:
        raise Http404
    try:
        content = found.content.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    name = found.key + found.ENDINGS[found.MediaType(found.media_type)]
    return FileResponse(content, as_attachment=True, filename=name, content_type=found.media_type)


@api.get(
    "/papers/{key:pk}/files", auth=READ, response={200: list[news_schemas.File], **REFUSALS},
    operation_id="list_paper_files", summary="List a paper's files",
)  # fmt: skip
def list_paper_files(request: HttpRequest, pk: schemas.Key) -> list[queries.Values]:
    """Its PDF and slides."""
    paper, (member, lab) = find_paper(request, pk), get_caller(request)
    return queries.describe_all(list_files(paper, member, lab), queries.describe_file)


@api.post(
    "/papers/{key:pk}/files", auth=WRITE, response={201: news_schemas.File, **REFUSALS},
    operation_id="add_paper_file", summary="Upload a paper's PDF or slides",
)  # fmt: skip
def create_paper_file(
    request: HttpRequest,
    pk: schemas.Key,
    file: File[UploadedFile],
    kind: Annotated[str, Form(max_length=20, description="paper or slides")] = "paper",
    rights: Annotated[str, Form(max_length=300)] = "",
) -> Status[queries.Values]:
    """The same bytes again give the file that is there."""
    member, _lab = get_caller(request)
    require_reviewer(member)
    paper = find_paper(request, pk)
    form = DocumentForm({"kind": kind, "rights": rights}, request.FILES)
    check(form)
    sent: Sent[bytes] = form.cleaned_data["file"]
    made = add_document(
        paper=paper, kind=form.cleaned_data["kind"], data=sent.read(), name=sent.name or "",
        rights=form.cleaned_data["rights"], by=member, at=timezone.now(),
    )  # fmt: skip
    return Status(201, queries.describe_file(made))


@api.get(
    "/exports", auth=READ, response={200: list[news_schemas.ExportFormat], **REFUSALS},
    operation_id="list_exports", summary="List export formats",
)  # fmt: skip
def list_exports(request: HttpRequest) -> list[queries.Values]:
    """What each is for, and what it cannot hold."""
    names = ("key", "label", "use", "lacks", "content_type")
    return [{name: str(getattr(one, name)) for name in names} for one in FORMATS.values()]


@api.get(
    "/exports/{str:name}", auth=READ, response={200: None, **REFUSALS},
    operation_id="get_export", summary="Export a part of the lab",
)  # fmt: skip
def get_export(request: HttpRequest, name: Name, part: Query[Part]) -> HttpResponseBase:
    """A file in one of the formats of `GET /exports`."""
    member, lab = get_caller(request)
    form = FORMATS.get(name)
    scope = find_scope(part.dict(), member, lab) if form else None
    if form is None or scope is None:
        raise Http404
    answer: HttpResponse = send_file(request, scope, form, member, lab)  # type: ignore[arg-type,assignment]
    return answer
