"""The app `knowhow`."""

from django.apps import AppConfig


class KnowhowConfig(AppConfig):
    """The app `knowhow`."""

    name = "namsai_centre.knowhow"
