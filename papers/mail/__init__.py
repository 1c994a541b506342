"""The one way to send mail: written now, handed over by a process of its own, once."""

from papers.mail.delivery import MailNotSent, deliver_mail
from papers.mail.outbox import DELIVERY, list_written, send_again, send_lost, send_mail
from papers.mail.sender import hand_over
from papers.mail.unsubscribe import make_unsubscribe_url

__all__ = [
    "DELIVERY",
    "MailNotSent",
    "deliver_mail",
    "hand_over",
    "list_written",
    "make_unsubscribe_url",
    "send_again",
    "send_lost",
    "send_mail",
]
