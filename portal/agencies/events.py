"""What can happen in an agency."""

from django.utils.translation import gettext_lazy as _

from portal.audit.events import declare

declare(
    {
        "agency.founded": _("An agency was founded"),
        "agency.policy_changed": _("%(actor)s changed the agency's policy"),
        "position.begun": _("%(actor)s gave someone a position"),
        "position.ended": _("%(actor)s ended a position"),
        "supervision.begun": _("%(actor)s let someone supervise or coach"),
        "supervision.ended": _("%(actor)s ended a supervision"),
        "invitation.sent": _("%(actor)s invited someone"),
        "invitation.resent": _("%(actor)s sent an invitation again"),
        "invitation.revoked": _("%(actor)s revoked an invitation"),
        "invitation.accepted": _("%(actor)s accepted an invitation"),
        "departure.planned": _("%(actor)s planned a departure"),
        "departure.called_off": _("%(actor)s called off a departure"),
        "departure.carried_out": _("Someone left, as %(actor)s had recorded"),
        "departure.by_date": _("Someone's last role ended on its day, and their access with it"),
        "person.welcomed_back": _("%(actor)s welcomed someone back"),
        "mail.sent_again": _("%(actor)s sent a mail again that had not gone"),
        "roster.imported": _("%(actor)s imported a roster"),
        "roster.exported": _("%(actor)s exported the roster"),
    }
)
