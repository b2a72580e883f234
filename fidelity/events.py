"""What is recorded about instruments, reviews and feedback."""

from django.utils.translation import gettext_lazy as _

from portal.audit.events import declare

declare(
    {
        "instrument.begun": _("%(actor)s began an instrument"),
        "instrument.revised": _("%(actor)s began a new version of an instrument"),
        "instrument.discarded": _("%(actor)s removed an instrument that was never published"),
        "instrument.draft_discarded": _("%(actor)s threw a draft of an instrument away"),
        "instrument.imported": _("%(actor)s imported an instrument"),
        "instrument.published": _("%(actor)s published an instrument"),
        "instrument.retired": _("%(actor)s retired an instrument"),
        "review.started": _("%(actor)s started a review"),
        "review.submitted": _("%(actor)s submitted a review"),
        "review.amended": _("%(actor)s amended a review"),
        "review.discarded": _("%(actor)s threw a draft review away"),
        "review.handed_over": _("%(actor)s handed an open review over"),
        "review.released": _("%(actor)s released a review to the person it is about"),
        "feedback.read": _("%(actor)s read feedback"),
        "feedback.replied": _("%(actor)s replied to feedback"),
        "calibration.opened": _("%(actor)s opened a calibration round"),
        "calibration.closed": _("A calibration round closed, and all scores in it can be read"),
        "codings.imported": _("Codings of recordings were imported"),
    }
)
