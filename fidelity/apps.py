from importlib import import_module

from django.apps import AppConfig


class FidelityConfig(AppConfig):
    name = "fidelity"

    def ready(self) -> None:
        # What this app records, tells and reminds of registers itself when imported.
        for module in ("events", "notices", "reminders", "departures"):
            try:
                import_module(f"fidelity.{module}")
            except ModuleNotFoundError as missing:
                if missing.name != f"fidelity.{module}":
                    raise
