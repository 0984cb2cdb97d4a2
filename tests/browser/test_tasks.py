"""Whole tasks as people do them, with JavaScript off: nominate, review, decide, and who must not see what."""

from datetime import date

import pytest

from config.demo.persons import id_number

pytestmark = pytest.mark.browser
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
BORN = date(1973, 3, 12)
NAME = "示例专家寅"
PANEL = "/desk/panels/yunnan-2023-experts/"


@pytest.fixture
def at_the_desk(signed_in):
    """`at_the_desk("clerk")` gives a page without JavaScript of somebody who has signed in."""
    return lambda username: signed_in(username, java_script_enabled=False)


def fill_in(page) -> None:
    """The whole nomination form."""
    texts = {
        "name": NAME,
        "birth_date": BORN.isoformat(),
        "id_number": id_number(BORN),
        "title_series": "高等学校教师",
        "professional_title": "教授",
        "major_category": "装备制造大类",
        "phone": "13000000000",
        "experience": "负责本校一个证书的试点。",
        "projects-0-name": "示例课题",
        "results-0-name": "示例成果",
    }
    for name, text in texts.items():
        page.locator(f"#main [name='{name}']").fill(text)
    page.locator("#main input[name=category][value='证书领域院校专家']").check()
    for name in ("willing", "healthy", "unit_support", "declaration"):
        page.locator(f"#main input[name={name}][value='是']").check()
    scan = {"name": f"专家推荐+昆明冶金高等专科学校+{NAME}.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator("#main input[type=file]").set_input_files(scan)


@pytest.mark.clause("YN23-25")
def test_a_school_nominates_gets_a_receipt_and_withdraws(at_the_desk):
    page = at_the_desk("clerk")
    page.goto("/desk/rounds/yunnan-demo-experts/new/")
    fill_in(page)
    page.get_by_role("button", name="保存并核对").click()
    assert "各项要求都已满足" in page.inner_text("#main")
    page.get_by_role("button", name="提交", exact=True).click()
    page.wait_for_url("**/receipt/")
    assert "回执" in page.inner_text("#main")
    page.goto("/desk/")
    assert NAME in page.inner_text("#main")
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_role("link", name="撤回").first.click()
    page.locator("#main form button[type=submit]").last.click()
    assert "已撤回" in page.inner_text("#main")


def test_a_wrong_file_name_and_a_wrong_birth_date_are_told_beside_the_field(at_the_desk):
    page = at_the_desk("clerk")
    page.goto("/desk/rounds/yunnan-demo-experts/new/")
    fill_in(page)
    page.fill("#main [name=birth_date]", "1973-03-13")
    page.get_by_role("button", name="保存草稿").last.click()
    assert "不一致" in page.inner_text("#main .error-summary")
    assert page.input_value("#main [name=experience]") == "负责本校一个证书的试点。"


@pytest.mark.clause("YN23-17")
def test_a_member_judges_the_chair_decides_and_the_expert_is_public(at_the_desk, no_js):
    member = at_the_desk("member")
    member.goto(PANEL)
    member.get_by_role("link", name="示例专家庚").first.click()
    member.locator("#main input[name=verdict][value=recommend]").check()
    member.fill("#main textarea[name=reasons]", "工程经历与证书对应，成果可用。")
    member.get_by_role("button", name="保存意见").click()
    assert "工程经历与证书对应" in member.inner_text("#main")

    chair = at_the_desk("chair")
    chair.goto(PANEL)
    chair.get_by_role("link", name="示例专家庚").first.click()
    chair.get_by_role("link", name="决定").first.click()
    chair.locator("#main input[name=outcome][value=accept]").check()
    chair.fill("#main textarea[name=reason]", "符合条件，同意聘任。")
    chair.get_by_role("button", name="核对").click()
    chair.get_by_role("button", name="确认通过").click()
    chair.wait_for_load_state()

    no_js.goto("/registers/experts/")
    assert "示例专家庚" in no_js.inner_text("#main")


def test_nobody_on_the_committee_meets_the_own_schools_nominations(at_the_desk):
    for username, hidden, shown in [
        ("member", ["示例专家丁", "示例专家戊", "示例专家己"], "示例专家甲"),
        ("chair", ["示例专家甲", "示例专家乙", "示例专家丙"], "示例专家丁"),
    ]:
        page = at_the_desk(username)
        page.goto(PANEL)
        assert shown in page.inner_text("#main")
        for name in hidden:
            assert name not in page.content()
            page.goto(f"/search/?q={name}")
            assert page.locator("#main a", has_text=name).count() == 0
            page.goto(PANEL)


def test_another_school_sees_nothing_of_it(at_the_desk):
    page = at_the_desk("clerk2")
    page.goto("/desk/")
    assert "示例专家甲" not in page.content()
    page.goto("/search/?q=示例专家甲")
    assert page.locator("#main a", has_text="示例专家甲").count() == 0
