"""One command renders kept Markdown anew."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command

from papers.models import Comment, Member, Review
from papers.text.markdown import RENDERER_VERSION
from tests import make
from tests.make import NOW


def test_what_an_older_renderer_made_is_rendered_anew(ben: Member):
    paper = make.paper()
    old = make.review(paper, ben, summary="*New* words", summary_html="<p>old</p>", renderer=0)
    current = Comment.objects.create(
        paper=paper, author=ben, body="**x**", body_html="kept", renderer=RENDERER_VERSION,
        created_at=NOW,
    )  # fmt: skip
    out = StringIO()
    call_command("render_markdown", stdout=out)
    assert "reviews: 1" in out.getvalue()
    old.refresh_from_db()
    current.refresh_from_db()
    assert old.summary_html == "<p><em>New</em> words</p>"
    assert current.body_html == "kept"
    call_command("render_markdown", "--all", stdout=StringIO())
    current.refresh_from_db()
    assert current.body_html == "<p><strong>x</strong></p>"
    assert Review.objects.get().renderer == RENDERER_VERSION
