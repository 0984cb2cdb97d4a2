"""Sheets as schools send them, for the tests. Persons are fictitious."""

import io
from datetime import date
from typing import Any

import openpyxl

from tests.factories import id_number

LABELS = [
    "姓名",
    "性别",
    "出生日期",
    "民族",
    "政治面貌",
    "身份证号",
    "学历学位",
    "工作单位",
    "职务",
    "职称系列",
    "专业技术职称",
    "取得时间",
    "专业大类",
    "专家类别",
    "手机",
    "邮箱",
    "参与试点情况",
    "课题或项目",
    "研究成果",
    "自愿",
    "身体健康",
    "单位支持",
    "政治与道德声明",
    "理由",
]
SCHOOL = "昆明冶金高等专科学校"


def expert(name: str = "示例专家甲", born: date = date(1970, 1, 1), **changes: Any) -> dict[str, Any]:
    """One row by label; everything in order unless `changes` says otherwise."""
    return {
        "姓名": name,
        "性别": "男",
        "出生日期": born,
        "民族": "汉族",
        "政治面貌": "群众",
        "身份证号": id_number(born),
        "学历学位": "研究生／硕士",
        "工作单位": SCHOOL,
        "职务": "教师",
        "职称系列": "高等学校教师",
        "专业技术职称": "教授",
        "取得时间": "2010年12月",
        "专业大类": "装备制造大类",
        "专家类别": "证书领域院校专家",
        "手机": "13000000000",
        "邮箱": "a@example.org",
        "参与试点情况": "参与过试点。",
        "课题或项目": "示例课题一\n示例课题二 | 省级 | 主持 | 2020",
        "研究成果": "示例成果",
        "自愿": "是",
        "身体健康": "是",
        "单位支持": "是",
        "政治与道德声明": "是",
        "理由": "",
        **changes,
    }


def xlsx(rows: list[dict[str, Any]], header: list[str] | None = None) -> bytes:
    header = header or (list(rows[0]) if rows else LABELS)
    book = openpyxl.Workbook()
    book.active.append(header)
    for row in rows:
        book.active.append([row.get(label) for label in header])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
