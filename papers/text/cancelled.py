"""Meetings without a paper: those that do not take place, and those about the group itself."""

import re

from papers.text.wording import words

_OPENINGS = frozenset(
    """introduction intro overview kickoff kick off organization organisation organizational
    organisational meeting group general open projects of logistics welcome
    and planning discussion discussão discusión diskussion discussione dos de der des
    projetos proyectos projets projekte orientation onboarding retrospective wrap up""".split()  # noqa: SIM905
)
_CANCELLED = re.compile(
    r"\bno (?:meetings?|class|rg|reading group|seminar|session|talk|lecture|journal club)\b|"
    r"\b(?:cancell?ed|holidays?|(?:spring|fall|winter|summer|thanksgiving|christmas|reading) "
    r"(?:break|recess|week)|vacation|day off|postponed|rescheduled)\b|"
    r"^\W*(?:invited|guest) (?:talk|lecture|speaker)|^\W*practice talks?|\bno readings?\b|"
    r"\(no readings?\)|^\W*(?:course|class) overview|^\W*(?:project|final|midterm) "
    r"(?:proposals?|presentations?|exams?|projects?)$|"
    r"\bvacances\b|férié|семинара нет|не будет|отмен|annullat[oa]|nessun incontro|não haverá|"
    r"feriado|"
    r"休息|휴식|연휴|kein(?:e)? (?:treffen|sitzung)|feiertag|relâche|annulé|sin (?:sesión|reunión)|"
    r"suspendid[oa]|cancelad[oa]|休み|休会|休講|中止|放假|停一次|取消|휴회|휴강|휴일|방학|없음|"
    r"pas de (?:séance|réunion)|"
    r"geen (?:bijeenkomst|sessie)|vervalt|inget möte|brak spotkania|"
    r"entfällt|fällt aus|no hay|休憩|締切|開会|閉会|オープニング|クロージング",
    re.IGNORECASE,
)


def is_cancelled(text: str) -> bool:
    """Whether a few words say that a meeting does not take place: "No meeting (fall break)"."""
    return len(words(text)) <= 8 and bool(_CANCELLED.search(text))


def opens_meetings(text: str) -> bool:
    """Whether a few words name no paper but a meeting's business: "Introduction & overview"."""
    found = words(text.casefold())
    return 0 < len(found) <= 4 and all(word in _OPENINGS for word in found)
