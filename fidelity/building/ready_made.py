"""Scales to begin with, in words of our own."""

from django.utils.translation import gettext_lazy as _

READY_MADE = {
    "extent": (
        _("0 to 4, how far"),
        [
            (0, _("Not at all")),
            (1, _("A little")),
            (2, _("In part")),
            (3, _("Mostly")),
            (4, _("Fully")),
        ],
    ),
    "agreement": (
        _("1 to 5, how far one agrees"),
        [
            (1, _("Not at all true")),
            (2, _("Rather not true")),
            (3, _("Partly true")),
            (4, _("Rather true")),
            (5, _("Wholly true")),
        ],
    ),
    "frequency": (
        _("0 to 3, how often"),
        [(0, _("Never")), (1, _("Now and then")), (2, _("Often")), (3, _("Always"))],
    ),
}
