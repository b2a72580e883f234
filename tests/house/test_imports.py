"""Imports point one way; so do foreign keys, which import-linter cannot see."""

import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
OURS = ("portal.", "communities", "reflections", "fidelity")


def heights() -> dict[str, int]:
    """Each room's height, from the contract in pyproject.toml: higher rooms import lower ones."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(c["layers"] for c in contracts["contracts"] if c["type"] == "layers")
    return {
        room.strip(): height
        for height, layer in enumerate(reversed(layers))
        for room in layer.split("|")
    }


def test_foreign_keys_point_downwards():
    height = heights()
    upward = []
    for model in apps.get_models():
        here = model._meta.app_config.name
        if not here.startswith(OURS):
            continue
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            there = field.related_model._meta.app_config.name
            if there.startswith(OURS) and there != here and height[there] >= height[here]:
                upward.append(f"{model._meta.label}.{field.name} -> {there}")

    assert upward == []


def test_no_reverse_relation_reaches_up_into_a_journal():
    # `community.reflections` would let a lower room read journals without importing them.
    reaching = [
        f"{model._meta.label}.{relation.get_accessor_name()}"
        for model in apps.get_models()
        if model._meta.app_config.name != "reflections"
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_config.name == "reflections"
    ]

    assert reaching == []
