"""The committee's forms. What is allowed is said by the acts; a form only shapes what a person sends."""

from django import forms
from django.utils import timezone

from expertpool.models import Opinion, Outcome, Panel
from expertpool.nominations import MAJOR, SORTS, STAGES, WORST
from expertpool.permissions import visible_nominations
from registry.models import Link, Stage
from registry.permissions import Viewer


class Filters(forms.Form):
    """Filters and sort of a panel's list; every choice is among what this person sees."""

    q = forms.CharField(label="姓名或编号", required=False, max_length=60)
    outcome = forms.ChoiceField(label="规则结论", required=False, choices=[("", "不限"), *WORST.items()])
    major = forms.TypedChoiceField(label="专业大类", required=False, coerce=int, empty_value=None)
    institution = forms.TypedChoiceField(label="单位", required=False, coerce=int, empty_value=None)
    stage = forms.ChoiceField(
        label="办理阶段", required=False, choices=[("", "不限"), *((s.value, Stage(s).label) for s in STAGES)]
    )
    sort = forms.ChoiceField(label="排序", required=False, choices=list(SORTS.items()))
    missing = forms.BooleanField(label="只看我尚未评审的", required=False)

    def __init__(self, data, who: Viewer, panel: Panel) -> None:
        super().__init__(data)
        seen = visible_nominations(who, panel)
        links = Link.objects.filter(field=MAJOR, source__in=seen.values("pk"))
        majors = links.order_by("target__order").values_list("target_id", "target__title").distinct()
        owners = (
            seen.filter(owner__isnull=False).order_by("owner__order").values_list("owner_id", "owner__title")
        )
        self.fields["major"].choices = [("", "不限"), *majors]
        self.fields["institution"].choices = [("", "不限"), *dict(owners).items()]
        if panel.seat_of(who.user) is None:
            del self.fields["missing"]

    def asked(self) -> dict:
        """The filters that can be understood; nonsense in the address filters nothing."""
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value}


class Opinions(forms.Form):
    """A member's verdict with reasons."""

    verdict = forms.ChoiceField(
        label="意见",
        choices=Opinion,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择评审意见：推荐、不推荐或弃权。"},
    )
    reasons = forms.CharField(
        label="理由",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明所依据的材料；组长和已提交意见的委员可以看到。",
        error_messages={"required": "请写明理由。"},
    )
    seen_lock = forms.IntegerField(widget=forms.HiddenInput)


class Decide(forms.Form):
    """The chair's decision."""

    outcome = forms.ChoiceField(
        label="遴选结果",
        choices=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择遴选结果：通过或不通过。"},
    )
    reason = forms.CharField(
        label="理由",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明理由。"},
    )
    seen_lock = forms.IntegerField(widget=forms.HiddenInput)


class Ground(forms.Form):
    """Why somebody must keep out of a case."""

    ground = forms.CharField(
        label="回避事由",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如：与被推荐人有师生、亲属或合作关系。登记后即不能再查看和评审这条推荐，已写的意见一并撤去。",
        error_messages={"required": "请写明回避事由。"},
    )


class Readers(forms.Form):
    """Which members read a case."""

    members = forms.TypedMultipleChoiceField(
        label="分派给", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data, judges: list[dict]) -> None:
        able = [judge for judge in judges if not judge["recused"] and judge["seat"].capacity == "member"]
        initial = {"members": [judge["seat"].user_id for judge in able if judge["assigned"]]}
        super().__init__(data, initial=initial)
        self.fields["members"].choices = [(judge["seat"].user_id, str(judge["seat"].user)) for judge in able]


class Ending(forms.Form):
    """The end of an appointment before its term."""

    on = forms.DateField(
        label="解聘日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        initial=timezone.localdate,
        error_messages={"required": "请填写解聘日期。", "invalid": "请按年-月-日填写解聘日期。"},
    )
    ground = forms.CharField(
        label="解聘事由",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明解聘事由。"},
    )
