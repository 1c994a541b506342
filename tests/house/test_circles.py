"""No circle of imports, also none that only a type checker sees."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import grimp


def find_circle(imports: dict[str, set[str]]) -> list[str]:
    """Modules that import one another in a circle, or none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as problem:
        circle: list[str] = problem.args[1]
        return circle
    return []


def test_no_modules_import_one_another() -> None:
    graph = grimp.build_graph("papers", "reviewapp", cache_dir=None)
    assert graph.direct_import_exists(importer="papers.writing.views", imported="papers.models")
    imports = {one: graph.find_modules_directly_imported_by(one) for one in graph.modules}
    assert not find_circle(imports)


def test_a_circle_is_found() -> None:
    assert find_circle({"a": {"b"}, "b": {"c"}, "c": {"a"}})
    assert not find_circle({"a": {"b"}, "b": {"c"}})
