"""Where a review's knowledge comes from. Series of different sources are never joined."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    OBSERVATION = "observation", _("observation")
    RECORDING = "recording", _("recording")
    RECORDS = "records", _("records")
    SELF = "self", _("self-check")
    FAMILY_SURVEY = "family_survey", _("family survey")
