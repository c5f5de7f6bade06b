from base64 import b64decode, b64encode

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from yichuang.ground import secrets, towns
from yichuang.ground.models import ReadTo, Town

OLD, NEW = (b64encode(bytes([fill]) * 32).decode() for fill in (1, 2))


@pytest.fixture(autouse=True)
def keys(settings):
    settings.FIELD_KEYS = f"1:{OLD}"


@given(st.text(min_size=1))
def test_what_is_encrypted_reads_back(plain):
    stored = secrets.encrypt(plain, "phone")
    assert stored.startswith("k1:")
    assert secrets.decrypt(stored, "phone") == plain


def test_the_same_text_never_looks_the_same_twice():
    assert secrets.encrypt("13812341234", "phone") != secrets.encrypt("13812341234", "phone")


def test_the_last_key_writes_and_older_keys_still_read(settings):
    stored = secrets.encrypt("13812341234", "phone")
    settings.FIELD_KEYS = f"1:{OLD};2:{NEW}"
    assert secrets.decrypt(stored, "phone") == "13812341234"
    assert secrets.encrypt("13812341234", "phone").startswith("k2:")
    settings.FIELD_KEYS = f"2:{NEW}"
    with pytest.raises(secrets.Unreadable, match="no field key '1'"):
        secrets.decrypt(stored, "phone")


def test_old_secrets_are_written_anew_with_the_newest_key(db, settings):
    town = Town.objects.create(key="secrets", name="密镇", hall_name="密镇便民服务中心")
    with towns.within(town):
        for reader, plain in (("a", "一"), ("b", "二"), ("empty", "")):
            ReadTo.objects.create(reader=reader, cursor=secrets.encrypt(plain, "cursor"))
        settings.FIELD_KEYS = f"1:{OLD};2:{NEW}"
        ReadTo.objects.create(reader="c", cursor=secrets.encrypt("三", "cursor"))
        assert secrets.reencrypt(ReadTo, "cursor") == 2
        assert secrets.reencrypt(ReadTo, "cursor") == 0
        settings.FIELD_KEYS = f"2:{NEW}"
        stored = ReadTo.objects.order_by("reader").values_list("cursor", flat=True)
        assert [secrets.decrypt(each, "cursor") for each in stored] == ["一", "二", "三", ""]


def test_a_changed_byte_is_noticed():
    body = bytearray(b64decode(secrets.encrypt("13812341234", "phone")[3:]))
    for place in range(len(body)):
        body[place] ^= 1
        with pytest.raises(secrets.Unreadable):
            secrets.decrypt(f"k1:{b64encode(body).decode()}", "phone")
        body[place] ^= 1


@pytest.mark.parametrize("stored", ["13812341234", "k1:", "k1:not base64", "k:AAAA"])
def test_plain_or_broken_text_is_never_taken_for_a_secret(stored):
    with pytest.raises(secrets.Unreadable):
        secrets.decrypt(stored, "phone")


def test_a_value_cannot_be_moved_into_another_field():
    with pytest.raises(secrets.Unreadable):
        secrets.decrypt(secrets.encrypt("13812341234", "phone"), "id_number")


@pytest.mark.parametrize(
    "setting", ["", "1:short", f"{OLD}", f"1:{OLD};1:{NEW}", f"1:{b64encode(b'x' * 16).decode()}"]
)
def test_wrong_keys_stop_with_a_plain_sentence(settings, setting):
    settings.FIELD_KEYS = setting
    with pytest.raises(ImproperlyConfigured, match="YICHUANG_FIELD_KEYS"):
        secrets.encrypt("13812341234", "phone")


@pytest.fixture
def field():
    field = secrets.EncryptedText()
    field.set_attributes_from_name("phone")
    return field


def test_the_field_encrypts_on_the_way_in_and_decrypts_on_the_way_out(field):
    stored = field.get_db_prep_save("13812341234", connection)
    assert stored.startswith("k1:")
    out = field.from_db_value(stored, None, connection)
    assert (out, str(out), f"{out}") == ("13812341234",) * 3
    assert "1381" not in repr(out)
    assert "1381" not in repr({"phone": out})


def test_empty_and_null_are_stored_as_they_are(field):
    assert [field.get_db_prep_save(value, connection) for value in ("", None)] == ["", None]
    assert [field.from_db_value(value, None, connection) for value in ("", None)] == ["", None]


@isolate_apps("yichuang.ground")
def test_an_encrypted_field_refuses_to_be_searched():
    class Person(models.Model):
        phone = secrets.EncryptedText()

        class Meta:
            app_label = "ground"

    with pytest.raises(FieldError, match="blind index"):
        Person._base_manager.filter(phone="13812341234")
    Person._base_manager.filter(phone__isnull=True)


def test_a_blind_index_depends_on_the_value_its_purpose_and_the_key(settings):
    first = secrets.blind_index("13812341234", "phone")
    assert len(first) == 32
    assert first == secrets.blind_index("13812341234", "phone")
    assert first != secrets.blind_index("13812341234", "id_number")
    settings.INDEX_KEY = "another key"
    assert first != secrets.blind_index("13812341234", "phone")


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("李桂兰", "李*"),
        ("李", "李*"),
        ("欧阳娜", "欧阳*"),
        ("欧阳", "欧*"),
        ("买买提·艾力", "买*"),
        (" ", ""),
    ],
)
def test_a_name_shows_only_the_surname(name, masked):
    assert secrets.mask_name(name) == masked


def test_numbers_show_only_what_the_convention_shows():
    assert secrets.mask_id_number("340111195001011234") == "340***********1234"
    assert secrets.mask_phone("13812341234") == "138****1234"
    assert secrets.mask_phone("055165432100") == "0551****2100"
    assert secrets.mask_phone("12345") == "*****"
    assert secrets.mask_account("6228480031234567890") == "***************7890"
    assert secrets.mask_id_number("") == secrets.mask_phone("") == secrets.mask_account("") == ""
    assert secrets.mask_account("123") == "***"


def test_tokens_are_long_enough_and_fit_an_address():
    tokens = {secrets.new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(len(token) == 22 and token.replace("-", "").replace("_", "").isalnum() for token in tokens)
