"""What was measured, as numbers to keep and as a table to read."""

from __future__ import annotations

import statistics
from typing import Any

from bench.load import Cell
from bench.operations import Operation


def describe(
    papers: int,
    operations: tuple[Operation, ...],
    cells: dict[tuple[str, int], Cell],
    queries: dict[str, int],
    levels: tuple[int, ...],
) -> dict[str, Any]:
    """All of one lab; the first operation is the floor."""
    floor = operations[0].name
    rows = []
    for one in operations:
        of_floor = [(cells[one.name, n], cells[floor, n]) for n in levels]
        ratios = [a / b for cell, base in of_floor for a, b in _pair(cell, base)]
        rows.append(
            {
                "name": one.name,
                "ratio": round(statistics.median(ratios), 2),
                "ratio_spread": [round(min(ratios), 2), round(max(ratios), 2)],
                "asked": one.ratio,
                "growth_asked": one.growth,
                "queries": queries[one.name],
                "wire": cells[one.name, levels[0]].wire,
                "body": cells[one.name, levels[0]].body,
                **{f"at {n}": _describe_cell(cells[one.name, n]) for n in levels},
            }
        )
    return {"papers": papers, "operations": rows}


def _pair(cell: Cell, floor: Cell) -> list[tuple[float, float]]:
    """CPU of each round beside the floor's in the same round."""
    return list(zip(cell.cpu_rounds, floor.cpu_rounds, strict=True))


def _describe_cell(cell: Cell) -> dict[str, float]:
    walls = sorted(cell.walls)
    return {
        "cpu_ms": round(1000 * cell.cpu / len(walls), 2),
        "p50_ms": round(1000 * walls[len(walls) // 2], 1),
        "p95_ms": round(1000 * walls[int(len(walls) * 0.95)], 1),
    }


def print_table(labs: list[dict[str, Any]]) -> None:
    """As Markdown, ready for docs/performance.md; growth is that of the ratio since the first."""
    print("| papers | operation | CPU ms | ratio to F | asked | growth | asked "  # noqa: T201
          "| p50/p95 ms, 1 client | p50/p95 ms, 8 clients | queries | bytes (gzip) |")  # fmt: skip
    print("|---" * 11 + "|")  # noqa: T201
    first = {row["name"]: row["ratio"] for row in labs[0]["operations"]}
    for lab in labs:
        for row in lab["operations"]:
            one, eight = row["at 1"], row["at 8"]
            growth = "" if lab is labs[0] else round(row["ratio"] / first[row["name"]], 2)
            cells = [
                f"{lab['papers']:,}", row["name"], one["cpu_ms"], row["ratio"],
                row["asked"] or "", growth, (growth and row["growth_asked"]) or "",
                f"{one['p50_ms']} / {one['p95_ms']}", f"{eight['p50_ms']} / {eight['p95_ms']}",
                row["queries"], f"{row['body']:,} ({row['wire']:,})",
            ]  # fmt: skip
            print("| " + " | ".join(map(str, cells)) + " |")  # noqa: T201
    for lab in labs:
        told = ", ".join(map(str, lab["memory_mb"]))
        print(f"\n{lab['papers']:,} papers: memory of the largest process, MB: {told}")  # noqa: T201
