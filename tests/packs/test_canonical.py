"""A pack has one way of being written, so that a round trip shows nothing but real changes."""

import pytest
import yaml

from registry.errors import Refused
from registry.packs import canonical, files


@pytest.mark.parametrize("name", files.names())
def test_every_pack_is_written_canonically(name):
    text = files.path_of(name).read_text(encoding="utf-8")
    assert canonical.write(canonical.read(text)) == text
    assert "#" not in [line.strip()[:1] for line in text.splitlines()]


def test_wider_scopes_come_first():
    assert files.names()[0] == "common"


def test_keys_shuffled_by_a_database_come_out_in_order():
    pack = canonical.read(files.path_of("yunnan-2023").read_text(encoding="utf-8"))

    def shuffled(value):
        if isinstance(value, dict):
            return {
                key: shuffled(value[key]) for key in sorted(value, key=lambda k: (len(k), k), reverse=True)
            }
        return [shuffled(item) for item in value] if isinstance(value, list) else value

    assert canonical.write(shuffled(pack)) == canonical.write(pack)


def test_default_values_are_left_out():
    pack = {
        "pack": "p",
        "title": "示例",
        "notes": "",
        "registers": [
            {
                "key": "r",
                "name": "册",
                "kind": "reference",
                "fields": [{"key": "a", "type": "text", "label": "甲", "required": False}],
            }
        ],
    }
    assert canonical.write(pack) == (
        "pack: p\ntitle: 示例\nregisters:\n- key: r\n  name: 册\n  fields: [{key: a, type: text, label: 甲}]\n"
    )


def test_a_key_written_twice_is_a_mistake():
    with pytest.raises(yaml.YAMLError, match="重复"):
        canonical.read("pack: a\npack: b\n")


def test_dates_stay_text():
    text = "pack: p\nrounds:\n- {key: r, reference_date: 2023-03-22}\n"
    assert canonical.read(text)["rounds"][0]["reference_date"] == "2023-03-22"
    assert "2023-03-22" in canonical.write(canonical.read(text)) and "'" not in canonical.write(
        canonical.read(text)
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title: 无标识\n", "缺少 pack"),
        ("pack: p\nscope: {level: nation}\nsurprise: 1\n", "surprise"),
        ("pack: p\nscope: {level: galaxy}\n", "scope.level"),
        ("pack: p\nscope: {level: nation}\nregisters:\n- {key: r, name: 册, colour: red}\n", "格式有误"),
        ("pack: [\n", "不是合格的 YAML"),
    ],
)
def test_a_pack_that_the_format_does_not_know_is_refused_in_words(tmp_path, text, told):
    path = tmp_path / "p.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=told):
        files.load(str(path))
