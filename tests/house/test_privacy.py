"""Every field of ours is classified, once."""

from django.apps import apps

from portal.web.privacy import CLASSES

OURS = ("portal.", "communities", "reflections", "fidelity")
MODELS = [m for m in apps.get_models() if m._meta.app_config.name.startswith(OURS)]


def test_every_field_has_a_class():
    wrong = {}
    for model in MODELS:
        fields = {field.name for field in model._meta.local_fields + model._meta.local_many_to_many}
        for parent in model._meta.get_parent_list():
            fields |= {f.name for f in parent._meta.local_fields if not f.primary_key}
        fields -= {"groups", "user_permissions"}  # Django's, for operations
        declared = getattr(model, "privacy", {})
        if difference := fields ^ set(declared):
            wrong[model._meta.label] = sorted(difference)

    assert wrong == {}


def test_every_class_is_one_of_the_five():
    strange = {
        f"{model._meta.label}.{field}": given
        for model in MODELS
        for field, given in getattr(model, "privacy", {}).items()
        if given not in CLASSES
    }

    assert strange == {}
