"""What Markdown may hold, what becomes of it, and that harmless text stays as it was."""

import re
from html import unescape

import pytest

from papers.text import markdown
from papers.text.markdown import mentions, plain, render

OUT = 'rel="noopener noreferrer nofollow ugc"'


def formula(tex: str) -> str:
    """Return a formula within a line as it should be written."""
    return f'<span class="arithmatex">\\({tex}\\)</span>'


def test_headings_are_demoted_below_the_headings_of_the_page() -> None:
    html = render("# One #\n\n## Two\n\n### Three\n\n###### Six\n\nSetext\n===")
    assert html == ("<h3>One</h3>\n<h4>Two</h4>\n<h5>Three</h5>\n<h6>Six</h6>\n<h3>Setext</h3>")


def test_a_sharp_that_belongs_to_the_heading_stays() -> None:
    assert render("# Papers in C#") == "<h3>Papers in C#</h3>"


def test_an_empty_heading_is_one_and_costs_nothing_else() -> None:
    assert render("#\n\n*a*") == "<h3></h3>\n<p><em>a</em></p>"


def test_emphasis_and_struck_out_text() -> None:
    assert render("*a* **b** ~~c~~ _d_") == (
        "<p><em>a</em> <strong>b</strong> <del>c</del> <em>d</em></p>"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("$x_1$", formula("x_1")),
        (r"\(x_1\)", formula("x_1")),
        ("the 3$\\times$3 grid", f"the 3{formula(chr(92) + 'times')}3 grid"),
        ("$n$th", f"{formula('n')}th"),
        ("$a<b$ and $c>d$", f"{formula('a&lt;b')} and {formula('c&gt;d')}"),
        ("$a^*$ or $b^*$", f"{formula('a^*')} or {formula('b^*')}"),
        ("$a_i$ and $b_i$", f"{formula('a_i')} and {formula('b_i')}"),
        ("$a\nb$", formula("a\nb")),
        ("**$x$**", f"<strong>{formula('x')}</strong>"),
        (r"$\$5$", formula(r"\$5")),
        ("は$x$です", f"は{formula('x')}です"),
    ],
)
def test_formulas_within_a_line(text: str, html: str) -> None:
    assert render(text) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "$$a &= b \\\\ c$$",
        "$$\na &= b \\\\ c\n$$",
        "\\[a &= b \\\\ c\\]",
        "\\[\na &= b \\\\ c\n\\]",
    ],
)
def test_formulas_on_their_own_lines(text: str) -> None:
    assert render(text) == '<div class="arithmatex">\\[a &amp;= b \\\\ c\\]</div>'


def test_a_formula_within_a_quote_loses_the_margin() -> None:
    html = render("> so\n>\n> $$\n> a\n> b\n> $$")
    assert '<div class="arithmatex">\\[a\nb\\]</div>' in html


def test_a_formula_may_hold_a_pipe_in_a_table() -> None:
    assert f"<td>{formula('|x|')}</td>" in render("| a |\n|---|\n| $|x|$ |")


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $6",
        "from $5-$6 a month",
        "US$5, then 7 $ more",
        "C:\\path\\to",
        "a_b_c and snake_case_name",
        "2 * 3 * 4",
        "日本語のテキスト。",
        "$HOME/bin:$PATH",
        "mail me@example.org",
        "f(x) := y | z",
        "100% of #hashtags, @ home",
        "~5 % and ~6 %",
        "^1 and ^2",
        "one `tick alone",
    ],
)
def test_harmless_text_survives_as_it_is(text: str) -> None:
    assert render(text) == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x < y", "x &lt; y"),
        ("List<int> and Map<K, V>", "List&lt;int&gt; and Map&lt;K, V&gt;"),
        ("a <b>raw</b> tag", "a &lt;b&gt;raw&lt;/b&gt; tag"),
        ("Q&A, R&D", "Q&amp;A, R&amp;D"),
        ("&lt; &copy; &nosuch;", "&lt; © &amp;nosuch;"),
        (r"\*literal\* and \$5 and \_x\_", "*literal* and $5 and _x_"),
        (r"\[1\] and \[ \]", "[1] and [ ]"),
        ("`$x$` and `\\(y\\)`", "<code>$x$</code> and <code>\\(y\\)</code>"),
        ("`` ` `` and `a\nb`", "<code>`</code> and <code>a b</code>"),
    ],
)
def test_signs_that_html_knows_are_shown_and_not_obeyed(text: str, shown: str) -> None:
    assert render(text) == f"<p>{shown}</p>"


def test_fenced_code_is_kept_to_the_letter() -> None:
    html = render("```python\nx = '<b>'  # $a$ @ada #1\n\n  y\n```\nafter")
    assert html == (
        "<pre><code class=\"language-python\">x = '&lt;b&gt;'  # $a$ @ada #1\n\n  y\n"
        "</code></pre>\n"
        "<p>after</p>"
    )


def test_fenced_code_stands_in_lists_and_quotes() -> None:
    assert "<li>\n<p>a</p>\n<pre><code>b\n</code></pre>\n</li>" in render("- a\n  ```\n  b\n  ```")
    assert "<pre><code>b\n</code></pre>\n</blockquote>" in render("> a\n> ```\n> b\n> ```")


def test_a_fence_left_open_holds_the_rest() -> None:
    assert render("```\na\n\n*b*") == "<pre><code>a\n\n*b*\n</code></pre>"


def test_a_table_may_follow_its_sentence_directly() -> None:
    html = render("Results:\n| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert html.startswith("<p>Results:</p>\n<table>")
    assert '<th align="left">a</th>' in html
    assert '<td align="right">2</td>' in html


def test_a_list_may_follow_its_sentence_directly_and_nest_by_two_blanks() -> None:
    html = render("Points:\n- a\n  - b\n    - c\n- d")
    flat = re.sub(r"\s", "", html)
    assert flat == (
        "<p>Points:</p><ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"
    )


def test_a_year_at_the_head_of_a_line_begins_no_list() -> None:
    assert "<ol" not in render("It was in\n2017. Attention came.")


def test_numbered_lists_keep_their_first_number() -> None:
    assert '<ol start="3">' in render("3. c\n4. d")


def test_tasks_are_shown_as_boxes() -> None:
    html = render("- [ ] read\n- [x] write")
    assert '<li class="task-list-item">☐ read</li>' in html
    assert '<li class="task-list-item">☑ write</li>' in html


def test_footnotes_of_two_texts_do_not_meet() -> None:
    one, two = render("a[^1]\n\n[^1]: b"), render("c[^1]\n\n[^1]: d")
    ids = re.findall(r'id="([^"]+)"', one + two)
    assert len(ids) == len(set(ids)) == 4
    assert all(f'href="#{name}"' in one + two for name in ids)


def test_links_that_leave_carry_their_rel() -> None:
    assert render("[a](https://x.org/y 't')") == (
        f'<p><a href="https://x.org/y" {OUT} title="t">a</a></p>'
    )
    assert f'<a href="mailto:a@b.org" {OUT}>a@b.org</a>' in render("<a@b.org>")


def test_links_within_the_site_stay_plain() -> None:
    assert render("[a](/papers/1/) [b](#c)") == (
        '<p><a href="/papers/1/">a</a> <a href="#c">b</a></p>'
    )


def test_bare_addresses_become_links_without_the_full_stop() -> None:
    html = render("See https://x.org/a_b_c(d)?e=f&g=*h. (https://y.org/)")
    assert f'<a href="https://x.org/a_b_c(d)?e=f&amp;g=*h" {OUT}>' in html
    assert f'(<a href="https://y.org/" {OUT}>https://y.org/</a>)' in html


def test_an_address_as_the_words_of_a_link() -> None:
    html = render("[https://a.org/x](https://b.org/y) and <https://c.org/>")
    assert f'<a href="https://b.org/y" {OUT}>https://a.org/x</a>' in html
    assert f'<a href="https://c.org/" {OUT}>https://c.org/</a>' in html


def test_link_definitions_may_hold_addresses() -> None:
    assert 'href="https://a.org/_x_"' in render("[p]\n\n[p]: https://a.org/_x_")


def test_images_of_this_site_are_shown_and_others_are_links() -> None:
    html = render("![a](/files/0123456789abcdef0123456789abcdef/) ![b](https://x.org/y.png)")
    assert '<img alt="a" loading="lazy" src="/files/0123456789abcdef0123456789abcdef/">' in html
    assert f'<a href="https://x.org/y.png" {OUT}>b</a>' in html


def test_mentions_and_papers_become_links() -> None:
    assert render("@ada-l read #12.") == (
        '<p><a href="/members/ada-l/">@ada-l</a> read <a href="/papers/12/">#12</a>.</p>'
    )
    assert render("#12 at the head") == '<p><a href="/papers/12/">#12</a> at the head</p>'


def test_mentions_and_papers_stand_in_japanese_without_blanks() -> None:
    html = render("論文#12を@adaさんが読む。@田中 も")
    assert '<a href="/papers/12/">#12</a>を<a href="/members/ada/">@ada</a>さん' in html
    assert ">@田中</a> も" in html


@pytest.mark.parametrize(
    "text",
    ["`@ada #1`", "$@ada #1$", "[@ada #1](/x)", "https://x.org/@ada#1", "a@b.c#1", r"\@ada \#1"],
)
def test_mentions_and_papers_stay_text_within_code_formulas_and_links(text: str) -> None:
    assert not mentions(text)
    assert "/members/" not in render(text)
    assert "/papers/" not in render(text)


def test_mentions_can_be_listed() -> None:
    assert mentions("@ada, (@ben) and @ada again") == {"ada", "ben"}


def test_plain_words_of_rendered_text() -> None:
    html = render("# A\n\n*b*c `d` &lt;e&gt;\n\n- f\n- g")
    assert plain(html) == "A bc d <e> f g"


def test_nothing_gives_nothing() -> None:
    assert render("") == render(" \n\t") == ""


def test_line_ends_of_other_systems_are_read_alike() -> None:
    assert render("a\r\n\r\nb") == render("a\n\nb") == render("a\r\rb")


def test_halves_of_characters_and_control_characters_are_left_out() -> None:
    assert render("a\ud800\x00\x02b") == "<p>ab</p>"


def test_a_text_that_is_too_long_is_shown_as_typed() -> None:
    html = render("*a* <b>" + "x" * markdown.LONGEST_TEXT)
    assert markdown.TOO_LONG in html
    assert "<pre>*a* &lt;b&gt;xxx" in html


CODE = "a &amp; b &lt;i&gt; & < > &#65; &copy &copy; \\&amp;"


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{CODE}\n```",
        f"~~~html\n{CODE}\n~~~",
        f"> ```\n> {CODE}\n> ```",
        f"- ```\n  {CODE}\n  ```",
        f"    {CODE}",
        f"- item\n\n      {CODE}",
        f"Words `{CODE}` and",
        f"*`{CODE}`*",
        f"# `{CODE}`",
        f"| a |\n|---|\n| `{CODE}` |",
        f"[`{CODE}`](https://x.org/)",
        f"[^1]\n\n[^1]: `{CODE}`",
    ],
)
def test_code_shows_exactly_what_was_typed(text: str) -> None:
    shown = re.search(r"<code[^>]*>(.*?)</code>", render(text), re.DOTALL)
    assert shown
    assert unescape(shown[1]).strip("\n") == CODE


def test_an_entity_is_read_once() -> None:
    assert render("&amp;lt; &amp;amp; x_1") == "<p>&amp;lt; &amp;amp; x_1</p>"
