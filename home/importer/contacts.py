"""联系方式: finds persons, telephones, e-mail, QQ and postal addresses in a text."""

from __future__ import annotations

import re

from home.importer.tree import ContactFound

DASH = r"[-－—–―‐]"
EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+\-]*\s?@\s?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
MOBILE = re.compile(r"(?<![\dA-Za-z])1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)")
LANDLINE = re.compile(
    rf"(?<!\d)[（(]?0\d{{2,3}}[）)]?\s*{DASH}?\s*[2-9]\d{{6,7}}(?:\s*{DASH}\s*\d{{1,5}})?(?!\d)"
)
SHORT_PHONE = re.compile(r"(?:电话|传真|手机)[号码]*[：:]\s*([2-9]\d{6,7})(?!\d)")
QQ = re.compile(r"(?:[Qq]{2}\s*群?|群)\s*(?:号码?)?\s*[：:为是]?\s*([1-9]\d{4,11})(?!\d)")
PHONES = (MOBILE, LANDLINE)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤"
    "花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄"
    "米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万"
    "支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松"
    "井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从"
    "鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎"
    "充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶"
    "空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫代覃"
)
_HONORIFIC = "(?:老师|同志|主任|处长|科长|女士|先生|院长|副处长|干事)"
_NAME = rf"(?:(?:欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|慕容|令狐|东方)[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{1,3}}{_HONORIFIC})"
_GIVEN = r"[\u4e00-\u9fff·]{2,4}?"  # after a label any short word is taken for a name
_LABELLED = re.compile(
    rf"(?:联\s*系\s*人|经办人|负责人|咨询人|收件人|联络人)(?:及(?:联系)?(?:电话|方式))?\s*[：:]\s*"
    rf"(?P<names>{_GIVEN}{_HONORIFIC}?(?:[、，,\s]+{_NAME}{_HONORIFIC}?(?![\u4e00-\u9fff]))*)"
    r"(?=[\s，,；;。、：:（(\d]|联系|电话|手机|电子|邮箱|传真|办公|地址|QQ|$)"
)
_BEFORE_PHONE = re.compile(
    rf"(?:^|[：:；;，,。、\s）)])(?P<name>{_NAME}{_HONORIFIC}?)\s*[，,、：:（(]?\s*"
    rf"(?:(?:联系)?(?:电话|手机)[：:]?\s*)?(?=1[3-9]\d{{9}}|[（(]?0\d{{2,3}}[）)]?{DASH}?\s*[2-9]\d{{6}})"
)
_NOT_NAMES = ("及联系", "联系", "电话", "地址", "邮箱", "邮编", "附件", "方式")
_ADDRESS_LABEL = re.compile(
    r"(?:邮寄|通[讯信]|联系|单位|办公|收件)?地\s*址[：:]\s*(?P<value>[^\n；;。，,]{4,80})"
)
_ADDRESS = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<value>[\u4e00-\u9fff]{2,8}(?:省|市|州|区|县)[\u4e00-\u9fff]{2,20}(?:路|街|道|巷|大道)"
    r"[\u4e00-\u9fffA-Za-z]{0,8}\d+\s*号[^\n，,；;。、]{0,40})"
)


def phone(text: str) -> str:
    """A telephone number in one form: no spaces, ASCII hyphens."""
    return re.sub(
        DASH, "-", re.sub(r"[\s（()）]", lambda m: "" if m.group() in " （(" else "-", text)
    ).replace("--", "-")


def find_contacts(text: str, anchor: str = "") -> list[ContactFound]:
    """Ways to reach people in `text` in reading order, each kind and value once, all private."""
    hits: list[tuple[int, str, str]] = []
    for found in EMAIL.finditer(text):
        hits.append((found.start(), "email", re.sub(r"\s", "", found.group())))
    for pattern in PHONES:
        hits += [(found.start(), "phone", phone(found.group())) for found in pattern.finditer(text)]
    hits += [(found.start(1), "phone", found.group(1)) for found in SHORT_PHONE.finditer(text)]
    hits += [(found.start(1), "qq", found.group(1)) for found in QQ.finditer(text)]
    for found in _LABELLED.finditer(text):
        for name in re.split(r"[、，,\s]+", found.group("names")):
            if name and not name.startswith(_NOT_NAMES):
                hits.append((found.start("names"), "person", name))
    for found in _BEFORE_PHONE.finditer(text):
        if not found.group("name").startswith(_NOT_NAMES):
            hits.append((found.start("name"), "person", found.group("name")))
    for pattern in (_ADDRESS_LABEL, _ADDRESS):
        for found in pattern.finditer(text):
            value = re.split(r"邮编|邮政编码|电话|联系", found.group("value"))[0].strip()
            if not any(kind == "address" and value in known for _, kind, known in hits):
                hits.append((found.start("value"), "address", value))
    unique: dict[tuple[str, str], ContactFound] = {}
    for _, kind, value in sorted(hits, key=lambda hit: hit[0]):
        unique.setdefault((kind, value), ContactFound(kind, value, anchor=anchor))
    return list(unique.values())
