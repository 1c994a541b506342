"""Each form in which people paste a paper leads to what services are asked about."""

from __future__ import annotations

import pytest

from papers.importing.reading.pasting.pasted import read_pasted
from papers.lookups.services.every import SERVICES
from papers.lookups.subjects import ACL, ARXIV, DOI, ISBN, OPENREVIEW, PAGE, PMID, S2, list_subjects
from tests.importing.adding.test_pasted import FORMS

SHA = "a1" * 20
NEURIPS = "https://proceedings.neurips.cc/paper_files/paper/2023/hash"
CVF = "https://openaccess.thecvf.com"
MORE = [
    ("https://arxiv.org/abs/2106.12345v2#page=3", ARXIV, "2106.12345"),
    ("arxiv.org/abs/2106.12345", ARXIV, "2106.12345"),
    ("https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2", DOI,
     "10.1101/2020.01.02.123456"),
    ("https://openreview.net/attachment?id=abcDEF12&name=pdf", OPENREVIEW, "abcDEF12"),
    ("https://aclanthology.org/P17-1001.pdf", ACL, "P17-1001"),
    ("https://aclanthology.org/2020.ACL-main.12/", ACL, "2020.acl-main.12"),
    ("https://pubmed.ncbi.nlm.nih.gov/12345678/?term=x", PMID, "12345678"),
    (f"https://www.semanticscholar.org/paper/{SHA}", S2, SHA),
    ("ISBN 978-0-262-03561-3", ISBN, "9780262035613"),
    ("http://proceedings.mlr.press/v139/lee21a/lee21a.pdf", PAGE,
     "https://proceedings.mlr.press/v139/lee21a.html"),
    ("https://proceedings.mlr.press/v139/lee21a", PAGE,
     "https://proceedings.mlr.press/v139/lee21a.html"),
    ("https://papers.nips.cc/paper_files/paper/2023/file/3f5e0a-Paper-Conference.pdf", PAGE,
     f"{NEURIPS}/3f5e0a-Abstract-Conference.html"),
    ("https://proceedings.neurips.cc/paper/2017/hash/3f5e0a-Abstract.html", PAGE,
     "https://proceedings.neurips.cc/paper/2017/hash/3f5e0a-Abstract.html"),
    (f"{CVF}/content/CVPR2021/papers/Lee_Rest_in_Peace_CVPR_2021_paper.pdf", PAGE,
     f"{CVF}/content/CVPR2021/html/Lee_Rest_in_Peace_CVPR_2021_paper.html"),
    (f"{CVF}/content_CVPR_2019/html/Lee_Rest_CVPR_2019_paper.html", PAGE,
     f"{CVF}/content_CVPR_2019/html/Lee_Rest_CVPR_2019_paper.html"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "value"), MORE)
def test_a_paste_leads_to_what_is_asked(text: str, kind: str, value: str) -> None:
    subject = list_subjects(read_pasted(text).names)[0]
    assert (subject.kind, subject.value) == (kind, value)
    assert any(service.write_path(subject) for service in SERVICES.values())
    assert list_subjects([subject.url])[0] == subject


OWN_PAGES = ("https://lab.example.org", "https://example.org")


@pytest.mark.parametrize(("text", "_kind", "value"), FORMS)
def test_every_form_but_an_unknown_page_can_be_asked_for(text: str, _kind: str, value: str) -> None:
    subjects = list_subjects(read_pasted(text).names)
    assert bool(subjects) != value.startswith(OWN_PAGES)
    for subject in subjects:
        assert any(service.write_path(subject) for service in SERVICES.values())
