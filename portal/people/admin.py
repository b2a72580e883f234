"""People in operations: whether they may sign in, and who runs operations."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.people.models import User
from portal.web.operations import OperationsAdmin


@admin.register(User)
class UserAdmin(OperationsAdmin):
    list_display = ["email", "name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_active", "is_staff", "last_login", "joined_at"]
    readonly_fields = ["email", "last_login", "joined_at"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # people come by invitation
