"""The API as one object: its description, its errors, and who may call."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from papers import access
from papers.api.door.token_scopes import Scope
from papers.api.door.views import Caller, problem
from papers.api.schemas import Problem
from papers.catalogue.actions.papers import PaperExists, PaperLooksKnown
from papers.claims.actions.claims import ClaimRefused
from papers.files.actions import FileRefused, QuotaReached, ReadersBusy
from papers.files.forms import PROBLEMS
from papers.http import get_request_lab
from papers.models import ApiToken, Lab, Member, Paper
from papers.reviews.actions.publishing import NotReady
from papers.reviews.drafts.author_state import StaleDraft
from papers.search.queries import SearchTooLong
from papers.text.foreign_json import read_json

READ, DRAFT, WRITE, PUBLISH = (Scope(scope) for scope in ApiToken.Scope)


class _Parser(Parser):
    """Bodies within the limits of all JSON from outside; ninja answers 400 to what it raises."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        return read_json(request.body)  # type: ignore[no-any-return]


api = NinjaAPI(
    parser=_Parser(),
    title="reviewapp",
    version="1",
    description=(
        "The lab's papers, reviews and meetings for programs. A token gives at most what its "
        "member may do; see docs/api.md."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


def _refuse_unknown(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse parts of the query and of a form that the operation doesn't take; ninja drops them."""
    known: dict[str, set[str]] = {"query": set()}
    for model in run.__self__.models:  # type: ignore[attr-defined]  # the operation
        known.setdefault(model.__ninja_param_source__, set()).update(_list_names(model))

    @wraps(run)
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        unknown = request.GET.keys() - known["query"]
        if "file" in known:
            unknown |= request.POST.keys() - known.get("form", set())
            unknown |= request.FILES.keys() - known["file"]
        if unknown:
            error = Invalid({name: [_("There is no parameter of this name.")] for name in unknown})
            return _answer(request, error)
        return run(request, **kwargs)

    return checked


def _list_names(model: Any) -> set[str]:
    return set(getattr(model, "__ninja_flatten_map__", None) or model.model_fields)


api.add_decorator(_refuse_unknown, mode="view")

REFUSALS = dict.fromkeys((401, 403, 404, 409, 422, 429), Problem)
"""Answers that every operation may give."""


def get_caller(request: HttpRequest) -> tuple[Member, Lab]:
    """Whose token it is, and the lab."""
    caller: Caller = request.caller  # type: ignore[attr-defined]
    return caller.member, get_request_lab(request)


def require_reviewer(member: Member) -> None:
    """Readers write nothing."""
    if not access.can_review(member):
        raise PermissionDenied(_("Only members can do this. Ask a curator for member access."))


def find_paper(request: HttpRequest, pk: int) -> Paper:
    """A paper that the caller may see. Raises Http404."""
    member, lab = get_caller(request)
    paper = access.papers_visible_to(member, lab).filter(pk=pk).first()
    if paper is None:
        raise Http404
    return paper


def check(form: Form) -> None:
    """Refuse what the form of the page refuses, in its words. Raises Invalid."""
    if not form.is_valid():
        raise Invalid({name: [str(one) for one in said] for name, said in form.errors.items()})


class Invalid(Exception):
    """Fields that cannot be taken, with what to do."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(errors)
        self.errors = errors


def _describe_schema_errors(error: Any) -> HttpResponse:
    errors: dict[str, list[str]] = {}
    for one in error.errors:
        _source, *place = one["loc"]
        if place[:1] == ["data"]:
            place = place[1:]
        is_unknown = one["type"] == "extra_forbidden"
        said = _("There is no field of this name.") if is_unknown else one["msg"]
        errors.setdefault(".".join(map(str, place)), []).append(str(said))
    return problem(422, _("Some fields aren't right."), errors=errors)


def _describe_refused_file(name: str) -> HttpResponse:
    return problem(422, _("Some fields aren't right."), errors={"file": [str(PROBLEMS[name])]})


def _describe_stale(error: Any) -> HttpResponse:
    said = _("The draft was saved elsewhere since. Read it again; its stamp is %(stamp)s now.")
    return problem(409, said % {"stamp": error.stamp})


ANSWERS: dict[type[Exception], Callable[[Any], HttpResponse]] = {
    ValidationError: _describe_schema_errors,
    Invalid: lambda error: problem(422, _("Some fields aren't right."), errors=error.errors),
    HttpError: lambda error: problem(error.status_code, str(error)),
    AuthenticationError: lambda error: problem(401, str(error)),
    Http404: lambda _error: problem(404, _("There is nothing here.")),
    PermissionDenied: lambda error: problem(403, str(error)),
    ClaimRefused: lambda error: problem(409, str(error)),
    PaperExists: lambda error: problem(409, str(error)),
    PaperLooksKnown: lambda error: problem(409, str(error)),
    StaleDraft: _describe_stale,
    SearchTooLong: lambda _error: problem(422, _("This search takes too long. Narrow it down.")),
    FileRefused: lambda error: _describe_refused_file(error.problem),
    QuotaReached: lambda _error: _describe_refused_file("quota"),
    ReadersBusy: lambda _error: problem(429, str(PROBLEMS["busy"])),
    NotReady: lambda error: problem(422, error.sentence, errors={error.field: [error.sentence]}),
}
"""What refuses a request, and the answer that says why."""


def _answer(_request: HttpRequest, error: Any) -> HttpResponse:
    kinds = (kind for kind in type(error).__mro__ if kind in ANSWERS)
    return ANSWERS[next(kinds)](error)


for kind in ANSWERS:
    api.add_exception_handler(kind, _answer)
