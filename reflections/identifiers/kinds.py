"""The classes of identifier: Safe Harbor, 45 CFR 164.514(b)(2)(i), (A) to (R), in plain words."""

from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What a passage may give away. (C) is two here: what to do about a day and an age differs."""

    NAME = "name"  # (A)
    PLACE = "place"  # (B) smaller than a state
    DATE = "date"  # (C) but the year
    AGE = "age"  # (C) over 89
    PHONE = "phone"  # (D)
    FAX = "fax"  # (E)
    EMAIL = "email"  # (F)
    SSN = "ssn"  # (G)
    RECORD = "record"  # (H)
    PLAN = "plan"  # (I)
    ACCOUNT = "account"  # (J)
    LICENCE = "licence"  # (K)
    VEHICLE = "vehicle"  # (L)
    DEVICE = "device"  # (M)
    URL = "url"  # (N)
    IP = "ip"  # (O)
    BIOMETRIC = "biometric"  # (P)
    PHOTO = "photo"  # (Q)
    OTHER = "other"  # (R)

    @property
    def words(self) -> Any:
        """What it is, for a person."""
        return _WORDS[self].label

    @property
    def replacement(self) -> Any:
        """What could stand there instead."""
        return _WORDS[self].replacement


class _Words(NamedTuple):
    label: Any
    replacement: Any


_WORDS = {
    Kind.NAME: _Words(_("A name"), _("[name]")),
    Kind.PLACE: _Words(_("A place smaller than a state"), _("[place]")),
    Kind.DATE: _Words(_("A date"), _("[date]")),
    Kind.AGE: _Words(_("An age over 89"), _("90 or older")),
    Kind.PHONE: _Words(_("A phone number"), _("[phone number]")),
    Kind.FAX: _Words(_("A fax number"), _("[fax number]")),
    Kind.EMAIL: _Words(_("An email address"), _("[email address]")),
    Kind.SSN: _Words(_("A Social Security number"), _("[Social Security number]")),
    Kind.RECORD: _Words(_("A medical record number"), _("[record number]")),
    Kind.PLAN: _Words(_("A health plan number"), _("[plan number]")),
    Kind.ACCOUNT: _Words(_("An account number"), _("[account number]")),
    Kind.LICENCE: _Words(_("A licence number"), _("[licence number]")),
    Kind.VEHICLE: _Words(_("A plate or vehicle number"), _("[vehicle number]")),
    Kind.DEVICE: _Words(_("A device's number"), _("[device number]")),
    Kind.URL: _Words(_("A web address"), _("[web address]")),
    Kind.IP: _Words(_("A computer's address"), _("[IP address]")),
    Kind.BIOMETRIC: _Words(_("A fingerprint or voice record"), _("[biometric record]")),
    Kind.PHOTO: _Words(_("A picture's file name"), _("[picture]")),
    Kind.OTHER: _Words(_("A number or handle that is theirs alone"), _("[number]")),
}
