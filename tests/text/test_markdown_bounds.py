"""No text takes more than a second or 200 MB, and a bad one costs the others nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from papers.text import markdown
from papers.text.markdown import Rendering, render, render_once, warm_up
from papers.text.rendering import helper
from papers.text.rendering.pool import Pool, TooLateError
from papers.text.rendering.preprocess import shape
from papers.text.rendering.stages import tidy
from papers.text.rendering.stash import stash
from papers.text.rendering.wire import Verdict
from tests.text.strictness import faults_in
from tests.text.tangled import shapes

ROOT = Path(__file__).resolve().parents[2]
SECOND = 1.0
SLACK = 0.2  # for the scheduling of this thread on a machine that others use as well
on_linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads Linux's /proc")
SMALL = list(shapes(4_000))

# Passes the cheap guard, and python-markdown takes minutes over it.
SLOW = "[a](" * 4_000


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    warm_up()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each text more time on the clock: the limit on the processor's time is what we test."""
    monkeypatch.setattr(markdown, "LIMIT", 8.0)


def crowded() -> float:
    """Return how many times slower this machine is just now, since others use it as well."""
    return max(1.0, 2 * os.getloadavg()[0] / (os.cpu_count() or 1))


def timed(text: str) -> tuple[float, Rendering]:
    """Render a text and say how long that took."""
    started = time.perf_counter()
    rendering = render_once(text)
    return time.perf_counter() - started, rendering


def check_all(texts: dict[str, str]) -> None:
    """Render each, two at a time as two helpers can; none may be late or hold what it must not."""
    with ThreadPoolExecutor(2) as both:
        results = dict(zip(texts, both.map(timed, texts.values()), strict=True))
    assert {name: took for name, (took, _) in results.items() if took > SECOND + SLACK} == {}
    assert {name: found for name, (_, r) in results.items() if (found := faults_in(r.html))} == {}


def large_shapes(*, every_third: bool) -> dict[str, str]:
    """Return every third shape at 64 kB, or the others: all of them take long."""
    large = shapes(64_000)
    return {name: large[name] for at, name in enumerate(SMALL) if (at % 3 == 0) is every_third}


def test_tangled_texts_of_4_kb_end_within_a_second() -> None:
    check_all(shapes(4_000))


def test_tangled_texts_of_64_kb_end_within_a_second() -> None:
    chosen = large_shapes(every_third=True)
    assert len(SMALL) + len(chosen) >= 150
    check_all(chosen)


@pytest.mark.slow
def test_the_other_tangled_texts_of_64_kb_end_within_a_second() -> None:
    check_all(large_shapes(every_third=False))


def test_what_runs_in_the_site_itself_is_linear() -> None:
    """Mentions are looked for without a helper, so this part must be safe by itself."""
    for name, text in shapes(100_000).items():
        assert min(spend(text) for _ in range(3)) < SECOND / 2, name


def spend(text: str) -> float:
    """CPU seconds of what runs without a helper; the least of some tries is the machine's own."""
    started = time.process_time()
    shape(stash(tidy(text))[0])
    markdown.mentions(text)
    return time.process_time() - started


def test_a_long_review_with_300_formulas_is_rendered_whole(patient: None) -> None:
    paragraph = (
        "We find that $x_{%d}^2 + \\alpha$ holds for **most** of [the data](https://x.org/) and\n"
        "`code` of 3.2 points, as @ada said of #12; however the baseline is weak.\n"
        * 1
        + "Plain words that a careful reader writes about a paper. " * 4
        + "\n\n"
    )
    text = "".join(paragraph % number for number in range(300))
    assert len(text) > 100_000
    took, rendering = timed(text)
    assert rendering.html.count('class="arithmatex"') == 300
    assert took < SECOND * crowded()


def test_a_tangled_text_is_shown_as_typed_below_a_note(patient: None) -> None:
    took, rendering = timed(SLOW + "<b>")
    assert took < SECOND * crowded()
    assert rendering.is_final
    assert rendering.html.startswith(f"<p><em>{markdown.TANGLED}</em></p>\n<pre>[a](")
    assert rendering.html.endswith("&lt;b&gt;</pre>")


def test_a_tangled_text_is_not_tried_twice(patient: None) -> None:
    render(SLOW)
    took, _ = timed(SLOW)
    assert took < 0.05 * crowded()


def test_after_two_tangled_texts_at_once_a_third_is_rendered(patient: None) -> None:
    with ThreadPoolExecutor(3) as threads:
        tangled = [threads.submit(timed, SLOW + "!" * n) for n in range(2)]
        time.sleep(0.05)
        took, rendering = threads.submit(timed, "*fine*").result()
    assert rendering.html == "<p><em>fine</em></p>"
    assert took < SECOND * crowded()
    assert all(job.result()[1].html.startswith("<p><em>This text") for job in tangled)


def test_many_tangled_texts_at_once_still_end_within_a_second() -> None:
    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(timed, [SLOW + "?" * n for n in range(8)]))
    assert all(took < SECOND + SLACK for took, _ in results)


def test_a_text_that_found_no_free_helper_is_not_final() -> None:
    pool = Pool(size=1)
    pool.warm_up()
    with ThreadPoolExecutor(1) as thread:
        job = thread.submit(pool.ask, SLOW.encode(), 8.0)
        time.sleep(0.05)
        with pytest.raises(TooLateError):
            pool.ask(b"fine", 0.02)
        assert job.result()[0] is Verdict.TANGLED
    assert pool.ask(b"fine", 8.0) == (Verdict.WHOLE, b"<p>fine</p>")
    pool.end()


@on_linux
def test_a_helper_that_is_too_late_is_killed_and_replaced() -> None:
    others = children()
    pool = Pool(size=1)
    pool.warm_up()
    before = children() - others
    for process in before:
        os.killpg(process, signal.SIGSTOP)
    with pytest.raises(TooLateError):
        pool.ask(b"fine", 0.1)
    assert pool.ask(b"fine", 8.0) == (Verdict.WHOLE, b"<p>fine</p>")
    pool.end()
    assert not before & children()


def test_a_text_whose_time_is_over_is_late_and_its_helper_stays() -> None:
    pool = Pool(size=1)
    pool.warm_up()
    assert pool.ask(SLOW.encode(), 0.1) == (Verdict.LATE, b"")
    started = time.perf_counter()
    assert pool.ask(b"fine", 8.0) == (Verdict.WHOLE, b"<p>fine</p>")
    assert time.perf_counter() - started < 0.1 * crowded()
    pool.end()


@on_linux
def test_a_helper_killed_from_outside_is_replaced() -> None:
    pool = Pool(size=1)
    before = children()
    pool.warm_up()
    (killed,) = children() - before
    os.kill(killed, 9)
    time.sleep(0.05)
    assert pool.ask(b"fine", 8.0) == (Verdict.WHOLE, b"<p>fine</p>")
    pool.end()
    assert children() <= before


def test_text_that_swells_is_given_up(patient: None) -> None:
    cells = 3_000
    wide = "|a" * cells + "\n" + "|-" * cells + "\n" + "|\n" * cells
    took, rendering = timed(wide)
    assert took < SECOND * crowded()
    assert markdown.TANGLED in rendering.html


@on_linux
def test_helper_and_worker_have_their_memory_limited() -> None:
    render("*warm*")
    helpers = [one for one in children() if is_helper(one)]
    assert helpers
    for process in helpers:
        limits = Path(f"/proc/{process}/limits").read_text()
        assert f"Max address space         {helper.MEMORY}" in limits


def is_helper(process: int) -> bool:
    """Whether a child renders; a browser of an earlier test may be another child."""
    return b"rendering" in Path(f"/proc/{process}/cmdline").read_bytes()


def processes() -> Iterator[tuple[int, str, int, int]]:
    """Go through all processes: number, state, parent and group, as Linux lists them."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, parent, group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            yield int(entry.name), state, int(parent), int(group)


def children() -> set[int]:
    """Return the processes that are children of this one; zombies count."""
    return {number for number, _, parent, _ in processes() if parent == os.getpid()}


def run_python(script: str) -> str:
    """Run a script of its own process and return what it printed."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=20,
    ).stdout


def test_a_forked_server_process_gets_helpers_of_its_own() -> None:
    printed = run_python("""
import os
from papers.text.markdown import _pool, render
render("*a*")
mine = {helper._process.pid for helper in _pool._helpers}
child = os.fork()
if not child:
    assert render("*b*") == "<p><em>b</em></p>"
    assert not mine & {helper._process.pid for helper in _pool._helpers}
    _pool.end()
    os._exit(7)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
assert render("*c*") == "<p><em>c</em></p>"
assert mine == {helper._process.pid for helper in _pool._helpers}
print("good")
""")
    assert printed == "good\n"


@on_linux
@pytest.mark.parametrize("ending", ["", "import os; os.kill(os.getpid(), 9)"])
def test_no_helper_outlives_the_site(ending: str) -> None:
    script = f"""
import subprocess, sys
from papers.text.markdown import _pool, render
render("*a*")
print(*[helper._process.pid for helper in _pool._helpers], flush=True)
{ending}
"""
    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )
    group = int(printed.stdout)
    until = time.monotonic() + 5
    while is_there(group):
        assert time.monotonic() < until, "the helper is still there"
        time.sleep(0.05)


def is_there(group: int) -> bool:
    """Say whether any process of a group runs; helper and worker are in one."""
    return any(group == its and state != "Z" for _, state, _, its in processes())
