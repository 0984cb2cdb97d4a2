"""Who may use which of the registry's panels: the same roles as everywhere, on top of Wagtail's own gate."""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from registry.models import Role
from registry.permissions import Viewer, viewer

KEEPERS = (Role.EDITOR, Role.OFFICE, Role.ADMINISTRATOR)
READERS = (*KEEPERS, Role.AUDITOR)


class Panel(WagtailAdminTemplateMixin):
    """A view of ours in the admin: `roles` may open it, others get 403; `who` is the viewer."""

    roles: tuple[str, ...] = KEEPERS
    header_icon = "list-ul"

    def dispatch(self, request, *args: Any, **kwargs: Any):
        self.who: Viewer = viewer(request.user)
        if not self.who.has(*self.roles):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def crumbs(self) -> list[tuple[str, str]]:
        """(label, address) of the pages above and this one."""
        return []

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *super().get_breadcrumbs_items(),
            *({"label": label, "url": url} for label, url in self.crumbs()),
        ]
