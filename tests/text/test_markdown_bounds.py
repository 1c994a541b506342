"""No text takes more than a second or 200 MB, and a bad one costs the others nothing."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from papers.text import markdown
from papers.text.markdown import Rendering, render, render_once, warm_up
from papers.text.rendering.preprocess import shape
from papers.text.rendering.stash import stash
from papers.text.rendering.tidying import tidy
from papers.text.sandboxed import MEMORY
from tests.effort import spend
from tests.text.strictness import faults_in
from tests.text.tangled import shapes
from tests.waiting import PATIENCE, wait_for

ROOT = Path(__file__).resolve().parents[2]
SECOND = 1.0
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
    monkeypatch.setattr(markdown, "LIMIT", PATIENCE)
    monkeypatch.setattr(markdown, "WAIT", PATIENCE)


def cost(text: str) -> tuple[float, Rendering]:
    """Render a text and say how many seconds it took of the processor, in helper and site."""
    results: list[Rendering] = []
    before = cpu_of_helpers()
    spent = spend(lambda: results.append(render_once(text)))
    return spent + cpu_of_helpers() - before, results[0]


def cpu_of_helpers() -> float:
    """CPU seconds of all helpers and workers so far, of those that have ended too."""
    ended = os.times()
    mine = children()
    ticks = sum(used for _, _, _, group, used in processes() if group in mine)
    return ended.children_user + ended.children_system + ticks / os.sysconf("SC_CLK_TCK")


def check_all(texts: dict[str, str]) -> None:
    """Render each; none may take long or hold what it must not."""
    results = {name: cost(text) for name, text in texts.items()}
    assert {name: spent for name, (spent, _) in results.items() if spent > SECOND} == {}
    assert all(rendering.is_final for _, rendering in results.values())
    assert {name: found for name, (_, r) in results.items() if (found := faults_in(r.html))} == {}


def large_shapes(*, every_third: bool) -> dict[str, str]:
    """Return every third shape at 64 kB, or the others: all of them take long."""
    large = shapes(64_000)
    return {name: large[name] for at, name in enumerate(SMALL) if (at % 3 == 0) is every_third}


@pytest.mark.slow
@on_linux
def test_tangled_texts_of_4_kb_end_within_a_second(patient: None) -> None:
    check_all(shapes(4_000))


@pytest.mark.slow
@on_linux
def test_tangled_texts_of_64_kb_end_within_a_second(patient: None) -> None:
    chosen = large_shapes(every_third=True)
    assert len(SMALL) + len(chosen) >= 150
    check_all(chosen)


@pytest.mark.slow
@on_linux
def test_the_other_tangled_texts_of_64_kb_end_within_a_second(patient: None) -> None:
    check_all(large_shapes(every_third=False))


def test_what_runs_in_the_site_itself_is_linear() -> None:
    """Mentions are looked for without a helper, so this part must be safe by itself."""
    halves = shapes(50_000)
    for name, text in shapes(100_000).items():
        half, whole = (min(take(one) for _ in range(2)) for one in (halves[name], text))
        is_linear = whole < 3 * half + SECOND / 50
        assert is_linear, f"{name}: {half:.3f} s, twice as long {whole:.3f} s"


def take(text: str) -> float:
    """CPU seconds of this thread; what is compared runs right after each other."""
    started = time.thread_time()
    work_in_site(text)
    return time.thread_time() - started


def work_in_site(text: str) -> None:
    """What runs without a helper."""
    shape(stash(tidy(text))[0])
    markdown.mentions(text)


@on_linux
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
    spent, rendering = cost(text)
    assert rendering.html.count('class="arithmatex"') == 300
    assert spent < SECOND


@on_linux
def test_a_tangled_text_is_shown_as_typed_below_a_note(patient: None) -> None:
    spent, rendering = cost(SLOW + "<b>")
    assert spent < SECOND
    assert rendering.is_final
    assert rendering.html.startswith(f"<p><em>{markdown.TANGLED}</em></p>\n<pre>[a](")
    assert rendering.html.endswith("&lt;b&gt;</pre>")


@on_linux
def test_a_tangled_text_is_not_tried_twice(patient: None) -> None:
    first, _ = cost(SLOW + "#")
    again, rendering = cost(SLOW + "#")
    assert again < first / 5
    assert markdown.TANGLED in rendering.html


def test_after_two_tangled_texts_at_once_a_third_is_rendered(patient: None) -> None:
    with ThreadPoolExecutor(3) as threads:
        tangled = [threads.submit(render_once, SLOW + "!" * n) for n in range(2)]
        fine = threads.submit(render_once, "*fine*")
    assert fine.result().html == "<p><em>fine</em></p>"
    assert all(job.result().html.startswith("<p><em>This text") for job in tangled)


def test_many_tangled_texts_at_once_wait_no_longer_than_one_may() -> None:
    """Beside each text somebody just waits as long, on the same machine at the same time."""
    with ThreadPoolExecutor(80) as threads:
        waits = [threads.submit(time_of, partial(Event().wait, markdown.LIMIT)) for _ in range(40)]
        texts = [SLOW + "?" * n for n in range(40)]
        took = list(threads.map(time_of, [partial(render_once, text) for text in texts]))
    assert max(took) < 2 * max(wait.result() for wait in waits)


def time_of(work: Callable[[], object]) -> float:
    """Seconds on the clock."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def test_text_that_swells_is_given_up(patient: None) -> None:
    cells = 3_000
    wide = "|a" * cells + "\n" + "|-" * cells + "\n" + "|\n" * cells
    spent, rendering = cost(wide)
    assert spent < SECOND
    assert markdown.TANGLED in rendering.html


@on_linux
def test_helper_and_worker_have_their_memory_limited() -> None:
    render("*warm*")
    helpers = [one for one in children() if is_helper(one)]
    assert helpers
    for process in helpers:
        limits = Path(f"/proc/{process}/limits").read_text()
        assert f"Max address space         {MEMORY}" in limits


def is_helper(process: int) -> bool:
    """Whether a child renders; a browser of an earlier test may be another child."""
    return b"papers.text.sandbox_jobs:render" in Path(f"/proc/{process}/cmdline").read_bytes()


def processes() -> Iterator[tuple[int, str, int, int, int]]:
    """All processes: number, state, parent, group and ticks of CPU, with those of ended children,
    as Linux lists them."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            said = (entry / "stat").read_text().rpartition(")")[2].split()
            yield int(entry.name), said[0], int(said[1]), int(said[2]), sum(map(int, said[11:15]))


def children() -> set[int]:
    """Return the processes that are children of this one; zombies count."""
    return {number for number, _, parent, *_ in processes() if parent == os.getpid()}


def run_python(script: str) -> str:
    """Run a script of its own process and return what it printed."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=PATIENCE,
    ).stdout


def test_a_forked_server_process_gets_helpers_of_its_own() -> None:
    printed = run_python("""
import os
from papers.text.markdown import render
from papers.text.sandboxed import pool
render("*a*")
mine = {pid for pid in pool.pids}
child = os.fork()
if not child:
    assert render("*b*") == "<p><em>b</em></p>"
    assert not mine & {pid for pid in pool.pids}
    pool.end()
    os._exit(7)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
assert render("*c*") == "<p><em>c</em></p>"
assert mine == {pid for pid in pool.pids}
print("good")
""")
    assert printed == "good\n"


@on_linux
@pytest.mark.parametrize("ending", ["", "import os; os.kill(os.getpid(), 9)"])
def test_no_helper_outlives_the_site(ending: str) -> None:
    script = f"""
import subprocess, sys
from papers.text.markdown import render
from papers.text.sandboxed import pool
render("*a*")
print(*[pid for pid in pool.pids], flush=True)
{ending}
"""
    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False
    )
    groups = [int(pid) for pid in printed.stdout.split()]
    assert groups
    wait_for(lambda: not any(map(is_there, groups)), "a helper is still there")


def is_there(group: int) -> bool:
    """Say whether any process of a group runs; helper and worker are in one."""
    return any(group == its and state != "Z" for _, state, _, its, _ in processes())
