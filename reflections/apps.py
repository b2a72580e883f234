from importlib import import_module

from django.apps import AppConfig


class ReflectionsConfig(AppConfig):
    name = "reflections"

    def ready(self) -> None:
        # What this app records, tells and reminds of registers itself when imported.
        for module in ("events", "notices", "reminders", "departures", "panels"):
            try:
                import_module(f"reflections.{module}")
            except ModuleNotFoundError as missing:
                if missing.name != f"reflections.{module}":
                    raise
