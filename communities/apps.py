from importlib import import_module

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"

    def ready(self) -> None:
        # What this app records, tells and reminds of registers itself when imported.
        for module in (
            "events",
            "notices",
            "reminders",
            "departures",
            "parting",
            "hosting",
            "days_off",
        ):
            try:
                import_module(f"communities.{module}")
            except ModuleNotFoundError as missing:
                if missing.name != f"communities.{module}":
                    raise
