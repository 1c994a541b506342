"""The one way to send mail: written now, handed over by a process of its own, once."""

from papers.mail.carrier import hand_over
from papers.mail.delivering import MailNotSent, deliver_mail
from papers.mail.leaving import make_leaving_url
from papers.mail.writing import DELIVERY, list_written, send_again, send_lost, send_mail

__all__ = [
    "DELIVERY",
    "MailNotSent",
    "deliver_mail",
    "hand_over",
    "list_written",
    "make_leaving_url",
    "send_again",
    "send_lost",
    "send_mail",
]
