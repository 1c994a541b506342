"""Files over the web: uploading a picture, serving what one may read, the files of a paper."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from papers import access
from papers.files import actions
from papers.files.forms import PROBLEMS, DocumentForm, PdfForm, PictureForm
from papers.files.found_in_file import Document
from papers.files.pdf_identity import name_paper
from papers.files.queries import list_deleted, list_files, list_largest, measure_room
from papers.files.sandboxed import read_document
from papers.http import (
    MemberRequest,
    PageRequest,
    get_request_lab,
    public_reading,
    redirect_page,
    render_page,
    require_curator,
    require_reviewer,
)
from papers.models import File, Paper
from papers.text.pictures import write_picture
from papers.writing.views import once

SANDBOX = {"default-src": ["'none'"], "frame-ancestors": ["'none'"], "sandbox": ""}
"""The policy of a file: nothing in it runs or loads anything, whatever a browser takes it for."""

INLINE = {File.MediaType.PNG, File.MediaType.WEBP, File.MediaType.PDF}


@require_safe
@public_reading
@csp_override(SANDBOX)
def file(request: PageRequest, key: str) -> HttpResponseBase:
    """The content of a file, for whoever may read it at this moment."""
    rows = access.files_visible_to(request.user, get_request_lab(request))
    return serve_file(request, get_object_or_404(rows, key=key))


def serve_file(request: HttpRequest, found: File) -> HttpResponseBase:
    """Its content under its real type; the view that calls this sets the policy SANDBOX."""
    etag = f'"{found.digest}"'
    # No browser shows it again without asking: rights may have ended since.
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged if unchanged is not None else _open(request, found)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _open(request: HttpRequest, found: File) -> HttpResponseBase:
    try:
        content = found.content.open("rb")
    except FileNotFoundError as gone:
        raise Http404("The content of this file is gone.") from gone
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # compressed already; gzip would only cost time
    media_type = File.MediaType(found.media_type)
    return FileResponse(
        content,
        as_attachment=media_type not in INLINE,
        filename=_choose_name(found, File.ENDINGS[media_type]),
        content_type=media_type.value,
    )


def _choose_name(found: File, ending: str) -> str:
    """The name under which a browser saves it: with the ending of its real type."""
    if found.kind == File.Kind.PICTURE or not found.name:
        return found.key + ending
    stem = found.name.rsplit(".", 1)[0] or found.key
    return stem + ending


@require_http_methods(["GET", "HEAD", "POST"])
@once
def picture_new(request: MemberRequest) -> HttpResponse:
    """Upload a picture for a text; a script that asks for JSON gets the line that shows it."""
    if request.method != "POST":
        wanted = request.GET.get("for", "")
        kind = wanted if wanted in File.Text.values else File.Text.REVIEW
        return _show_form(request, PictureForm(initial={"meant_for": kind}))
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        sent: UploadedFile[bytes] = form.cleaned_data["file"]
        added = _try_to_add(form, lambda: actions.add_picture(
            data=sent.read(), name=sent.name or "", alt=form.cleaned_data["alt"],
            meant_for=form.cleaned_data["meant_for"], by=request.user, at=timezone.now(),
        ))  # fmt: skip
        if added is not None:
            if _wants_json(request):
                return JsonResponse({"text": write_picture(added.alt, added.get_absolute_url())})
            return redirect_page(request, reverse("picture-line", args=[added.key]))
    if _wants_json(request):
        errors = [error for errors in form.errors.values() for error in errors]
        return JsonResponse({"errors": errors}, status=422)
    return _show_form(request, form)


def _show_form(request: MemberRequest, form: PictureForm) -> HttpResponse:
    return render_page(
        request, "files/picture_new.html", {"form": form}, status=422 if form.errors else 200
    )


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _try_to_add(form: PictureForm | DocumentForm, add: Callable[[], File]) -> File | None:
    """The file, or None when the form says why there is none."""
    try:
        return add()
    except actions.FileRefused as refused:
        form.add_error("file", str(PROBLEMS[refused.problem]))
    except actions.QuotaReached:
        form.add_error("file", str(PROBLEMS["quota"]))
    except actions.ReadersBusy:
        form.add_error("file", str(PROBLEMS["busy"]))
    return None


@require_safe
def picture_line(request: MemberRequest, key: str) -> HttpResponse:
    """An uploaded picture, and the line that shows it in a text."""
    rows = access.files_visible_to(request.user, get_request_lab(request))
    found = get_object_or_404(rows.pictures().filter(by=request.user), key=key)
    line = write_picture(found.alt, found.get_absolute_url())
    return render_page(request, "files/picture_line.html", {"file": found, "line": line})


@require_http_methods(["GET", "HEAD", "POST"])
@once
def paper_files(request: MemberRequest, pk: int) -> HttpResponse:
    """The PDF and slides of a paper, for members; members who add papers may add some."""
    lab = get_request_lab(request)
    paper = get_object_or_404(access.papers_visible_to(request.user, lab), pk=pk)
    can_add = access.can_add_papers(request.user)
    if request.method == "POST" and can_add:
        form = DocumentForm(request.POST, request.FILES)
        if form.is_valid() and _add_document(request, form, paper) is not None:
            messages.success(request, _("File added."))
            return redirect_page(request, reverse("paper-files", args=[pk]))
    else:
        form = DocumentForm()
    removable = access.files_removable_by(request.user).filter(paper=paper)
    context = {
        "form": form if can_add else None,
        "paper": paper,
        "files": list_files(paper, request.user, lab),
        "removable": set(removable.values_list("pk", flat=True)),
        "deleted": list_deleted(removable, timezone.now()),
    }
    status = 422 if form.errors else 200
    return render_page(request, "files/paper_files.html", context, status=status)


def _add_document(request: MemberRequest, form: DocumentForm, paper: Paper) -> File | None:
    sent: UploadedFile[bytes] = form.cleaned_data["file"]
    return _try_to_add(form, lambda: actions.add_document(
        paper=paper, kind=form.cleaned_data["kind"], data=sent.read(), name=sent.name or "",
        rights=form.cleaned_data["rights"], by=request.user, at=timezone.now(),
    ))  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@require_reviewer
def paper_from_pdf(request: MemberRequest) -> HttpResponse:
    """Read a PDF's first page and lead to "Add a paper" with what it says; nothing is stored."""
    is_sent = request.method == "POST"
    form = PdfForm(request.POST, request.FILES) if is_sent else PdfForm()
    if is_sent and form.is_valid():
        try:
            found = read_document(form.cleaned_data["file"].read())
        except actions.ReadersBusy:
            found = Document("busy")
        problem = found.problem or ("" if found.media_type == File.MediaType.PDF else "unknown")
        name = "" if problem else name_paper(found)
        if name:
            return redirect_page(request, f"{reverse('paper-new')}?{urlencode({'text': name})}")
        form.add_error("file", str(PROBLEMS[problem or "unnamed"]))
    status = 422 if form.errors else 200
    return render_page(request, "files/paper_from_pdf.html", {"form": form}, status=status)


@require_POST
@require_reviewer
def file_removal(request: MemberRequest, key: str) -> HttpResponse:
    """Delete a paper's file; for 30 days it can be restored on the same page."""
    found = get_object_or_404(access.files_removable_by(request.user), key=key)
    actions.remove_file(file=found, at=timezone.now())
    messages.success(request, _("File deleted. You can restore it for 30 days."))
    return redirect_page(request, reverse("paper-files", args=[found.paper_id]))


@require_POST
@require_reviewer
def file_return(request: MemberRequest, key: str) -> HttpResponse:
    """Restore a deleted file of a paper."""
    found = get_object_or_404(access.files_removable_by(request.user), key=key)
    actions.restore_file(file=found)
    messages.success(request, _("File restored."))
    return redirect_page(request, reverse("paper-files", args=[found.paper_id]))


@require_safe
@require_curator
def file_room(request: MemberRequest) -> HttpResponse:
    """How much room the files of the lab take, and which take most."""
    context = {"room": measure_room(), "files": list_largest()}
    return render_page(request, "files/file_room.html", context)
