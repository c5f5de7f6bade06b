"""The words a person compares."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from yichuang.rooms.signing import rules


def test_there_is_one_word_for_every_byte_and_no_two_sound_alike():
    assert len(rules.WORDS) == 256
    assert all(len(word) == 2 for word in rules.WORDS)
    assert len({"".join(lazy_pinyin(word)) for word in rules.WORDS}) == 256


@given(st.binary(min_size=1))
def test_the_same_digest_has_the_same_words_and_another_first_byte_has_others(content):
    digest = sha256(content).hexdigest()
    assert rules.in_words(digest) == rules.in_words(digest)
    other = f"{(int(digest[:2], 16) + 1) % 256:02x}{digest[2:]}"
    assert rules.in_words(other) != rules.in_words(digest)


def test_one_changed_fact_changes_the_fingerprint():
    content = {"applicant": "李桂芳", "documents": [["居民户口簿", "2 页"]]}
    assert rules.fingerprint(content) == rules.fingerprint(dict(reversed(content.items())))
    assert rules.fingerprint(content) != rules.fingerprint({**content, "documents": []})
