"""The frame of every page: navigation, search box, banner, error and account pages, strict content security."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from registry import demo
from tests.factories import PASSWORD

INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.I)
ROOMS = ["首页", "公文", "政策", "登记册", "检索"]


def main_text(response) -> str:
    return re.search(r"<main.*?</main>", response.content.decode(), re.S)[0]


@pytest.mark.parametrize("path", ["/registers/", "/registers/wares/", "/accounts/login/", "/no-such-page/"])
def test_a_page_has_the_navigation_a_search_box_a_skip_link_and_nothing_inline(client, stock, path):
    page = client.get(path)
    text = page.content.decode()
    assert '<html lang="zh-Hans">' in text and '<a class="skip-link" href="#main">' in text
    assert re.search(r'<form class="site-search" action="/search/" method="get" role="search"', text)
    for room in ROOMS:
        assert f">{room}</a>" in text
    assert not INLINE.search(text)
    assert "'unsafe-inline'" not in page["Content-Security-Policy"]


def test_the_banner_stands_where_the_site_is_a_demonstration_and_only_there(
    client, stock, tmp_path, monkeypatch
):
    assert "演示数据" not in client.get("/registers/").content.decode()
    mark = tmp_path / "demonstration"
    mark.touch()
    monkeypatch.setattr(demo, "marker", lambda: mark)
    for path in ("/registers/", "/registers/wares/", "/accounts/login/", "/no-such-page/"):
        assert "演示数据" in client.get(path).content.decode(), path


def test_an_unknown_address_is_answered_404_and_says_what_to_do(client, db):
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "没有找到这个页面" in main_text(response) and "检索框" in main_text(response)


def test_a_refusal_is_answered_in_words(db):
    from django.contrib.auth.models import AnonymousUser
    from django.core.exceptions import PermissionDenied
    from django.views.defaults import permission_denied

    request = RequestFactory().get("/desk/x/")
    request.user = AnonymousUser()
    response = permission_denied(request, PermissionDenied("只有省级办公室可以办理。"))
    assert response.status_code == 403
    assert "只有省级办公室可以办理。" in main_text(
        response
    ) and "/accounts/login/?next=/desk/x/" in main_text(response)


def test_a_form_without_its_token_is_refused_in_words(db):
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403 and "页面已过期，没有提交" in main_text(response)


def test_the_page_of_a_failure_stands_alone(db):
    text = render_to_string("500.html")
    assert "系统出错" in text and "刷新" in text and not INLINE.search(text)
    files = re.findall(r'href="/static/([^"]+)"', text)
    assert files and all((Path(settings.ROOT) / "static" / name).is_file() for name in files)


def test_a_failing_view_shows_that_page(client, stock, monkeypatch):
    from registry.public import views

    def fail(*args):
        raise RuntimeError("on purpose")

    monkeypatch.setattr(views, "Listing", fail)
    client.raise_request_exception = False
    response = client.get("/registers/wares/")
    assert response.status_code == 500 and "系统出错" in response.content.decode()


def test_signing_in_changing_the_password_and_signing_out_are_in_chinese(client, cast):
    response = client.get("/accounts/login/?next=/registers/")
    assert "登录" in main_text(response) and 'name="next" value="/registers/"' in main_text(response)
    refused = client.post("/accounts/login/", {"username": "clerk", "password": "wrong"})
    assert "未能登录" in main_text(refused) and re.search(r"[\u4e00-\u9fff]{6}", main_text(refused))
    entered = client.post(
        "/accounts/login/", {"username": "clerk", "password": PASSWORD, "next": "/registers/"}
    )
    assert entered.status_code == 302 and entered["Location"] == "/registers/"
    page = client.get("/registers/").content.decode()
    assert str(cast.clerk) in page and "工作台</a>" in page and "退出" in page

    assert "修改密码" in main_text(client.get("/accounts/password/"))
    wrong = client.post(
        "/accounts/password/",
        {"old_password": "wrong", "new_password1": "aB3-thirteen", "new_password2": "aB3-thirteen"},
    )
    assert "有内容需要改正" in main_text(wrong) and 'href="#id_old_password"' in main_text(wrong)
    done = client.post(
        "/accounts/password/",
        {"old_password": PASSWORD, "new_password1": "aB3-thirteen", "new_password2": "aB3-thirteen"},
        follow=True,
    )
    assert "密码已修改" in main_text(done)
    left = client.post("/accounts/logout/")
    assert left.status_code in (200, 302) and "sessionid" in left.cookies


def test_a_field_in_error_is_tied_to_its_message(client, db):
    page = main_text(client.post("/accounts/login/", {"username": "", "password": ""}))
    assert 'id="id_username_error"' in page
    assert re.search(r'<input[^>]*name="username"[^>]*aria-describedby="[^"]*id_username_error', page)
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [(1, 1, [1]), (1, 3, [1, 2, 3]), (5, 9, [1, 0, 4, 5, 6, 0, 9]), (9, 9, [1, 0, 8, 9])],
)
def test_page_numbers_show_the_ends_and_the_neighbours(number, pages, shown):
    from django.core.paginator import Paginator

    from registry.templatetags.pages import page_numbers

    assert list(page_numbers(Paginator(range(pages), 1).page(number))) == shown


def test_the_sign_in_page_bears_the_sites_name(client, db):
    """Django hands the host's name to this page as the site's."""
    page = client.get("/accounts/login/").content.decode()
    assert settings.WAGTAIL_SITE_NAME in page and "testserver" not in page
