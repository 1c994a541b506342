"""The nouns: columns, constraints, indexes and QuerySet words. No saving logic, no signals."""

from papers.models.api import ApiAnswer, ApiToken
from papers.models.ballot import Nomination, VerdictVote, Vote
from papers.models.chat import ChatAccount
from papers.models.claim import Claim
from papers.models.comment import Comment, CommentRevision, ReadMark
from papers.models.curating import GuidingQuestion, Lab
from papers.models.digest import DigestIssue, Webhook, WebhookPost
from papers.models.endpoint import WebhookDelivery, WebhookEndpoint
from papers.models.event import Event
from papers.models.experiment import Experiment, ExperimentLink, Prediction
from papers.models.exporting import ArchiveJob, BibliographyLink, CitationKey, ReviewLink
from papers.models.file import File
from papers.models.form_key import FormKey
from papers.models.former_webhook import FormerWebhook
from papers.models.importing import ImportItem, ImportJob, IssueFetch
from papers.models.join_link import JoinLink
from papers.models.lease import Handover, Reminder, Skip
from papers.models.lookup import Lookup, LookupTurn, PaperLookup, PaperUpdate
from papers.models.mail import Mail
from papers.models.meeting import AgendaItem, Meeting, MeetingSeries
from papers.models.member import Invitation, Member
from papers.models.minutes import MeetingAction, MinutesRevision
from papers.models.notification import (
    FeedToken,
    Follow,
    Notification,
    NotificationChoice,
    NotificationMark,
    Pace,
)
from papers.models.paper import Identifier, Link, Paper
from papers.models.removal import PaperPair, Removal
from papers.models.removed_listing import RemovedListing
from papers.models.review import (
    CritiquePoint,
    CritiqueQuestion,
    Depth,
    Review,
    ReviewDraft,
    ReviewRevision,
    Verdict,
)
from papers.models.rota import Absence, PresenterSwap
from papers.models.search import SavedSearch, SearchDoc, SearchWord
from papers.models.session import Session
from papers.models.text_draft import TextDraft
from papers.models.throttle import Throttle
from papers.models.topic import Listing, Topic, TopicAddress
from papers.models.zotero import (
    ZoteroChange,
    ZoteroCollection,
    ZoteroItem,
    ZoteroLibrary,
    ZoteroNote,
    ZoteroQuestion,
)

__all__ = [
    "Absence",
    "AgendaItem",
    "ApiAnswer",
    "ApiToken",
    "ArchiveJob",
    "BibliographyLink",
    "ChatAccount",
    "CitationKey",
    "Claim",
    "Comment",
    "CommentRevision",
    "CritiquePoint",
    "CritiqueQuestion",
    "Depth",
    "DigestIssue",
    "Event",
    "Experiment",
    "ExperimentLink",
    "FeedToken",
    "File",
    "Follow",
    "FormKey",
    "FormerWebhook",
    "GuidingQuestion",
    "Handover",
    "Identifier",
    "ImportItem",
    "ImportJob",
    "Invitation",
    "IssueFetch",
    "JoinLink",
    "Lab",
    "Link",
    "Listing",
    "Lookup",
    "LookupTurn",
    "Mail",
    "Meeting",
    "MeetingAction",
    "MeetingSeries",
    "Member",
    "MinutesRevision",
    "Nomination",
    "Notification",
    "NotificationChoice",
    "NotificationMark",
    "Pace",
    "Paper",
    "PaperLookup",
    "PaperPair",
    "PaperUpdate",
    "Prediction",
    "PresenterSwap",
    "ReadMark",
    "Reminder",
    "Removal",
    "RemovedListing",
    "Review",
    "ReviewDraft",
    "ReviewLink",
    "ReviewRevision",
    "SavedSearch",
    "SearchDoc",
    "SearchWord",
    "Session",
    "Skip",
    "TextDraft",
    "Throttle",
    "Topic",
    "TopicAddress",
    "Verdict",
    "VerdictVote",
    "Vote",
    "Webhook",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookPost",
    "ZoteroChange",
    "ZoteroCollection",
    "ZoteroItem",
    "ZoteroLibrary",
    "ZoteroNote",
    "ZoteroQuestion",
]
