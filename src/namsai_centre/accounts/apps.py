"""The app `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app `accounts`."""

    name = "namsai_centre.accounts"

    def ready(self) -> None:
        """Begin to note log-ins and log-outs."""
        from namsai_centre.accounts import devices

        devices.connect()
