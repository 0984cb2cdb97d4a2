"""Private contacts are masked in any text that leaves the site."""

import pytest

from home.importer.contacts import find_contacts
from home.masking import Mask, masked

TEXT = (
    "联系人：欧阳明月，0731－88880000转，13800000000；邮箱： demo@example.org，"
    "工作群（群号：235468000）。地址：长沙市开福区示例路1号办公楼801室"
)


def test_each_kind_is_found():
    found = {contact.kind: contact.value for contact in find_contacts(TEXT)}
    assert found["person"] == "欧阳明月"
    assert found["email"] == "demo@example.org"
    assert found["qq"] == "235468000"
    assert found["address"].startswith("长沙市开福区")
    assert {c.value for c in find_contacts(TEXT) if c.kind == "phone"} == {"0731-88880000", "13800000000"}


@pytest.mark.clause("HN20-42")
def test_nothing_private_is_left_however_it_is_spaced():
    contacts = find_contacts(TEXT)
    hidden = Mask.of_contacts(contacts)(TEXT.replace("13800000000", "138 0000 0000"))
    for shown in ("欧阳明月", "88880000", "0000 0000", "demo@", "235468000", "示例路1号"):
        assert shown not in hidden


def test_a_released_contact_is_shown_as_it_is():
    contacts = find_contacts(TEXT)
    for contact in contacts:
        contact.private = contact.kind != "email"
    hidden = Mask.of_contacts(contacts)(TEXT)
    assert "demo@example.org" in hidden and "13800000000" not in hidden


def test_numbers_nobody_listed_are_masked_too():
    hidden = Mask()("电话13900000000，邮箱x.y@example.org，QQ群：123450000")
    for shown in ("13900000000", "x.y@", "123450000"):
        assert shown not in hidden


def test_dates_and_document_numbers_are_left_alone():
    text = "湘教通〔2022〕80号，2022年4月15日，标准编号530000199901，40%"
    assert Mask()(text) == text


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("phone", "13700005778", "137****5778"),
        ("phone", "0731-88880010", "0731-****10"),
        ("email", "demo@example.org", "d***@example.org"),
        ("person", "示例老师", "示**"),
        ("address", "示例路1号", "（地址未公开）"),
    ],
)
def test_the_mask_keeps_enough_to_recognise(kind, value, shown):
    assert masked(kind, value) == shown
