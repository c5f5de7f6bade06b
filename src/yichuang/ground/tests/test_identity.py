from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.ground.identity import CreditCode, IdNumber, clean_phone, clean_plate, make_id_number
from yichuang.ground.refusals import Refused

TODAY = date(2026, 11, 23)
BIRTHS = st.dates(date(1900, 1, 1), TODAY)


def refusal(check, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        check(*args, **kwargs)
    assert caught.value.wrong.endswith("。")
    assert caught.value.next.endswith("。")
    return caught.value.code


def test_the_standards_own_sample_is_right():
    number = IdNumber.parse("11010519491231002X", TODAY)
    assert (number.area, number.born_on, number.sex) == ("110105", date(1949, 12, 31), "female")
    assert number.age_on(date(2026, 12, 30)) == 76
    assert number.age_on(date(2026, 12, 31)) == 77


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "１１０１０５　１９４９１２３１　００２ｘ",
        "\u202d11010519491231002X\u202c",
    ],
)
def test_it_reads_what_people_really_type(written):
    assert str(IdNumber.parse(written, TODAY)) == "11010519491231002X"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "id_number_length"),
        ("1101051949123100", "id_number_length"),
        ("110105491231002", "id_number_old"),
        ("11010519491231O02X", "id_number_signs"),
        ("1101051949123100X2", "id_number_signs"),
        ("٣١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "id_number_signs"),
        ("110105194912310021", "id_number_check"),
        ("11010519491331002X", "id_number_birth_date"),
        ("11010500001231002X", "id_number_birth_date"),
        (make_id_number("349900", date(2026, 11, 24), 1), "id_number_birth_date"),
    ],
)
def test_it_says_what_is_wrong_with_an_id_number(written, code):
    assert refusal(IdNumber.parse, written, TODAY) == code


def test_who_is_born_today_has_a_right_number():
    assert IdNumber.parse(make_id_number("349900", TODAY, 2), TODAY).age_on(TODAY) == 0


def test_an_abolished_area_is_no_reason_to_refuse():
    assert IdNumber.parse(make_id_number("342601", date(1950, 5, 1), 11), TODAY).sex == "male"


def test_who_is_born_on_the_last_of_february_turns_on_the_first_of_march():
    number = IdNumber(make_id_number("349900", date(2008, 2, 29), 1))
    assert [number.age_on(date(2026, *day)) for day in ((2, 28), (3, 1))] == [17, 18]


def test_a_repr_does_not_show_the_number():
    assert repr(IdNumber("11010519491231002X")) == "IdNumber(110***********002X)"


@given(BIRTHS, st.integers(0, 999))
def test_an_invented_number_reads_back(birth, serial):
    number = IdNumber.parse(make_id_number("349900", birth, serial), TODAY)
    assert number.born_on == birth
    assert number.sex == ("male" if serial % 2 else "female")


@given(BIRTHS, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_noticed(birth, serial, place, shift):
    text = make_id_number("349900", birth, serial)
    wrong = text[:place] + str((int(text[place]) + shift) % 10) + text[place + 1 :]
    assert refusal(IdNumber.parse, wrong, TODAY).startswith("id_number_")


@given(BIRTHS, st.integers(0, 999), st.integers(0, 15))
def test_two_digits_the_wrong_way_round_are_noticed(birth, serial, place):
    text = make_id_number("349900", birth, serial)
    wrong = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if wrong != text:
        assert refusal(IdNumber.parse, wrong, TODAY).startswith("id_number_")


@pytest.mark.parametrize("written", ["91350100M000100Y43", "91110000802100433B", "91110000 8021-00433b"])
def test_a_credit_code_is_read(written):
    code = CreditCode.parse(written)
    assert code.text in ("91350100M000100Y43", "91110000802100433B")
    assert not code.is_household_business


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("9135010", "credit_code_length"),
        ("91350100MO00100Y43", "credit_code_signs"),
        ("91350100M000100Y44", "credit_code_check"),
        ("91350100M000010Y43", "credit_code_check"),
    ],
)
def test_it_says_what_is_wrong_with_a_credit_code(written, code):
    assert refusal(CreditCode.parse, written) == code


def test_a_village_collective_has_a_credit_code_too():
    body = "N2340111MF0000001"
    from stdnum.cn.uscc import calc_check_digit

    assert CreditCode.parse(body + calc_check_digit(body)).area == "340111"


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("13812341234", "13812341234"),
        ("138 1234 1234", "13812341234"),
        ("138-1234-1234", "13812341234"),
        ("１３８１２３４１２３４", "13812341234"),
        ("+86 138 1234 1234", "13812341234"),
        ("008613812341234", "13812341234"),
        ("0551-65432100", "055165432100"),
        ("(0551) 65432100", "055165432100"),
        ("12345", "12345"),
        ("6521", "6521"),
    ],
)
def test_it_reads_phone_numbers(written, clean):
    assert clean_phone(written) == clean


@pytest.mark.parametrize(
    "written", ["", "1381234123", "138123412345", "12812341234", "65432100", "李阿姨", "0000"]
)
def test_a_wrong_phone_number_is_refused(written):
    assert refusal(clean_phone, written) == "phone_format"


def test_a_text_message_needs_a_mobile_number():
    assert clean_phone("13812341234", mobile=True) == "13812341234"
    assert refusal(clean_phone, "0551-65432100", mobile=True) == "phone_mobile"


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("皖A12345", "皖A12345"),
        ("皖a·1b345", "皖A1B345"),
        ("皖 AD 12345", "皖AD12345"),
        ("皖ADF2345", "皖ADF2345"),
        ("皖A12345D", "皖A12345D"),
        ("皖A1234学", "皖A1234学"),
        ("粤Z1234港", "粤Z1234港"),
    ],
)
def test_it_reads_plates(written, clean):
    assert clean_plate(written) == clean


@pytest.mark.parametrize(
    "written", ["", "A12345", "皖A1234", "皖A123I5", "皖A12345O", "皖AL12345", "晥A12345"]
)
def test_a_wrong_plate_is_refused(written):
    assert refusal(clean_plate, written) == "plate_format"
