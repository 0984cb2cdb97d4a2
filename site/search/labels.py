"""The Chinese names of facets and kinds. A source adds to them with its attribute `labels`."""

from search import registry

FACETS = {
    "kind": "类型",
    "register": "登记册",
    "year": "年份",
    "issuer": "发文机关",
    "region": "地区",
    "category": "专业大类",
    "validity": "效力",
}
"""Facets in the order of the page; each is a parameter of the address."""

KINDS = {
    "notice": "公文",
    "policy": "政策文件",
    "record": "登记项",
    "page": "页面",
    "document": "文件",
    "certificate": "证书",
    "organisation": "评价组织",
    "institution": "院校",
    "expert": "专家",
}


def kind_label(kind: str) -> str:
    """What a reader calls things of this kind: the source's own word, else the common one, else the key."""
    for source in registry.sources().values():
        if label := getattr(source, "labels", {}).get(kind):
            return label
    return KINDS.get(kind, kind)


def value_label(facet: str, value: str) -> str:
    """How a facet's value is shown."""
    if facet == "kind":
        return kind_label(value)
    return f"{value}年" if facet == "year" and value.isdigit() else value
