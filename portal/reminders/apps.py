from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RemindersConfig(AppConfig):
    name = "portal.reminders"
    label = "reminders"

    def ready(self) -> None:
        from portal.reminders import events  # noqa: F401  # models must be loaded first

        autodiscover_modules("reminders")  # each app's reminders.py registers its kinds
