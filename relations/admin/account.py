"""The admin pages of users. Nobody can give another account more permissions than they have themselves."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, Permission
from django.db.models import ManyToManyField, Q
from django.http import HttpRequest

User = get_user_model()
admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Users. An account with more permissions than the current user's cannot be changed by them.

    Only superusers give single permissions; others give groups, as long as they have all permissions of the group.
    """

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may_change = super().has_change_permission(request, obj)
        return may_change and (obj is None or self.is_no_more(obj, request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may_delete = super().has_delete_permission(request, obj)
        return may_delete and (obj is None or self.is_no_more(obj, request.user))

    @staticmethod
    def is_no_more(account: Any, user: Any) -> bool:
        """Whether the account has no permission that the user lacks, whether or not it is active."""
        if user.is_superuser:
            return True
        beyond = permissions_of(account).exclude(pk__in=permissions_of(user).values("pk"))
        return not (account.is_superuser or beyond.exists())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fixed = super().get_readonly_fields(request, obj)
        return tuple(fixed) if request.user.is_superuser else (*fixed, "is_superuser", "user_permissions")

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups" and not request.user.is_superuser:
            beyond = Permission.objects.exclude(pk__in=permissions_of(request.user).values("pk"))
            kwargs["queryset"] = Group.objects.exclude(permissions__in=beyond)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def permissions_of(user: Any) -> Any:
    """The permissions of a user, given directly or through groups."""
    return Permission.objects.filter(Q(user=user) | Q(group__user=user))
