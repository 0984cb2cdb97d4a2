"""The sealed log for auditors: every act, and whether the chain holds."""

from typing import Any

from django.core.paginator import Paginator
from django.views.generic import TemplateView

from registry import log
from registry.admin.access import Panel
from registry.models import LogEntry, Role

PER_PAGE = 50


class LogList(Panel, TemplateView):
    """Newest first; `?verify=1` walks the whole chain."""

    template_name = "registry/admin/log.html"
    roles = (Role.OFFICE, Role.AUDITOR, Role.ADMINISTRATOR)
    page_title = "日志"
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        verb = self.request.GET.get("verb", "")
        lines = LogEntry.objects.select_related("actor").defer("canonical")
        lines = lines.filter(verb=verb) if verb else lines
        verified = {"asked": True, "problem": log.verify_chain()} if self.request.GET.get("verify") else {}
        return super().get_context_data(
            page_obj=Paginator(lines, PER_PAGE).get_page(self.request.GET.get("p")),
            verb=verb,
            verbs=LogEntry.objects.order_by("verb").values_list("verb", flat=True).distinct(),
            verified=verified,
            **kwargs,
        )

    def crumbs(self) -> list[tuple[str, str]]:
        return [("日志", "")]
