"""Pictures of texts where nobody could see them: links to the site."""

from __future__ import annotations

from papers.text.markdown import render
from papers.text.pictures import complete_addresses, link_pictures, write_picture

ADDRESS = f"/files/{'0f' * 16}/"
SITE = "https://papers.example.org"


def test_a_picture_becomes_a_link_with_its_words() -> None:
    html = render(f"See ![a < b & \"c\"]({ADDRESS} 'title') ![]({ADDRESS})")
    linked = link_pictures(html, SITE)
    assert "<img" not in linked
    assert f'<a href="{SITE}{ADDRESS}">a &lt; b &amp; &quot;c&quot;</a>' in linked
    assert f'<a href="{SITE}{ADDRESS}">{ADDRESS}</a>' in linked


def test_nothing_else_changes() -> None:
    html = '<p>&lt;img src="/files/"&gt; <a href="/papers/1/">x</a></p>'
    assert link_pictures(html, SITE) == html


def test_a_file_of_markdown_names_the_site() -> None:
    assert complete_addresses(f"![a]({ADDRESS}) [b](/papers/1/)", SITE) == (
        f"![a]({SITE}{ADDRESS}) [b](/papers/1/)"
    )


def test_any_words_make_one_picture() -> None:
    words = "a] [b](x) `c` *d* $e$ <f> \\ _g_"
    html = render(write_picture(words, ADDRESS))
    assert html.count("<img") == 1
    assert "<code" not in html
    assert "<em" not in html
