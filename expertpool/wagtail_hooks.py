"""What the expert pool adds to Wagtail's admin."""

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from expertpool.admin import OfficePolicy, PanelViewSet
from expertpool.models import Panel

register_permission_policy(Panel, OfficePolicy(Panel))
register_snippet(PanelViewSet)
