"""Over which channel each category comes, and each kind of it: boxes to tick.

A box is named after its channel and what it is about ("mail-sessions", "mail-session.reminder"). It
is read only if the page that was sent had it (`offered`): a page that stood open while the portal
got new kinds switches none of them off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise

from portal.notices.kinds import NoticeKind, kinds
from portal.notices.models import Category, Channel, Exclusion, Preference
from portal.notices.wishes import show_what_is_wanted
from portal.people.models import User
from portal.web.forms import Form

# What a person chooses about; how a digest comes is chosen by itself.
CHOSEN = [each for each in Category if each != Category.DIGEST]


@dataclass(frozen=True)
class Row:
    """A category with its kinds, or a kind: a box a channel, or why there are none."""

    name: str
    title: str | Promise
    boxes: list[BoundField]
    always: str | Promise = ""
    kinds: "tuple[Row, ...]" = ()


class ChannelsForm(Form):
    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        self.person = person
        stands = _choices_of(person)
        kwargs["initial"] = kwargs.get("initial", {}) | stands
        super().__init__(*args, **kwargs)
        for name in stands:
            channel = Channel(name.partition("-")[0])
            self.fields[name] = forms.BooleanField(label=channel.label, required=False)

    def rows(self) -> Iterator[Row]:
        """The categories, each with its kinds by title."""
        for category in CHOSEN:
            yield Row(
                category.value,
                category.label,
                [self[_name(channel, category.value)] for channel in Channel.offered()],
                kinds=tuple(self._row_of(kind) for kind in _kinds_of(category)),
            )

    def save_channels(self) -> None:
        """Keep what changed."""
        offered = set(self._sent())
        chosen = [name.partition("-") for name in self.changed_data if "-" in name]
        changed = [(channel, about) for channel, _dash, about in chosen if about in offered]
        for channel, about in changed:
            keep = Preference.choose if about in Category.values else Exclusion.choose
            wanted = self.cleaned_data[f"{channel}-{about}"]
            keep(self.person, about, channel, wanted=wanted)
        if any(channel == Channel.PORTAL for channel, _about in changed):
            show_what_is_wanted(self.person)

    def _sent(self) -> list[str]:
        read = getattr(self.data, "getlist", None)
        return read("offered") if read else []

    def _row_of(self, kind: type[NoticeKind]) -> Row:
        if kind.essential:
            return Row(kind.kind, kind.title, [], kind.why_essential)
        boxes = [self[_name(channel, kind.kind)] for channel in _channels_of(kind)]
        return Row(kind.kind, kind.title, boxes)


def _choices_of(person: User) -> dict[str, bool]:
    """What is wanted now, by the name of the box. Two queries."""
    unwanted = Preference.objects.filter(person=person, wanted=False)
    off = set(unwanted.values_list("category", "channel"))
    left_out = Exclusion.of(person)
    found = {}
    for category in CHOSEN:
        for channel in Channel.offered():
            found[_name(channel, category.value)] = (category.value, channel.value) not in off
        for kind in _kinds_of(category):
            if not kind.essential:
                for channel in _channels_of(kind):
                    wanted = (kind.kind, channel.value) not in left_out
                    found[_name(channel, kind.kind)] = wanted
    return found


def _kinds_of(category: Category) -> list[type[NoticeKind]]:
    return sorted(
        (kind for kind in kinds.values() if kind.category == category),
        key=lambda kind: str(kind.title).casefold(),
    )


def _channels_of(kind: type[NoticeKind]) -> list[Channel]:
    return [each for each in Channel.offered() if each == Channel.PORTAL or each in kind.channels]


def _name(channel: Channel, about: str) -> str:
    return f"{channel.value}-{about}"
