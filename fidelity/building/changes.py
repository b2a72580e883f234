"""What a draft changes against the version before it, in sentences: read before it is published."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from fidelity.building.document import document_of
from fidelity.models import Version
from fidelity.shipped import spoken


def changes_since(before: Version, draft: Version) -> list[str]:
    """In the order of the instrument; none where they are the same."""
    old, new = document_of(before), document_of(draft)
    return [*_items(old, new), *_measures(old, new)]


def _items(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    was, now = _by_key(old["items"]), _by_key(new["items"])
    for key, item in now.items():
        told = {"item": spoken(item["wording"])}
        if key not in was:
            yield _("New: “%(item)s”. Its trend begins here.") % told
        elif was[key]["wording"] != item["wording"]:
            told["before"] = spoken(was[key]["wording"])
            yield _("“%(before)s” now reads “%(item)s”. Its trend goes on.") % told
    for key, item in was.items():
        if key not in now:
            yield _("“%(item)s” is gone. Its trend ends.") % {"item": spoken(item["wording"])}
    shared = [key for key in was if key in now]
    if shared != [key for key in now if key in was]:
        yield _("The items stand in another order.")


def _measures(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    was, now = _by_key(old["measures"]), _by_key(new["measures"])
    counting = ("computed", "items", "over", "formula", "without_a_value")
    for key, measure in now.items():
        told = {"measure": spoken(measure["name"])}
        if key not in was:
            yield _("New measure: “%(measure)s”.") % told
        elif any(was[key].get(part) != measure.get(part) for part in counting):
            yield (
                _("“%(measure)s” is computed in another way. Charts mark where that begins.") % told
            )
    for key, measure in was.items():
        if key not in now:
            yield _("The measure “%(measure)s” is gone.") % {"measure": spoken(measure["name"])}


def _by_key(parts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {part["key"]: part for part in parts}
