"""The app's registration with Django."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """One app, one schema."""

    name = "papers"
    label = "papers"
    verbose_name = "Reading room"

    def ready(self) -> None:
        """Have the project's own checks known."""
        import reviewapp.checks  # noqa: F401
