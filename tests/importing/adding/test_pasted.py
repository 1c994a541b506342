"""Every form in which people paste a paper, and what is read from it."""

from __future__ import annotations

import pytest

from papers.catalogue.recognition import recognise
from papers.importing.reading.pasting.pasted import read_pasted
from papers.importing.reading.pasting.pasted_identifiers import LONGEST

SHA = "a1" * 20
ARXIV, DOI, OPENREVIEW, URL = "arxiv", "doi", "openreview", "url"
FORMS = [
    ("2106.12345", ARXIV, "2106.12345"),
    ("2106.12345v3", ARXIV, "2106.12345"),
    ("arXiv:2106.12345", ARXIV, "2106.12345"),
    ("arxiv: 2106.12345", ARXIV, "2106.12345"),
    ("arXiv:2106.12345v2 [cs.LG]", ARXIV, "2106.12345"),
    ("https://arxiv.org/abs/2106.12345", ARXIV, "2106.12345"),
    ("http://arxiv.org/abs/2106.12345v1", ARXIV, "2106.12345"),
    ("https://www.arxiv.org/pdf/2106.12345", ARXIV, "2106.12345"),
    ("https://arxiv.org/pdf/2106.12345v3", ARXIV, "2106.12345"),
    ("https://arxiv.org/pdf/2106.12345v3.pdf", ARXIV, "2106.12345"),
    ("https://arxiv.org/html/2106.12345v1", ARXIV, "2106.12345"),
    ("https://export.arxiv.org/abs/2106.12345", ARXIV, "2106.12345"),
    ("https://ar5iv.org/abs/2106.12345", ARXIV, "2106.12345"),
    ("https://www.alphaxiv.org/abs/2106.12345", ARXIV, "2106.12345"),
    ("https://huggingface.co/papers/2106.12345", ARXIV, "2106.12345"),
    ("https://doi.org/10.48550/arXiv.2106.12345", ARXIV, "2106.12345"),
    ("10.48550/arXiv.2106.12345", ARXIV, "2106.12345"),
    ("hep-th/9901001", ARXIV, "hep-th/9901001"),
    ("arXiv:math.GT/0309136", ARXIV, "math/0309136"),
    ("https://arxiv.org/abs/cs/0112017", ARXIV, "cs/0112017"),
    ("10.1000/182", DOI, "10.1000/182"),
    ("doi:10.1000/182", DOI, "10.1000/182"),
    ("DOI: 10.1000/ABC.", DOI, "10.1000/abc"),
    ("https://doi.org/10.1000/182", DOI, "10.1000/182"),
    ("http://dx.doi.org/10.1000/182", DOI, "10.1000/182"),
    ("https://dl.acm.org/doi/10.1145/3447548.3467001", DOI, "10.1145/3447548.3467001"),
    ("https://dl.acm.org/doi/pdf/10.1145/3447548.3467001", DOI, "10.1145/3447548.3467001"),
    ("https://link.springer.com/article/10.1007/s10994-021-05946-3", DOI, "10.1007/s10994-021-05946-3"),
    ("https://www.pnas.org/doi/full/10.1073/pnas.1234567890", DOI, "10.1073/pnas.1234567890"),
    ("https://www.nature.com/articles/s41586-021-01234-5", DOI, "10.1038/s41586-021-01234-5"),
    ("https://www.nature.com/articles/s41586-021-01234-5.pdf", DOI, "10.1038/s41586-021-01234-5"),
    ("https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2", DOI, "10.1101/2020.01.02.123456"),
    ("https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2.full.pdf", DOI, "10.1101/2020.01.02.123456"),
    ("https://www.medrxiv.org/content/10.1101/2020.01.02.20123456v1.full", DOI, "10.1101/2020.01.02.20123456"),
    ("https://openreview.net/forum?id=abcDEF12_-", OPENREVIEW, "abcDEF12_-"),
    ("https://openreview.net/pdf?id=abcDEF12", OPENREVIEW, "abcDEF12"),
    ("https://openreview.net/forum?id=abcDEF12&noteId=xyz", OPENREVIEW, "abcDEF12"),
    ("https://aclanthology.org/P17-1001", URL, "https://aclanthology.org/P17-1001"),
    ("https://aclanthology.org/P17-1001.pdf", URL, "https://aclanthology.org/P17-1001"),
    ("https://www.aclweb.org/anthology/P17-1001/", URL, "https://aclanthology.org/P17-1001"),
    ("https://aclanthology.org/2020.acl-main.12/", URL, "https://aclanthology.org/2020.acl-main.12"),
    ("https://aclanthology.org/2020.acl-main.12.pdf", URL, "https://aclanthology.org/2020.acl-main.12"),
    ("https://proceedings.mlr.press/v139/lee21a.html", URL, "https://proceedings.mlr.press/v139/lee21a.html"),
    ("http://proceedings.mlr.press/v139/lee21a/lee21a.pdf", URL, "https://proceedings.mlr.press/v139/lee21a.html"),
    ("https://papers.nips.cc/paper/2017/hash/3f5e-Abstract.html", URL, "https://papers.nips.cc/paper/2017/hash/3f5e-Abstract.html"),
    ("https://pubmed.ncbi.nlm.nih.gov/12345678/", URL, "https://pubmed.ncbi.nlm.nih.gov/12345678"),
    ("https://www.ncbi.nlm.nih.gov/pubmed/12345678", URL, "https://pubmed.ncbi.nlm.nih.gov/12345678"),
    ("PMID: 12345678", URL, "https://pubmed.ncbi.nlm.nih.gov/12345678"),
    (f"https://www.semanticscholar.org/paper/Rigid-Bodies-Lee/{SHA}", URL, f"https://semanticscholar.org/paper/{SHA}"),
    (f"https://www.semanticscholar.org/reader/{SHA}", URL, f"https://semanticscholar.org/paper/{SHA}"),
    ("ISBN 978-0-262-03561-3", URL, "https://openlibrary.org/isbn/9780262035613"),
    ("ISBN-13: 9780262035613", URL, "https://openlibrary.org/isbn/9780262035613"),
    ("ISBN 0-262-03561-8", URL, "https://openlibrary.org/isbn/0262035618"),
    ("978-0-262-03561-3", URL, "https://openlibrary.org/isbn/9780262035613"),
    ("https://lab.example.org/x.pdf", URL, "https://lab.example.org/x.pdf"),
    ("www.example.org/a.pdf", URL, "https://example.org/a.pdf"),
    ("<https://arxiv.org/abs/2106.12345>", ARXIV, "2106.12345"),
    ("(https://doi.org/10.1000/182).", DOI, "10.1000/182"),
    ("@misc{a, title={Rigid}, eprint={2106.12345}, archiveprefix={arXiv}}", ARXIV, "2106.12345"),
    ("TY  - JOUR\nTI  - Rigid\nDO  - 10.1000/7\nER  - ", DOI, "10.1000/7"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "value"), FORMS)
def test_every_form_of_a_name_resolves(text: str, kind: str, value: str) -> None:
    found = recognise("\n".join(read_pasted(text).names))
    assert found.unknown == []
    assert (kind, value) in found.identifiers


@pytest.mark.parametrize(
    ("text", "title", "authors", "venue", "year"),
    [
        ("Rigid bodies in motion", "Rigid bodies in motion", (), "", None),
        ("Rigid bodies\nhttps://arxiv.org/abs/2106.12345", "Rigid bodies", (), "arXiv", 2021),
        (
            "Lee, A., & Ek, B. (2019). Rigid bodies in motion. In ICLR 2019.",
            "Rigid bodies in motion", ("A Lee", "B Ek"), "ICLR 2019", 2019,
        ),
        (
            "@article{a, title={Rigid {B}odies}, author={Lee, Ann and Ek, Bo}, year=2019,"
            " journal={J. of X}}",
            "Rigid Bodies", ("Ann Lee", "Bo Ek"), "J. of X", 2019,
        ),
        (
            "\ufeffTY  - JOUR\r\nAU  - Lee, Ann\r\nA1  - Ek, Bo, Jr.\r\nT1  - Rigid bodies\r\n"
            "  in motion\r\nJO  - J X\r\nPY  - 2019/02//\r\nER  -\r\n",
            "Rigid bodies in motion", ("Ann Lee", "Bo Ek Jr."), "J X", 2019,
        ),
        (
            "https://openaccess.thecvf.com/content/CVPR2021/html/"
            "Lee_Rigid_Bodies_in_Motion_CVPR_2021_paper.html",
            "Rigid Bodies in Motion", (), "CVPR", 2021,
        ),
        ("https://aclanthology.org/P17-1001.pdf", "", (), "ACL", 2017),
        ("剛体の運動について", "剛体の運動について", (), "", None),
    ],
)  # fmt: skip
def test_facts_are_read(
    text: str, title: str, authors: tuple[str, ...], venue: str, year: int | None
) -> None:
    found = read_pasted(text)
    assert (found.title, found.authors, found.venue, found.year) == (title, authors, venue, year)


def test_further_papers_are_counted() -> None:
    entries = "\n".join(f"@misc{{k{n}, title={{Paper {n}}}}}" for n in range(3))
    assert read_pasted(entries).others == 2


@pytest.mark.parametrize("text", ["", "  \n", "...", "\x00", "[](", "https://", "@", "TY  - JOUR"])
def test_what_says_nothing_gives_no_paper(text: str) -> None:
    found = read_pasted(text)
    assert (found.title, found.names) == ("", ())


def test_much_text_is_cut() -> None:
    assert len(read_pasted("word " * LONGEST).title) <= 1000
