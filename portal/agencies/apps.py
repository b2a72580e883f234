from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "portal.agencies"
    label = "agencies"

    def ready(self) -> None:
        # What this app records registers itself when imported.
        from portal.agencies import calendars, events, notices  # noqa: F401  # models come first
