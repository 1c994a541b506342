"""Documents of three shapes, and how a test brings one in."""

from __future__ import annotations

from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.models import Claim, Identifier, ImportJob, Link, Listing, Member, Paper, Review, Topic
from tests.make import NOW

ROWS = (Paper, Topic, Listing, Claim, Review, Identifier, Link)


def bring(text: str, by: Member, name: str = "list.md") -> ImportJob:
    """Show a document and take it in."""
    job = preview_import(data=text.encode(), name=name, by=by, at=NOW)
    return apply_import(job=job, by=by, at=NOW)


def count_rows() -> dict[str, int]:
    """How many rows there are of each kind, and names from lists."""
    counts = {model.__name__: model.objects.count() for model in ROWS}
    return {**counts, "placeholders": Member.objects.placeholders().count()}


MEMBERS = """# Papers

### @Nao
##### Flatness
- Walking Downhill Slowly: a Study of Valleys
https://github.com/lab/papers/issues/3
- On the Width of Basins
https://arxiv.org/abs/2101.00001

### @Rin
- Some Paper Without Section
https://arxiv.org/abs/2101.00002
"""


TOPICS = """# A collection

## Theory

Why things work.

### Valleys

- [On the Width of Basins](https://arxiv.org/pdf/2101.00001v2.pdf), Ann Lee's group, Oct. 3 2021. `icml2021`
  - *"Wide basins generalise better than narrow ones."*
- [Steps and Noise](https://arxiv.org/abs/2101.00003), 2020.

### Noise

- [Steps and Noise](https://arxiv.org/abs/2101.00003), 2020.
"""


NOTES = """# ON THE WIDTH OF BASINS

- They measure how wide a basin is.
- However, the writing is poor and the test set is missing.
- We need to rerun the experiments with momentum.
- Does the width depend on the batch size?

# A HEADING WITHOUT TEXT HERE
"""
