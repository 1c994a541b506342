"""The app's registration with Django."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PapersConfig(AppConfig):
    """One app, one schema."""

    name = "papers"
    label = "papers"
    verbose_name = "Reading room"

    def ready(self) -> None:
        """Have the project's own checks known."""
        import reviewapp.checks  # noqa: F401


class PanelConfig(AdminConfig):
    """Django's admin with our site in front of it."""

    default_site = "reviewapp.panel.PanelSite"
