"""导入公文: an editor pastes or uploads a document and gets a draft to check."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from wagtail.admin import messages

from home.importer import NoticeTree, Unreadable, parse_text
from home.importer.parse import parse_blocks
from home.importer.reading import read_blocks
from home.models import OfficialPage
from home.storing import matching_page, store
from home.tree import notice_index, policy_index


class ImportForm(forms.Form):
    """Text or a file, not both; the document key lets packs cite its clauses."""

    file = forms.FileField(label="上传文件", required=False, help_text=".txt 或 .docx，不超过 20 MB。")
    text = forms.CharField(
        label="或粘贴全文", required=False, widget=forms.Textarea(attrs={"rows": 16}), max_length=500_000
    )
    key = forms.SlugField(
        label="文档代号",
        required=False,
        max_length=80,
        help_text="可不填。方案引用条款时用，如 yunnan-2023。",
    )
    policy = forms.BooleanField(label="作为政策文件（章、条）存入“政策”目录", required=False)

    tree: NoticeTree | None = None

    def clean(self) -> dict:
        """Reads the document; what cannot be read is refused with the importer's sentence."""
        data = super().clean()
        file, text = data.get("file"), (data.get("text") or "").strip()
        if bool(file) == bool(text):
            raise forms.ValidationError("请上传文件或粘贴全文，二者选其一。")
        try:
            self.tree = parse_blocks(read_blocks(file.read(), file.name)) if file else parse_text(text)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        if not self.tree.clauses and not self.tree.preamble:
            raise forms.ValidationError("没有从中认出标题或条款，请检查内容是否完整。")
        return data


def import_notice(request: HttpRequest) -> HttpResponse:
    """Shows the form; a good one becomes a draft and leads to its editor with what is to be checked."""
    index = notice_index()
    if not index.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_bound and form.is_valid():
        policy = form.cleaned_data["policy"]
        _check_permission(request, form.tree, form.cleaned_data["key"], policy)
        page = store(
            form.tree, user=request.user, key=form.cleaned_data["key"], policy=policy, source="（后台）"
        )
        messages.success(
            request,
            f"已存为草稿：条款 {len(form.tree.clauses)} 条，日期 {len(form.tree.dates)} 个，请核对后提交。",
        )
        for problem in form.tree.problems:
            messages.warning(request, problem)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "home/admin/import_notice.html", {"form": form})


def _check_permission(request: HttpRequest, tree: NoticeTree, key: str, policy: bool) -> None:
    """Adding under the list, or editing the page that the document was imported to before."""
    page: OfficialPage | None = matching_page(tree, key)
    if page is not None:
        allowed = page.permissions_for_user(request.user).can_edit()
    else:
        parent = policy_index() if policy else notice_index()
        allowed = parent.permissions_for_user(request.user).can_add_subpage()
    if not allowed:
        raise PermissionDenied
