"""The app `assessments`."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """The app `assessments`."""

    name = "namsai_centre.assessments"
