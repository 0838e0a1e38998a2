"""The app `enterprises`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EnterprisesConfig(AppConfig):
    """The app `enterprises`."""

    name = "namsai_centre.enterprises"

    def ready(self) -> None:
        """Keep the search index of the database."""
        from namsai_centre.enterprises.search_index import after_migrate

        post_migrate.connect(after_migrate, sender=self)
