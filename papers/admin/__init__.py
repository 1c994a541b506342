"""The admin panel: every table with search, filters and acts. One module per subject."""

from papers.admin import exports, lab, library, meetings, notifications, people

__all__ = ["exports", "lab", "library", "meetings", "notifications", "people"]
