"""The app `engagements`."""

from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    """The app `engagements`."""

    name = "namsai_centre.engagements"
