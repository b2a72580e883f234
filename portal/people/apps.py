from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "portal.people"
    label = "people"

    def ready(self) -> None:
        # What this app records registers itself when imported.
        from portal.people import devices, events  # noqa: F401  # models must be loaded first
