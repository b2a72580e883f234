"""What can happen to a reflection. Ids and kinds only: never a word of it."""

from django.utils.translation import gettext_lazy as _

from portal.audit.events import declare

declare(
    {
        "reflection.kept": _("%(actor)s kept a reflection"),
        "reflection.shared": _("%(actor)s shared a reflection"),
        "reflection.withdrawn": _("%(actor)s took a reflection back"),
        "reflection.answered": _("%(actor)s answered in a reflection's thread"),
        "reflection.asked": _("%(actor)s changed what they ask with a reflection"),
        "reflection.thread_shared": _("%(actor)s let others read an answer they got"),
        "reflection.thread_withdrawn": _("%(actor)s took an answer back from other readers"),
        "reflection.removed": _("%(actor)s removed a reflection"),
        "reflection.brought_back": _("%(actor)s brought a reflection back"),
        "reflection.deleted": _("A reflection was deleted for good"),
        "reflections.exported": _("%(actor)s exported their journal"),
        "reflections.ending": _("An author was told that reflections reach their end"),
        "retention.set": _("%(actor)s set how long reflections are kept"),
        "retention.lifted": _("%(actor)s lets reflections be kept without an end"),
        "hold.placed": _("%(actor)s put a journal under a legal hold"),
        "hold.ended": _("%(actor)s ended a legal hold"),
        "prompts.offered": _("%(actor)s offered a set of prompts"),
        "prompts.revised": _("%(actor)s changed a set of prompts"),
        "prompts.withdrawn": _("%(actor)s withdrew a set of prompts"),
    }
)
