"""The app `fieldwork`."""

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    """The app `fieldwork`."""

    name = "namsai_centre.fieldwork"
