"""The app `savings`."""

from django.apps import AppConfig


class SavingsConfig(AppConfig):
    """The app `savings`."""

    name = "namsai_centre.savings"
