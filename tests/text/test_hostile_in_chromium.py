"""All hostile texts on one page in real Chromium, with KaTeX and htmx: nothing runs or leaves."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import django_htmx
import pytest
from playwright.sync_api import Page, expect

from papers.text.markdown import render
from tests.text.hostile import HOSTILE
from tests.waiting import wait_for_frames

STATIC = Path(__file__).resolve().parents[2] / "static"
HTMX = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
DOT = bytes.fromhex("47494638396101000100000000002c00000000010001000002003b")  # a GIF of one dot
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}

FORMULAS = [
    *("$e^{i\\pi}+1=0$", "$$\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}$$", "$\\vec{x}$"),
    *("$\\sqrt{\\frac{a}{b}}$", "$\\widehat{abc}$", "$\\color{red}x$", "$\\mathbb{R}$"),
]

# What the page notes for itself: calls of hit() and of the dialogs, and what the policy stopped.
WATCH = """
window.hits = [];
for (const name of ['hit', 'alert', 'confirm', 'prompt'])
  window[name] = (...words) => { window.hits.push([name, ...words]); };
window.stopped = [];
document.addEventListener('securitypolicyviolation', event =>
  window.stopped.push([event.effectiveDirective, event.blockedURI, event.sample]));
"""

# Touch all there is, as a reader's hands would, but for following links.
TOUCH = """
() => {
  document.addEventListener('click', event => event.preventDefault());
  for (const element of document.querySelectorAll('main *')) {
    element.focus?.();
    for (const name of ['click', 'pointerenter', 'mouseover', 'toggle', 'animationstart'])
      element.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
  }
}
"""

# Links as the browser itself reads them, and attributes that could run something.
FIND_BAD = """
() => [...document.querySelectorAll('main *')].flatMap(element => [
  ...[...element.attributes].map(a => a.name)
    .filter(name => /^(on|hx-|data-hx|srcdoc|formaction|ping|xlink)/i.test(name)),
  ...('href' in element && element.tagName === 'A'
    && !['http:', 'https:', 'mailto:'].includes(element.protocol) ? [element.href] : []),
  ...(element.matches('script, iframe, object, embed, form, input, base, meta, link, style')
    ? [element.tagName] : []),
])
"""


def page_of(articles: list[str]) -> str:
    """Return a page that holds these articles, with the scripts that the site's pages load."""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Hostile</title>'
        '<meta name="htmx-config" content=\'{"allowEval":false,"includeIndicatorStyles":false,'
        '"allowScriptTags":false,"selfRequestsOnly":true}\'>'
        '<script src="/static/htmx.js" defer></script>'
        '<script type="module" src="/static/js/math.js"'
        ' data-katex="/static/vendor/katex/katex.min.js"'
        ' data-katex-css="/static/vendor/katex/katex.min.css"></script>'
        f"<main>{''.join(f'<article>{article}</article>' for article in articles)}</main></html>"
    )


@dataclass
class Site:
    """A small site on this machine, with the policy of ours or with none."""

    pages: dict[str, str]
    policy: bool = True
    address: str = field(default="", init=False)

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Return status, type and body."""
        if path in self.pages:
            return 200, "text/html; charset=utf-8", self.pages[path].encode()
        if path == "/static/htmx.js":
            return 200, "text/javascript", HTMX.read_bytes()
        file = STATIC / path.removeprefix("/static/")
        if path.startswith("/static/") and file.is_file():
            return 200, TYPES.get(file.suffix, "text/plain"), file.read_bytes()
        if path.startswith("/files/") or path == "/favicon.ico":
            return 200, "image/gif", DOT
        return 404, "text/plain", b""

    def headers(self) -> dict[str, str]:
        """Return the content security policy that the site's pages carry."""
        policy = (
            f"default-src 'none'; script-src {self.address}/static/; style-src 'self';"
            " img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self';"
            " frame-ancestors 'none'; base-uri 'none'"
        )
        return {"Content-Security-Policy": policy} if self.policy else {}


def serve(site: Site) -> Iterator[Site]:
    """Serve a site until the test is over."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = site.answer(urlsplit(self.path).path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in site.headers().items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def articles() -> list[str]:
    """All texts, rendered once."""
    return [render(text) for text in [*FORMULAS, *HOSTILE]]


@pytest.fixture
def site(articles: list[str]) -> Iterator[Site]:
    """All hostile texts as the site shows them."""
    yield from serve(Site({"/": page_of(articles)}))


@pytest.fixture
def open_site() -> Iterator[Site]:
    """Some hostile texts as typed, without a policy: what would happen without us."""
    bare = ["<img src=x onerror=hit(1)>", "<svg onload=hit(1)>", "<img src='//evil.test/p.png'>"]
    yield from serve(Site({"/": page_of(bare)}, policy=False))


@dataclass
class Watched:
    """What a page was seen to do."""

    left: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def watch(page: Page, site: Site) -> Watched:
    """Open the page of a site and note all it does; what would leave this machine is stopped."""
    watched = Watched()
    page.on("dialog", lambda dialog: (watched.dialogs.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda line: watched.said.append(line.text) if line.type == "error" else 0)
    page.on("pageerror", lambda error: watched.said.append(str(error)))
    page.on("request", lambda r: r.url.startswith(site.address) or watched.left.append(r.url))
    page.route(lambda url: not url.startswith(site.address), lambda route: route.abort())
    page.add_init_script(WATCH)
    page.goto(site.address)
    page.wait_for_load_state("networkidle")
    return watched


def set_formulas(page: Page) -> None:
    """All of them, as for paper; those out of view would wait to be scrolled to."""
    page.wait_for_selector("main .katex")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".arithmatex:not([data-set])")).to_have_count(0)


@pytest.mark.browser
def test_no_hostile_text_runs_or_leaves_the_site(page: Page, site: Site) -> None:
    watched = watch(page, site)
    set_formulas(page)
    page.evaluate(TOUCH)
    wait_for_frames(page)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("hits") == []
    assert page.evaluate("stopped") == []
    assert page.evaluate(FIND_BAD) == []
    assert (watched.left, watched.dialogs, watched.said) == ([], [], [])
    assert page.url == f"{site.address}/"
    assert page.locator("article").count() == len(FORMULAS) + len(HOSTILE)


@pytest.mark.browser
def test_formulas_are_set_and_reachable_for_screen_readers(page: Page, site: Site) -> None:
    watch(page, site)
    set_formulas(page)
    for number in range(len(FORMULAS)):
        article = page.locator("article").nth(number)
        assert article.locator(".katex math").count() == 1, FORMULAS[number]
        assert article.locator(".katex-error").count() == 0, FORMULAS[number]


@pytest.mark.browser
def test_formulas_that_arrive_later_are_set_too(page: Page, site: Site) -> None:
    site.pages["/"] = page_of(['<p hx-get="/more" hx-trigger="load">No formula yet.</p>'])
    site.pages["/more"] = render("$\\beta$")
    watch(page, site)
    page.wait_for_selector("main .katex")


@pytest.mark.browser
def test_formulas_far_below_are_set_when_they_come_near(page: Page, site: Site) -> None:
    far = "\n\n".join(["Some words."] * 200)
    site.pages["/"] = page_of([render("$\\alpha$"), render(far), render("$\\beta$")])
    watch(page, site)
    page.wait_for_selector("article:first-child .katex")
    last = page.locator("article:last-child")
    assert last.locator(".katex").count() == 0
    last.scroll_into_view_if_needed()
    expect(last.locator(".katex")).to_be_visible()


@pytest.mark.browser
def test_katex_is_fetched_only_where_a_formula_stands(page: Page, site: Site) -> None:
    site.pages["/"] = page_of([render("No formula here.")])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    watch(page, site)
    assert not [address for address in asked if "katex" in address]


@pytest.mark.browser
def test_the_watch_would_notice(page: Page, open_site: Site) -> None:
    """Without the renderer and the policy these same means do see script run and requests leave."""
    watched = watch(page, open_site)
    assert page.evaluate("hits.length") >= 2
    assert watched.left == ["http://evil.test/p.png"]
