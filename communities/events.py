"""What can happen in a community."""

from django.utils.translation import gettext_lazy as _

from portal.audit.events import declare

declare(
    {
        "community.founded": _("%(actor)s began a community"),
        "community.changed": _("%(actor)s changed what a community is about"),
        "community.spanned": _("%(actor)s opened a community to another agency"),
        "community.closed": _("%(actor)s closed a community"),
        "membership.begun": _("%(actor)s welcomed someone to a community"),
        "membership.role_changed": _("%(actor)s changed someone's role in a community"),
        "membership.ended": _("%(actor)s ended someone's membership of a community"),
        "series.planned": _("%(actor)s planned a series of sessions"),
        "series.changed": _("%(actor)s changed a series of sessions"),
        "series.handed_over": _("%(actor)s gave a series of sessions another host"),
        "series.ended": _("%(actor)s ended a series of sessions"),
        "series.continued": _("%(actor)s changed a series of sessions from one session on"),
        "series.shortened": _("%(actor)s called off a session and all that follow it"),
        "series.rotated": _("%(actor)s set who hosts a series of sessions in turn"),
        "session.moved": _("%(actor)s changed one session of a series"),
        "session.put_back": _("%(actor)s put a session back to what its series says"),
        "session.reinstated": _("%(actor)s let a session take place after all"),
        "session.focused": _("%(actor)s set the focus of a session"),
        "session.cancelled": _("%(actor)s called off a session"),
        "agenda.set": _("%(actor)s set the agenda of a session"),
        "agenda.reflection_shortened": _("%(actor)s shortened the time to reflect in a session"),
        "attendance.marked": _("%(actor)s marked who came to a session"),
        "attendance.corrected": _("%(actor)s put right who came to a session"),
        "session.answered": _("%(actor)s said whether they come to a session"),
        "certificate.issued": _("%(actor)s had a certificate of hours made"),
        "attendance.all_marked": _("%(actor)s marked everyone as present at a session"),
        "meeting.moved_on": _("%(actor)s began a part of a session"),
        "meeting.extended": _("%(actor)s gave a part of a session more time"),
        "meeting.ended": _("%(actor)s ended a session's meeting"),
        "notes.written": _("%(actor)s wrote on a session's notes"),
        "case.brought": _("%(actor)s brought a case to a session"),
        "case.moved_on": _("%(actor)s moved a case round on"),
        "case.suggested": _("%(actor)s wrote a suggestion to a case"),
        "commitment.made": _("%(actor)s made a commitment"),
        "commitment.settled": _("%(actor)s came back to a commitment"),
    }
)
