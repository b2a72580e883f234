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
        "review.assigned": _("%(actor)s assigned a review"),
        "review.recused": _("%(actor)s gave an assigned review back, being involved"),
        "plan.made": _("%(actor)s made a sampling plan"),
        "plan.ended": _("%(actor)s ended a sampling plan"),
        "consent.recorded": _("%(actor)s put a consent to score recordings on record"),
        "consent.withdrawn": _("%(actor)s withdrew a consent to score recordings"),
        "goal.proposed": _("%(actor)s proposed a focus goal"),
        "goal.agreed": _("%(actor)s agreed to a focus goal"),
        "goal.settled": _("%(actor)s said what became of a focus goal"),
        "goal.taken_back": _("%(actor)s took a proposed focus goal back"),
        "experiment.planned": _("%(actor)s planned a practice experiment"),
        "experiment.begun": _("%(actor)s began a practice experiment"),
        "experiment.decided": _("%(actor)s ended a practice experiment"),
        "calibration.opened": _("%(actor)s opened a calibration round"),
        "calibration.closed": _("A calibration round closed, and all scores in it can be read"),
        "scores.imported": _("%(actor)s imported scores"),
        "scores.exported": _("%(actor)s exported scores"),
        "codings.imported": _("Codings of recordings were imported"),
    }
)
