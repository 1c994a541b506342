"""Names of series: conferences and journals as most people write them, and their long names.

A long name stands as `papers.text.series` compares it: folded, without sponsors, ordinals, years
and the words "proceedings", "international" and "annual".
"""

from papers.text.venues import LEXICON

_WRITTEN = """3DV AISTATS arXiv bioRxiv chemRxiv medRxiv psyArXiv Allerton BigData Bioinformatics
BlackboxNLP Cell CHIL CogSci CoNEXT CoNLL CoRL Euro-Par Eurographics EuroSys FAccT HotCloud HotNets
HotOS HotStorage Interspeech Middleware MobiCom MobiHoc MobiSys MLSys Nature NeurIPS PerCom RecSys
RepL4NLP RO-MAN Science SecureComm SenSys SoCC SoCG UbiComp WiSec CCGrid CICLing AsiaCCS
MedInfo""".split()  # noqa: SIM905

_OTHERS = {
    "nips": "NeurIPS", "sigkdd": "KDD", "fat*": "FAccT", "ecml": "ECML PKDD",
    "ecml-pkdd": "ECML PKDD", "sp": "IEEE S&P", "s&p": "IEEE S&P", "ieee-sp": "IEEE S&P",
    "oakland": "IEEE S&P", "pvldb": "VLDB", "pami": "TPAMI", "usenix": "USENIX ATC",
    "usenixsec": "USENIX Security", "usenix-security": "USENIX Security",
    "usenix security": "USENIX Security", "usenix-atc": "USENIX ATC", "siggrapha": "SIGGRAPH Asia",
    "siggraph-asia": "SIGGRAPH Asia", "colm": "COLM", "corr": "arXiv", "atc": "USENIX ATC",
}  # fmt: skip

SHORT = {
    **{name: name.upper() for name in LEXICON},
    **{
        first.casefold(): (last or first)
        for first, _, last in (word.partition("=") for word in _WRITTEN)
    },
    **_OTHERS,
}
"""Every short name, folded, as it is written."""

_LONG = """
AAAI: aaai conference on artificial intelligence; conference on artificial intelligence aaai
AACL: asia-pacific chapter of association for computational linguistics;
  conference of asia-pacific chapter of association for computational linguistics
ACL: meeting of association for computational linguistics; association for computational linguistics
ACML: asian conference on machine learning
AISTATS: conference on artificial intelligence and statistics;
  artificial intelligence and statistics
ASPLOS: conference on architectural support for programming languages and operating systems
BMVC: british machine vision conference
CAV: conference on computer aided verification; computer aided verification
CCS: conference on computer and communications security
CHI: chi conference on human factors in computing systems;
  conference on human factors in computing systems
CIKM: conference on information and knowledge management;
  conference on information & knowledge management
COLING: conference on computational linguistics
COLT: conference on learning theory; conference on computational learning theory
CoNLL: conference on computational natural language learning
CoRL: conference on robot learning
COLM: conference on language modeling
CVPR: conference on computer vision and pattern recognition; computer vision and pattern recognition
EACL: conference of european chapter of association for computational linguistics;
  european chapter of association for computational linguistics
ECCV: european conference on computer vision
ECIR: european conference on information retrieval
ECML PKDD: european conference on machine learning;
  european conference on machine learning and knowledge discovery in databases
EMNLP: conference on empirical methods in natural language processing;
  empirical methods in natural language processing
EuroSys: european conference on computer systems
IEEE S&P: symposium on security and privacy
USENIX Security: security symposium
FAccT: conference on fairness, accountability, and transparency;
  conference on fairness accountability and transparency
FOCS: symposium on foundations of computer science; foundations of computer science
ICASSP: conference on acoustics, speech and signal processing;
  conference on acoustics, speech, and signal processing;
  conference on acoustics speech and signal processing
ICCV: conference on computer vision
ICDE: conference on data engineering
ICDM: conference on data mining
ICLR: conference on learning representations
ICML: conference on machine learning
ICRA: conference on robotics and automation
ICSE: conference on software engineering
IJCAI: joint conference on artificial intelligence; joint conferences on artificial intelligence
IJCNN: joint conference on neural networks
IJCV: journal of computer vision
INFOCOM: conference on computer communications
IROS: conference on intelligent robots and systems; rsj conference on intelligent robots and systems
ISCA: symposium on computer architecture
ISIT: symposium on information theory
JMLR: journal of machine learning research; j mach learn res
KDD: sigkdd conference on knowledge discovery and data mining;
  conference on knowledge discovery and data mining;
  sigkdd conference on knowledge discovery & data mining;
  conference on knowledge discovery & data mining
MICCAI: conference on medical image computing and computer-assisted intervention;
  medical image computing and computer-assisted intervention;
  conference on medical image computing and computer assisted intervention
MICRO: symposium on microarchitecture
MLSys: conference on machine learning and systems; machine learning and systems
NAACL: conference of north american chapter of association for computational linguistics;
  north american chapter of association for computational linguistics
NDSS: network and distributed system security symposium
NeurIPS: advances in neural information processing systems; neural information processing systems;
  conference on neural information processing systems; adv neural inf process syst
NSDI: symposium on networked systems design and implementation
OSDI: symposium on operating systems design and implementation
PACMPL: acm on programming languages; on programming languages
PLDI: conference on programming language design and implementation
PMLR: machine learning research
PNAS: national academy of sciences; national academy of sciences of united states of america;
  natl acad sci; natl acad sci usa
POPL: symposium on principles of programming languages
RecSys: conference on recommender systems
RSS: robotics: science and systems; robotics science and systems
SDM: conference on data mining sdm
SIGIR: conference on research and development in information retrieval
SIGMOD: conference on management of data
SODA: symposium on discrete algorithms
SOSP: symposium on operating systems principles
STOC: symposium on theory of computing
TACL: transactions of association for computational linguistics
TMLR: transactions on machine learning research
TNNLS: transactions on neural networks and learning systems
TOG: transactions on graphics
TPAMI: transactions on pattern analysis and machine intelligence
UAI: conference on uncertainty in artificial intelligence; uncertainty in artificial intelligence
UIST: symposium on user interface software and technology
VLDB: vldb endowment; conference on very large data bases
WACV: winter conference on applications of computer vision
WSDM: conference on web search and data mining
WWW: web conference; world wide web conference; conference on world wide web
arXiv: computing research repository
"""


def _read_long() -> dict[str, str]:
    said: dict[str, str] = {}
    for line in _LONG.strip().replace("\n  ", " ").splitlines():
        short, _, names = line.partition(":")
        said.update((name.strip(), short) for name in names.split(";"))
    return said


LONG = _read_long()
"""Long names as they are compared, and the short names of the series."""
