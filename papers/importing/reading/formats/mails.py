"""The head and the signature of a mail, set aside before its text is read."""

import re

from papers.importing.reading.outline.document import Outline

_MAIL = re.compile(
    r"^(from|to|cc|bcc|subject|date|sent|reply-to|von|an|betreff|datum|gesendet|de|à|objet|envoyé|"
    r"para|asunto|fecha|差出人|宛先|件名|日時|发件人|收件人|主题|发送时间|보낸사람|받는사람|제목)\s*[:：]\s*(.*)$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:best(?: regards| wishes)?|(?:kind |warm )?regards|cheers|thanks|thank you|see you.{0,20}|"
    r"viele grüße|(?:beste |mit freundlichen )?grüße[n]?|cordialement|bien à vous|amicalement|"
    r"saludos|un saludo|よろしくお願いします|敬具|此致|谢谢|감사합니다)[,!.。]*$",
    re.IGNORECASE,
)
_SENDER = frozenset("from von de 差出人 发件人 보낸사람".split())  # noqa: SIM905
_SUBJECT = frozenset("subject betreff objet asunto 件名 主题 제목".split())  # noqa: SIM905


def cut_mail(text: str, outline: Outline) -> str:
    """A mail without its head and its signature; the subject is the document's title."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    end, said = first, {}
    while end < len(lines) and (found := _MAIL.match(lines[end].strip())):
        said[found[1].casefold()] = found[2].strip()
        end += 1
    if len(said) < 2 or not said.keys() & _SENDER:
        return text
    outline.title = next((said[name] for name in said if name in _SUBJECT), "")
    for number in range(first, end):
        outline.tell(number + 1, "setting")
        lines[number] = ""
    last = [number for number in range(end, len(lines)) if lines[number].strip()][-8:]
    start = next((n for n in last if _CLOSING.match(lines[n].strip()) or lines[n] == "-- "), 0)
    for number in range(start, len(lines)) if start else ():
        lines[number] = ""
    return "\n".join(lines)
