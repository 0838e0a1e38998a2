"""The app `ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The app `ui`."""

    name = "namsai_centre.ui"
