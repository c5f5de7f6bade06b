"""Every refusal says what is wrong and what to do, in Chinese, with a 4xx or 503."""

from __future__ import annotations

import re

import pytest

from yichuang.ground.refusals import Refused, event_sentences, sentences

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("code", sorted(sentences()))
def test_a_refusal_says_what_is_wrong_and_what_to_do(code):
    sentence = sentences()[code]
    assert 400 <= sentence.status < 500 or sentence.status in (503, 507)
    for text in (sentence.wrong, sentence.next):
        assert CHINESE.search(text)
        assert text[-1] in "。？"
        assert "！" not in text


@pytest.mark.parametrize("kind", sorted(event_sentences()))
def test_an_event_has_a_name_of_room_and_past_tense_and_a_chinese_sentence(kind):
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", kind)
    assert CHINESE.search(event_sentences()[kind])


def test_a_list_of_facts_is_read_out_as_a_clerk_would():
    refused = Refused("bad_input", what=["姓名", "电话"])
    assert refused.wrong == "填写的内容不对：姓名、电话。"


def test_an_unknown_code_is_a_programming_error():
    with pytest.raises(KeyError):
        _ = Refused("no_such_code").wrong
