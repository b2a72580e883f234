"""What can happen to a reminder rule."""

from django.utils.translation import gettext_lazy as _

from portal.audit.events import declare

declare(
    {
        "rule.planned": _("%(actor)s set up a recurring reminder"),
        "rule.changed": _("%(actor)s changed a recurring reminder"),
        "rule.paused": _("%(actor)s paused a recurring reminder"),
        "rule.resumed": _("%(actor)s resumed a recurring reminder"),
        "rule.ended": _("%(actor)s ended a recurring reminder"),
    }
)
