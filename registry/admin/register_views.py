"""A new register, begun in the browser."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView

from registry.admin.access import Panel
from registry.models import Kind, Register


class NewRegisterForm(forms.ModelForm):
    """Its key is its address and never changes."""

    class Meta:
        model = Register
        fields = ["name", "key", "kind", "public"]
        help_texts = {"key": "网址中的标识，小写字母与连字符，建立后不再更改，如 exam-sites。"}


class RegisterCreate(Panel, TemplateView):
    """Name, key and kind; the fields follow in the definition editor."""

    template_name = "registry/admin/register_create.html"
    page_title = "新建登记册"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=NewRegisterForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = NewRegisterForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        register = form.save(commit=False)
        first = {
            "key": "name",
            "type": "text",
            "label": "名称",
            "required": True,
            "public": True,
            "listed": True,
            "sortable": True,
            "searchable": True,
        }
        register.draft = {
            "key": register.key,
            "name": register.name,
            "kind": Kind(register.kind).value,
            "public": register.public,
            "title": {"field": "name"},
            "fields": [first],
        }
        register.save()
        return redirect("registers_admin:definition", register.key)

    def crumbs(self) -> list[tuple[str, str]]:
        return [("登记册", reverse("registers_admin:index")), ("新建", "")]
