"""What can happen to a person's account."""

from django.utils.translation import gettext_lazy as _

from portal.audit.events import declare

declare(
    {
        "person.changed_profile": _("%(actor)s changed their profile"),
        "person.second_factor_forgotten": _("Operations removed someone's second factor"),
        "person.signed_out_device": _("%(actor)s signed out one of their devices"),
        "person.signed_out_devices": _("%(actor)s signed out all their other devices"),
    }
)
