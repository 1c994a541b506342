"""The app's registration with Django."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.urls import register_converter


class PapersConfig(AppConfig):
    """One app, one schema."""

    name = "papers"
    label = "papers"
    verbose_name = "Reading room"

    def ready(self) -> None:
        """Register checks and what stands in addresses; keep the triggers that count."""
        import reviewapp.checks  # noqa: F401
        from papers.converters import KeyConverter, SlugConverter
        from papers.models.change_counts import sync_triggers

        register_converter(KeyConverter, "key")
        register_converter(SlugConverter, "title")
        post_migrate.connect(sync_triggers, sender=self)


class PanelConfig(AdminConfig):
    """Django's admin with our site in front of it."""

    default_site = "reviewapp.panel.PanelSite"
