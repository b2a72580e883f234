"""Agencies in operations: a new one, its name and its zone. Its people come by invitation."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.agencies.models import Agency
from portal.web.operations import OperationsAdmin


@admin.register(Agency)
class AgencyAdmin(OperationsAdmin):
    list_display = ["name", "time_zone"]
    search_fields = ["name"]
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "time_zone"],
                "description": _(
                    "To found an agency together with its first admin's invitation:"
                    " manage.py found_agency NAME --zone ZONE --admin EMAIL"
                ),
            },
        )
    ]
