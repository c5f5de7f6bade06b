"""Parts as pages write them: what comes out, what is linked to what, what is never shown."""

from __future__ import annotations

import datetime
import re

import pytest
import segno
from django import forms
from django.template import RequestContext, engines
from django.test import RequestFactory

from yichuang.doors.shared.templatetags import parts
from yichuang.ground import clock

NOW = datetime.datetime(2026, 11, 23, 9, 42)


def drawn(source: str, request=None, **values) -> str:
    """A piece of a template, drawn with what a page would know; no database is asked."""
    template = engines["django"].from_string("{% load parts %}" + source).template
    context = RequestContext(request or RequestFactory().get("/guide/GL01?from=home"), values, processors=[])
    context.template = template
    context.template_name = "piece"
    with context.render_context.push_state(template):
        return template.nodelist.render(context)


class Asked(forms.Form):
    """A small form with each kind of field."""

    phone = forms.CharField(label="电话", help_text="办好了打这个电话", min_length=11)
    proxy = forms.ChoiceField(
        label="您是替别人办的吗？",
        choices=[("self", "我自己办"), ("other", "替别人办")],
        widget=forms.RadioSelect,
    )
    village = forms.ChoiceField(label="所属村", choices=[("", "---"), ("V04", "磨滩村")], required=False)
    born = forms.DateField(label="出生日期", required=False)
    read = forms.BooleanField(label="我已看过")
    note = forms.CharField(
        label="说明", widget=forms.Textarea(attrs={"rows": 2, "data-draft": "note"}), required=False
    )


def test_a_field_names_its_hint_and_its_error():
    html = drawn("{% field form.phone %}", form=Asked({"phone": "139"}))
    assert '<label for="id_phone">电话' in html
    assert 'aria-invalid="true"' in html and 'aria-describedby="id_phone-hint id_phone-error"' in html
    assert 'id="id_phone-hint">办好了打这个电话' in html and 'value="139"' in html


def test_a_choice_stays_chosen_and_leads_from_the_summary():
    form = Asked({"proxy": "other"})
    html = drawn("{% errors form %}{% field form.proxy %}", form=form)
    assert re.search(r'value="other"[^>]* checked', html) and not re.search(
        r'value="self"[^>]* checked', html
    )
    assert f"有 {sum(len(each) for each in form.errors.values())} 处要改" in html
    assert 'href="#id_phone"' in html


def test_each_kind_of_form_field_has_its_control():
    html = drawn(
        "{% for each in form %}{% field each %}{% endfor %}", form=Asked(initial={"born": NOW.date()})
    )
    assert '<option value="">请选择</option>' in html and "---" not in html
    assert 'type="date" value="2026-11-23"' in html
    assert re.search(r'<textarea[^>]* rows="2"[^>]* data-draft="note"', html)
    assert re.search(r'type="checkbox" name="read" value="on"', html) and "（可不填）" in html


def test_what_a_person_types_is_text_not_markup():
    html = drawn('{% part "field" name="a" label="住址" value=typed %}', typed='"><b onclick=x>')
    assert "<b" not in html.replace("<body", "") and "&quot;&gt;&lt;b" in html


def test_words_with_underscores_become_attributes():
    html = drawn('{% part "button" label="受理" keys="F10" hx_post="/x" data_row=row kind="second" %}', row=4)
    assert 'hx-post="/x"' in html and 'data-row="4"' in html and 'data-key="F10"' in html
    assert 'class="button second"' in html and ' <span class="keys" aria-hidden="true">F10</span>' in html


def test_a_wrapped_piece_keeps_its_markup():
    html = drawn('{% wrap "panel" heading=title more="/all" %}<p>里面</p>{% endwrap %}', title="通知")
    assert "<h2>通知</h2>" in html and "<p>里面</p>" in html and 'href="/all"' in html


def test_every_form_has_a_key_of_its_own():
    html = drawn("{% client_key %}{% client_key %}")
    first, second = re.findall(r'value="([^"]+)"', html)
    assert first != second and len(first) >= 20


def test_an_icon_that_is_not_there_is_a_mistake():
    with pytest.raises(KeyError):
        drawn('{% icon "nothing" %}')


def test_the_qr_code_is_the_address():
    url = "http://127.0.0.1:8000/track/6sGh2Jk9"
    html = drawn("{% qr url %}", url=url)
    size = int(re.search(r'viewBox="0 0 (\d+)', html)[1])
    grid = [[0] * size for _ in range(size)]
    for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", html):
        for column in range(int(x), int(x) + int(length)):
            grid[int(y)][column] = 1
    assert grid == [list(row) for row in segno.make_qr(url, error="m", mask=parts.QR_MASK).matrix]


def test_a_toast_offers_undo_as_a_form():
    html = drawn('{% part "toast" text="A034 已过号" undo="/desk/undo" %}')
    assert (
        '<form method="post" action="/desk/undo">' in html and 'name="client_key"' in html and "撤销" in html
    )


# The way back, and what was typed


OURS = {"HTTP_ORIGIN": "http://testserver"}


def refused_post(**headers):
    typed = {"village": "磨滩村", "csrfmiddlewaretoken": "x", "client_key": "y", **headers.pop("more", {})}
    return RequestFactory().post("/apply/GL01/", typed, **headers)


def again(request) -> str:
    return drawn(
        "{% typed_again as typed %}{% for name, value in typed %}{{ name }}={{ value }};{% endfor %}", request
    )


def test_what_was_typed_is_kept_without_the_old_pages_keys():
    assert again(refused_post(**OURS)) == "village=磨滩村;"


@pytest.mark.parametrize("secret", ["password", "pin", "totp"])
def test_a_form_with_a_secret_is_not_kept(secret):
    assert again(refused_post(**OURS, more={secret: "246810"})) == ""


def test_nobody_lays_words_into_another_persons_mouth():
    assert again(refused_post(HTTP_ORIGIN="http://evil.test")) == ""
    assert again(refused_post()) == ""


@pytest.mark.parametrize(
    ("path", "referer", "back"),
    [
        ("/desk/call", "http://testserver/desk/?q=1", "/desk/?q=1"),
        ("/desk/call", "http://evil.test/desk/", "/desk/"),
        ("/kiosk/take", "", "/kiosk/"),
        ("/guide/GL01", "", "/"),
    ],
)
def test_the_way_back_stays_in_the_house(path, referer, back):
    headers = {"HTTP_REFERER": referer} if referer else {}
    assert drawn("{% way_back %}", RequestFactory().get(path, **headers)) == back


# Filters


def test_days_and_times_are_said_as_people_say_them():
    moment = NOW.replace(tzinfo=clock.TOWN_TIME)
    with clock.frozen(NOW):
        assert parts.plain_date(moment) == "11月23日 周一"
        assert parts.short_date(datetime.date(2026, 12, 3)) == "12月3日"
        assert parts.plain_date(datetime.date(2025, 3, 1)) == "2025年3月1日"
        assert parts.full_date(moment) == "2026年11月23日"
        assert parts.plain_time(moment) == "9:42"
        assert parts.short_moment(moment) == "11-23 9:42"
        assert parts.minutes_since(moment - datetime.timedelta(minutes=7, seconds=50)) == 7
    assert [parts.in_words(m) for m in (0, 59, 60, 65)] == ["0 分钟", "59 分钟", "1 小时", "1 小时 5 分钟"]


def test_a_day_is_the_towns_day_also_before_eight():
    early = datetime.datetime(2026, 11, 22, 22, 30, tzinfo=datetime.UTC)
    with clock.frozen(NOW):
        assert parts.plain_date(early) == "11月23日 周一" and parts.plain_time(early) == "6:30"


def test_nothing_is_said_of_nothing():
    for say in (parts.plain_date, parts.short_date, parts.full_date, parts.plain_time, parts.short_moment):
        assert say(None) == ""
    assert parts.masked_name(None) == "" and parts.minutes_since(None) == 0 and parts.in_words(None) == ""


def test_persons_are_masked():
    assert parts.masked_name("李桂芳") == "李*"
    assert parts.masked_id("349900194611051234") == "349***********1234"
    assert parts.masked_phone("13900006621") == "139****6621"


def test_a_town_has_a_short_name():
    assert [parts.short_town(n) for n in ("大圩镇", "三河乡", "望江西路街道", "镇", None)] == [
        "大圩",
        "三河",
        "望江西路",
        "镇",
        "",
    ]
