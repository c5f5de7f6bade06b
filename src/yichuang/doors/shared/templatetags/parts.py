"""Tags and filters of every page: `{% load parts %}`. How to write each part: ../README.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import segno
from django import template
from django.forms import BoundField, Form, widgets
from django.forms.utils import flatatt
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from yichuang.doors.shared import assets
from yichuang.ground import clock, secrets

register = template.Library()
QR_MASK = 2
WEEKDAYS = "一二三四五六日"
ATTRIBUTE_PREFIXES = ("data_", "aria_", "hx_")
PAGE_FIELDS = {"csrfmiddlewaretoken", "client_key"}  # the new page brings its own
SECRET_FIELDS = {"password", "totp", "pin"}
DOORS = ("desk", "kiosk", "office", "board", "screen")


# Parts


@register.simple_tag(takes_context=True)
def part(context: Context, part_name: str, **values: Any) -> SafeString:
    """`{% part "button" label="受理" keys="F10" %}`: one part, drawn by its own template."""
    return _drawn(context, part_name, values)


@register.simple_block_tag(takes_context=True)
def wrap(context: Context, content: SafeString, part_name: str, **values: Any) -> SafeString:
    """`{% wrap "panel" heading="材料" %}…{% endwrap %}`: a part around a piece of the page."""
    return _drawn(context, part_name, {**values, "inside": content})


@register.simple_tag(takes_context=True)
def field(context: Context, bound: BoundField, **values: Any) -> SafeString:
    """`{% field form.phone hint="…" %}`: a form's field as our part, with its label, value, choices and error."""
    return _drawn(context, "field", {**_of_bound(bound), **values})


@register.simple_tag(takes_context=True)
def errors(context: Context, form: Form, **values: Any) -> SafeString:
    """`{% errors form %}`: the summary above a form that was refused; nothing when nothing is wrong."""
    listed = [
        {"field": form[name].auto_id if name in form.fields else "", "sentence": sentence}
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]
    return _drawn(context, "error-summary", {"errors": listed, **values})


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, kind: str = "", label: str = "") -> SafeString:
    """`{% icon "printer" %}`: a line drawing; words stand beside it, or `label` says what it is."""
    drawing = mark_safe(assets.drawings()[name])  # noqa: S308 - our own file
    meaning = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    look = f"icon {kind}".rstrip()
    return format_html('<svg class="{}" viewBox="0 0 24 24" {}>{}</svg>', look, meaning, drawing)


@register.simple_tag
@lru_cache(maxsize=512)
def qr(url: str, label: str = "二维码", kind: str = "") -> SafeString:
    """`{% qr url "看排队的二维码" %}`: a QR code of an address, level M, one svg path."""
    # A fixed mask: trying all eight costs 12 ms a code, and every reader reads each of them.
    code = segno.make_qr(url, error="m", mask=QR_MASK)
    rows, runs = list(code.matrix), []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                runs.append(f"M{x} {y}.5h{length}")
            x += max(length, 1)
    drawing = format_html('<path d="{}"/>', "".join(runs))
    size, look = len(rows), f"qr {kind}".rstrip()
    head = '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
    return format_html(head, look, size, size, label, drawing)


# Forms and the page they stand on


@register.simple_tag
def client_key() -> SafeString:
    """A key of its own for each form, so that a second press is the same request."""
    return format_html('<input type="hidden" name="client_key" value="{}">', secrets.new_token())


@register.simple_tag(takes_context=True)
def here(context: Context) -> str:
    """The address of this page, to come back to."""
    request = getattr(context, "request", None)
    return request.get_full_path() if request else "/"


@register.simple_tag(takes_context=True)
def door(context: Context) -> str:
    """Which door this page belongs to: desk, kiosk, office, board, screen, or portal."""
    first = here(context).split("?")[0].strip("/").split("/")[0]
    return first if first in DOORS else "portal"


@register.simple_tag(takes_context=True)
def way_back(context: Context) -> str:
    """Where the person came from on this site, or the first page of their door."""
    request = getattr(context, "request", None)
    came_from = urlsplit(request.headers.get("Referer", "") if request else "")
    if request and came_from.netloc == request.get_host() and came_from.path != request.path:
        return came_from.path + (f"?{came_from.query}" if came_from.query else "")
    place = door(context)
    return "/" if place == "portal" else f"/{place}/"


@register.simple_tag(takes_context=True)
def typed_again(context: Context) -> list[tuple[str, str]]:
    """What was typed into the form that was refused, so that one press sends it again; nothing with secrets or files.

    Only when the form was our own page's: nobody may lay words into another person's mouth.
    """
    request = getattr(context, "request", None)
    if request is None or request.method != "POST" or request.FILES or SECRET_FIELDS & set(request.POST):
        return []
    origin = urlsplit(request.headers.get("Origin", "") or request.headers.get("Referer", ""))
    if origin.netloc != request.get_host():
        return []
    return [
        (name, value) for name, values in request.POST.lists() if name not in PAGE_FIELDS for value in values
    ]


# Filters: masks, days, minutes


@register.filter
def masked_name(name: str | None) -> str:
    """李桂兰 -> 李*"""
    return secrets.mask_name(name or "")


@register.filter
def masked_id(number: str | None) -> str:
    """340***********1234"""
    return secrets.mask_id_number(number or "")


@register.filter
def masked_phone(number: str | None) -> str:
    """138****1234"""
    return secrets.mask_phone(number or "")


@register.filter
def masked_account(number: str | None) -> str:
    """Only the last four."""
    return secrets.mask_account(number or "")


@register.filter
def plain_date(moment: date | datetime | None) -> str:
    """11月23日 周一; another year is named: 2025年3月1日."""
    if moment is None:
        return ""
    day = _day(moment)
    if day.year != clock.now().year:
        return full_date(day)
    return f"{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"


@register.filter
def short_date(moment: date | datetime | None) -> str:
    """11月23日"""
    if moment is None:
        return ""
    day = _day(moment)
    return full_date(day) if day.year != clock.now().year else f"{day.month}月{day.day}日"


@register.filter
def full_date(moment: date | datetime | None) -> str:
    """2026年11月23日, for papers."""
    if moment is None:
        return ""
    day = _day(moment)
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def plain_time(moment: datetime | None) -> str:
    """9:05"""
    if moment is None:
        return ""
    local = moment.astimezone(clock.TOWN_TIME)
    return f"{local.hour}:{local.minute:02d}"


@register.filter
def short_moment(moment: datetime | None) -> str:
    """11-25 9:10, for timelines."""
    if moment is None:
        return ""
    day = _day(moment)
    return f"{day.month}-{day.day:02d} {plain_time(moment)}"


@register.filter
def minutes_since(moment: datetime | None) -> int:
    """Whole minutes from then until now."""
    return max(0, int((clock.now() - moment).total_seconds() // 60)) if moment else 0


@register.filter
def in_words(minutes: int | float | None) -> str:
    """9 分钟, 1 小时 5 分钟"""
    if minutes is None:
        return ""
    hours, rest = divmod(int(minutes), 60)
    said = [f"{hours} 小时"] if hours else []
    if rest or not hours:
        said.append(f"{rest} 分钟")
    return " ".join(said)


@register.filter
def in_fours(code: str) -> str:
    """ABCD2345 -> ABCD 2345, as it is read out and typed."""
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))


@register.filter
def short_town(name: str | None) -> str:
    """大圩镇 -> 大圩, as it stands beside the mark."""
    name = name or ""
    for ending in ("街道", "镇", "乡"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


# Below: how a part gets its values


class _Unsaid(dict[str, Any]):
    """What a page did not say is empty. Django finds that out by raising and catching, 30 microseconds a word."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        return ""


UNSAID = _Unsaid()


def _drawn(context: Context, name: str, values: dict[str, Any]) -> SafeString:
    values = _with_attributes(values)
    if name == "field":
        values = _field_values(values)
    elif name == "upload":
        values.setdefault("id", f"f-{values.get('name', '')}")
    engine = context.template.engine  # type: ignore[union-attr]
    inner = context.new(values)
    inner.dicts.insert(0, UNSAID)
    for kept in ("csrf_token", "elder", "lang"):
        if kept in context:
            inner[kept] = context[kept]
    return engine.get_template(f"{name}/{name}.html").render(inner)


def _with_attributes(values: dict[str, Any]) -> dict[str, Any]:
    """`data_opens="ask"` becomes the attribute data-opens; templates print them as {{ attrs }}."""
    named = {key: value for key, value in values.items() if key.startswith(ATTRIBUTE_PREFIXES)}
    rest = {key: value for key, value in values.items() if key not in named}
    written = {key.replace("_", "-"): value for key, value in named.items() if value is not None}
    rest["attrs"] = flatatt(written) + rest.get("attrs", SafeString())
    return rest


def _field_values(values: dict[str, Any]) -> dict[str, Any]:
    kind = values.setdefault("kind", "text")
    values.setdefault("id", f"f-{values.get('name', '')}")
    values["type"] = {"number": "text", "phone": "tel"}.get(kind, kind)
    if kind == "number":
        values.setdefault("inputmode", "numeric")
    values.setdefault("min", None)
    values.setdefault("max", None)
    values["choices"] = list(_choices(values.get("options", ()), values.get("value")))
    return values


def _choices(options: Iterable[Any], chosen: Any) -> Iterable[dict[str, Any]]:
    several = isinstance(chosen, list | tuple | set | frozenset)
    picked = {str(each) for each in (chosen if several else [chosen])}
    for option in options:
        if isinstance(option, dict):
            value, label, hint = option["value"], option["label"], option.get("hint", "")
        elif isinstance(option, str):
            value, label, hint = option, option, ""
        else:
            value, label, hint = (*option, "")[:3]
        yield {"value": value, "label": label, "hint": hint, "chosen": str(value) in picked}


def _of_bound(bound: BoundField) -> dict[str, Any]:
    widget, source = bound.field.widget, bound.field
    given = {**widget.attrs}
    values: dict[str, Any] = {
        "name": bound.html_name,
        "id": bound.auto_id or f"f-{bound.html_name}",
        "label": bound.label,
        "hint": bound.help_text,
        "value": bound.value(),
        "required": source.required,
        "optional": not source.required,
        "error": bound.errors[0] if bound.errors else "",
    }
    if isinstance(widget, widgets.CheckboxInput):
        values |= {"kind": "checkbox", "label": "", "optional": False, "options": [("on", bound.label)]}
        values["value"] = "on" if values["value"] else ""
    elif hasattr(source, "choices"):
        kinds = {widgets.RadioSelect: "radio", widgets.CheckboxSelectMultiple: "checkboxes"}
        options = [option for option in source.choices if option[0] not in ("", None)]
        values |= {"kind": kinds.get(type(widget), "select"), "options": options}
        if values["kind"] == "select" and len(options) < len(list(source.choices)):
            values["blank"] = "请选择"
    elif isinstance(widget, widgets.Textarea):
        values |= {"kind": "textarea", "rows": given.pop("rows", 3)}
        given.pop("cols", None)
    else:
        values["kind"] = {"number": "number", "datetime-local": "datetime-local"}.get(
            widget.input_type, widget.input_type
        )
        if isinstance(widget, widgets.DateInput):
            values["kind"] = "date"
            if isinstance(values["value"], date):
                values["value"] = values["value"].isoformat()
    for name in ("inputmode", "autocomplete", "placeholder", "maxlength", "min", "max", "step"):
        if name in given:
            values[name] = given.pop(name)
    given.pop("required", None)
    values["attrs"] = flatatt(given)
    return values


def _day(moment: date | datetime) -> date:
    return clock.day_of(moment) if isinstance(moment, datetime) else moment
