"""Venues as lists, BibTeX and services write them, and the series and year they are."""

import pytest

from papers.text.series import get_series, read_series
from papers.text.series_names import LONG, SHORT

SAID = [
    ("NeurIPS 2023 (Oral)", "NeurIPS", 2023),
    ("nips2021", "NeurIPS", 2021),
    ("NIPS'17", "NeurIPS", 2017),
    ("iclr2022 submit", "ICLR", 2022),
    ("ICLR 2020, spotlight", "ICLR", 2020),
    ("OSDI '20", "OSDI", 2020),
    ("'19 CVPR", "CVPR", 2019),
    ("2019 IEEE International Conference on Robotics and Automation (ICRA)", "ICRA", 2019),
    ("Proceedings of the 37th International Conference on Machine Learning, 2020, pp. 1-9",
     "ICML", 2020),
    ("ICML '20: Proceedings of the 37th International Conference on Machine Learning",
     "ICML", 2020),
    ("Proc. of the Thirty-Seventh Int. Conf. on Machine Learning", "ICML", None),
    ("International Conference on Machine Learning, PMLR 119", "ICML", None),
    ("Advances in Neural Information Processing Systems 34", "NeurIPS", None),
    ("Advances in Neural Information Processing Systems, volume 30, 2017", "NeurIPS", 2017),
    ("2018 IEEE/CVF Conference on Computer Vision and Pattern Recognition", "CVPR", 2018),
    ("IEEE/CVF Conference on Computer Vision and Pattern Recognition Workshops",
     "CVPR workshops", None),
    ("NeurIPS 2021 Workshop on Distribution Shifts", "NeurIPS workshops", 2021),
    ("Workshop on Trustworthy ML at ICML 2022", "ICML workshops", 2022),
    ("Findings of EMNLP 2020", "Findings of EMNLP", 2020),
    ("Findings of the Association for Computational Linguistics: EMNLP 2021",
     "Findings of EMNLP", 2021),
    ("Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics",
     "ACL", None),
    ("Transactions of the Association for Computational Linguistics", "TACL", None),
    (("Proceedings of the 2019 Conference of the North American Chapter of the Association for "
      "Computational Linguistics: Human Language Technologies, Volume 1"), "NAACL", 2019),
    ("arXiv preprint arXiv:1706.03762", "arXiv", None),
    ("arXiv:2001.08361 [cs.LG], 2020", "arXiv", 2020),
    ("CoRR, abs/1412.6980", "arXiv", None),
    ("bioRxiv", "bioRxiv", None),
    ("Journal of Machine Learning Research, 15(1):1929-1958, 2014", "JMLR", 2014),
    ("Nature 521, 436-444 (2015)", "Nature", 2015),
    ("nature", "Nature", None),
    ("15' CVPR", "CVPR", 2015),
    ("13th {USENIX} Symposium on Operating Systems Design and Implementation", "OSDI", None),
    ("IEEE Transactions on Pattern Analysis and Machine Intelligence", "TPAMI", None),
    ("Proceedings of the VLDB Endowment", "VLDB", None),
    ("Proceedings of the National Academy of Sciences", "PNAS", None),
    ("SIGGRAPH Asia 2019", "SIGGRAPH Asia", 2019),
    ("ECML-PKDD 2018", "ECML PKDD", 2018),
]  # fmt: skip
OTHERS = [
    ("Nature Communications", "Nature Communications", None),
    ("Science Advances 6(1), 2020", "Science Advances", 2020),
    ("International Conference on Machine Learning and Applications",
     "International Conference on Machine Learning and Applications", None),
    ("Proceedings of the 3rd Symposium on Foo, 2020, pp. 1-9", "Symposium on Foo", 2020),
    ("Physical Review Letters, vol. 12, no. 3, pp. 2010-2019", "Physical Review Letters", None),
    ("Proceedings of the IEEE", "Proceedings of the IEEE", None),
    ("ICFOO 2021", "ICFOO", 2021),
    ("Journal of 3D Shapes", "Journal of 3D Shapes", None),
    ("机器学习学报", "机器学习学报", None),
    ("PhD thesis, University of Somewhere", "PhD thesis, University of Somewhere", None),
    ("2020", "2020", 2020),
    ("", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("venue", "name", "year"), SAID)
def test_a_known_venue_is_one_series_however_it_is_written(venue: str, name: str, year: int | None):
    read = read_series(venue)
    assert (read.name, read.year, read.is_known) == (name, year, True)


@pytest.mark.parametrize(("venue", "name", "year"), OTHERS)
def test_an_unknown_venue_keeps_its_name_without_number_and_pages(
    venue: str, name: str, year: int | None
) -> None:
    read = read_series(venue)
    assert (read.name, read.year, read.is_known) == (name, year, False)


def test_every_name_of_a_series_is_read_as_itself() -> None:
    assert {name: get_series(name) for name in SHORT.values() if get_series(name) != name} == {}
    assert {name: get_series(name) for name in LONG if get_series(name) != LONG[name]} == {}
