"""A school's sheet of nominations: what becomes a draft, what is told, what is refused."""

from datetime import date, datetime

import pytest

from registry import values
from registry.actions.submit import submit
from registry.errors import Refused
from registry.exchange import import_file, organisation
from registry.models import LogEntry, Record, Register, Round
from tests import factories
from tests.exchange.sheets import LABELS, SCHOOL, expert, xlsx

OTHER = "云南交通职业技术学院"


@pytest.fixture
def nominations(packs):
    return Register.objects.select_related("current").get(key="expert-nominations")


@pytest.fixture
def opened(nominations):
    """A round that is open now, beside the closed one of 2023."""
    closed = Round.objects.get(key="yunnan-2023-experts")
    return factories.open_round(
        nominations, "now", parameters=closed.parameters, reference_date=date(2023, 3, 22)
    )


def load(register, rows, round="yunnan-2023-experts", **more):
    if isinstance(round, str):
        round = Round.objects.select_related("version", "register").get(key=round)
    return import_file(register, "推荐.xlsx", xlsx(rows), round=round, **more)


def outcomes(row) -> dict[str, str]:
    return {verdict.rule: verdict.outcome for verdict in row.rules}


@pytest.mark.clause("YN23-25")
def test_a_schools_sheet_goes_in_as_it_is_and_becomes_drafts(nominations):
    report = load(nominations, [expert(), expert("示例专家乙", date(1975, 6, 7))])
    assert [row.status for row in report.rows] == ["new", "new"] and report.stored and report.unknown == []
    record = Record.objects.get(number=report.rows[0].number)
    data = values.decode(record, sensitive=True)
    assert (record.stage, record.standing, record.public) == ("draft", "none", False)
    assert (
        record.owner.title == SCHOOL and record.region == record.owner.region and record.title == "示例专家甲"
    )
    assert data["title_date"] == date(2010, 12, 1) and data["healthy"] is True
    assert [row["name"] for row in data["projects"]] == ["示例课题一", "示例课题二"]
    assert data["projects"][1] == {"name": "示例课题二", "level": "省级", "role": "主持", "year": "2020"}
    assert all("sealed" in record.data[key] for key in ("id_number", "phone", "email"))


def test_the_same_sheet_again_writes_nothing(nominations):
    rows = [expert(), expert("示例专家乙", date(1950, 1, 1), 理由="本领域急需")]
    load(nominations, rows)
    before = LogEntry.objects.count()
    report = load(nominations, rows)
    assert report.to_dict()["unchanged"] == 2 and not report.stored and LogEntry.objects.count() == before


def test_a_changed_cell_changes_its_record_and_no_other(nominations):
    first = load(nominations, [expert(), expert("示例专家乙", date(1975, 6, 7))])
    report = load(nominations, [expert(职务="院长"), expert("示例专家乙", date(1975, 6, 7))])
    assert [row.status for row in report.rows] == ["changed", "unchanged"]
    assert report.rows[0].number == first.rows[0].number
    record = Record.objects.get(number=first.rows[0].number)
    assert record.data["position"] == "院长" and record.lock_version == 2 and record.editions.count() == 2


@pytest.mark.parametrize("spelt", ["label", "key", "mixed"])
def test_columns_are_known_by_label_or_key_however_the_header_is_written(nominations, spelt):
    keys = {spec.label: spec.key for spec in nominations.definition.fields}
    names = {
        "label": lambda x: f" {x}＊ ",
        "key": lambda x: keys.get(x, x),
        "mixed": lambda x: f"{x}（必填）",
    }[spelt]
    report = load(nominations, [{names(label): value for label, value in expert().items()}])
    assert report.rows[0].status == "new" and report.unknown == []


def test_cells_are_read_as_people_type_them(nominations):
    row = expert(
        出生日期=datetime(1970, 1, 1),
        手机="１３００００００００ ０",
        姓名=" 示例专家\n甲 ",
        身份证号=factories.id_number(date(1970, 1, 1)).translate(
            str.maketrans("0123456789", "０１２３４５６７８９")
        ),
        自愿="√",
    )
    report = load(nominations, [row])
    data = values.decode(Record.objects.get(number=report.rows[0].number), sensitive=True)
    assert data["name"] == "示例专家甲" and data["phone"] == "13000000000" and data["willing"] is True
    assert data["id_number"] == factories.id_number(date(1970, 1, 1)) and data["birth_date"] == date(
        1970, 1, 1
    )


@pytest.mark.parametrize("written", ["1970年1月1日", "1970-01-01", "1970/1/1", "1970.1.1", "19700101", 25569])
def test_a_birth_date_in_any_usual_spelling(nominations, written):
    report = load(nominations, [expert(出生日期=written)])
    assert report.rows[0].errors == []
    assert Record.objects.get(number=report.rows[0].number).data["birth_date"] == "1970-01-01"


@pytest.mark.clause("YN23-23")
def test_a_birth_date_that_the_id_number_contradicts_refuses_the_row_and_with_it_the_file(nominations):
    report = load(nominations, [expert(), expert("示例专家乙", date(1975, 6, 7), 出生日期=date(1975, 6, 8))])
    assert [row.status for row in report.rows] == ["new", "refused"]
    problem = report.rows[1].errors[0]
    assert (report.rows[1].row, problem.column, problem.clause.id) == (3, "出生日期", "YN23-23")
    assert not report.stored and not Record.objects.filter(register=nominations).exists()
    assert report.rows[0].number is None


def test_a_refused_row_tells_column_value_and_reason_for_every_bad_cell(nominations):
    report = load(nominations, [expert(工作单位="没有这所学校", 专业大类="电子大类", 手机="12", 性别="不详")])
    told = {problem.column: (problem.value, problem.message) for problem in report.rows[0].errors}
    assert set(told) == {"工作单位", "专业大类", "手机", "性别"}
    assert told["工作单位"] == ("没有这所学校", "“没有这所学校”不在登记册“院校”中。")
    assert told["性别"][0] == "不详" and "须为男、女之一" in told["性别"][1]
    assert told["手机"][0] == "1**"  # a sensitive value is masked wherever it is shown


def test_an_id_number_that_lost_its_last_digits_as_a_number_is_told_so(nominations):
    report = load(nominations, [expert(身份证号=110105197001010000)])
    assert "末几位已丢失" in report.rows[0].errors[0].message


@pytest.mark.clause("YN23-21", "YN23-22", "YN23-23")
def test_rules_of_later_moments_are_told_and_hold_nothing_back(nominations):
    report = load(
        nominations,
        [
            expert(
                "示例专家甲",
                date(1949, 1, 1),
                专业技术职称="高级技师",
                职称系列="(技能等级, 不是职称)",
                研究成果="",
                单位支持="否",
            ),
        ],
    )
    told = outcomes(report.rows[0])
    assert told["age"] == told["title-level"] == "needs_reason"
    assert told["project-and-result"] == told["unit-supports"] == "fail"
    assert report.stored and report.rows[0].status == "new"


@pytest.mark.clause("YN23-21", "YN23-23")
def test_one_reason_counts_for_every_exceeded_soft_rule_and_is_kept_per_rule(nominations):
    report = load(
        nominations, [expert("示例专家甲", date(1949, 1, 1), 专业技术职称="讲师", 理由="本领域急需")]
    )
    told = outcomes(report.rows[0])
    assert told["age"] == told["title-level"] == "excused"
    reasons = Record.objects.get(number=report.rows[0].number).reasons
    assert reasons == {"age": "本领域急需", "title-level": "本领域急需"}


def test_a_reason_nobody_needs_is_not_kept(nominations):
    report = load(nominations, [expert(理由="以防万一")])
    assert outcomes(report.rows[0])["age"] == "pass"
    assert Record.objects.get(number=report.rows[0].number).reasons == {}


@pytest.mark.clause("YN23-24")
def test_the_same_person_twice_in_a_file_refuses_the_later_row(nominations):
    report = load(nominations, [expert(), expert("示例专家乙"), expert("示例专家丙", date(1980, 1, 1))])
    assert [row.status for row in report.rows] == ["new", "refused", "new"]
    assert report.rows[1].errors[0].column == "身份证号" and "第2行" in report.rows[1].errors[0].message


@pytest.mark.clause("YN23-24")
def test_a_person_whom_another_school_nominated_is_refused_without_naming_it(nominations, opened, cast):
    load(nominations, [expert(工作单位=OTHER)], round=opened)
    report = load(nominations, [expert()], round=opened, actor=cast.clerk)
    assert report.rows[0].status == "refused"
    told = report.rows[0].errors[0].message
    assert "已有记录" in told and OTHER not in told and report.rows[0].number is None


def test_a_number_that_belongs_to_another_school_is_as_good_as_none(nominations, opened, cast):
    theirs = load(nominations, [expert(工作单位=OTHER)], round=opened).rows[0].number
    row = {"编号": theirs, **expert("示例专家乙", date(1980, 1, 1))}
    unknown = {"编号": "ZJTJ-99999", **expert("示例专家乙", date(1980, 1, 1))}
    told = [
        load(nominations, [each], round=opened, actor=cast.clerk).rows[0].errors[0].message
        for each in (row, unknown)
    ]
    assert "没有可由您修改的这一编号" in told[0] and "没有可由您修改的这一编号" in told[1]


@pytest.mark.clause("YN23-24")
def test_a_clerks_rows_belong_to_the_own_school_whatever_they_say(nominations, opened, cast):
    report = load(nominations, [expert(工作单位=OTHER)], round=opened, actor=cast.clerk)
    assert Record.objects.get(number=report.rows[0].number).owner == cast.school


def test_the_owner_given_wins_over_the_owner_field(nominations):
    owner = organisation(nominations, OTHER)
    report = load(nominations, [expert()], owner=owner)
    assert Record.objects.get(number=report.rows[0].number).owner.title == OTHER


def test_a_nomination_without_a_school_is_refused(nominations):
    report = load(nominations, [expert(工作单位="")])
    assert report.rows[0].errors[0].column == "工作单位" and "无法确定" in report.rows[0].errors[0].message


def test_a_school_may_be_named_as_it_was_renamed(nominations):
    report = load(nominations, [expert(工作单位="昆明冶金职业大学")])
    assert Record.objects.get(number=report.rows[0].number).owner.title == SCHOOL


def test_windows_bind_a_clerk_and_not_the_office(nominations, cast):
    refused = load(nominations, [expert()], actor=cast.clerk)
    assert "不在申报时间内" in refused.rows[0].errors[0].message
    assert load(nominations, [expert()], actor=cast.office).stored
    assert load(nominations, [expert("示例专家乙", date(1980, 1, 1))]).stored


@pytest.mark.parametrize("who", ["nobody", "member", "auditor", "editor", "bureau"])
def test_who_does_not_file_imports_nothing(nominations, opened, cast, who):
    report = load(nominations, [expert()], round=opened, actor=getattr(cast, who))
    assert report.rows[0].status == "refused" and not Record.objects.filter(register=nominations).exists()


def test_a_submitted_nomination_is_not_changed_by_a_sheet(nominations, opened, cast):
    number = load(nominations, [expert()], round=opened, actor=cast.clerk).rows[0].number
    submit(Record.objects.get(number=number), actor=cast.office, key="once")
    report = load(nominations, [expert(职务="院长")], round=opened)
    assert "不能用导入更改" in report.rows[0].errors[0].message
    again = load(nominations, [expert(职务="院长")], round=opened, actor=cast.clerk)
    assert again.rows[0].status == "refused"


def test_a_dry_run_stores_nothing_and_says_the_same(nominations):
    report = load(nominations, [expert()], dry_run=True)
    assert report.rows[0].status == "new" and report.rows[0].number is None
    assert not report.stored and not Record.objects.filter(register=nominations).exists()


def test_blank_rows_do_not_shift_the_sheets_own_numbers(nominations):
    report = load(
        nominations,
        [
            dict.fromkeys(LABELS),
            expert(手机="12"),
            dict.fromkeys(LABELS),
            expert("示例专家乙", date(1980, 1, 1)),
        ],
    )
    assert [row.row for row in report.rows] == [3, 5]


def test_columns_nobody_knows_are_named_and_left_aside(nominations):
    report = load(nominations, [{"序号": 1, **expert(), "备注": "无"}])
    assert report.unknown == ["序号", "备注"] and report.stored


def test_several_rounds_ask_for_one_to_be_named(nominations, opened):
    factories.open_round(nominations, "also-now")
    with pytest.raises(Refused, match=r"有多个批次.*请用 --round 指明"):
        import_file(nominations, "a.xlsx", xlsx([expert()]))


def test_the_only_open_round_is_taken_when_none_is_named(nominations, opened):
    report = import_file(nominations, "a.xlsx", xlsx([expert()]))
    assert Record.objects.get(number=report.rows[0].number).round == opened


def test_rows_are_prepared_without_a_write_and_without_a_transaction(
    nominations, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60) as asked:
        load(nominations, [expert(f"示例专家{n}", date(1970, 1, 1 + n)) for n in range(20)], dry_run=True)
    assert not [
        query["sql"]
        for query in asked.captured_queries
        if not query["sql"].lstrip().upper().startswith("SELECT")
    ]
