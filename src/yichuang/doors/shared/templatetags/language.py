"""Tags of pages that speak two languages: `{% load language %}`. Chinese is written first and is what stands without a choice."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.template import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from yichuang.doors.shared import english
from yichuang.ground import clock
from yichuang.ground.refusals import Refused

register = template.Library()
CHINESE = "zh"


@register.simple_tag(takes_context=True)
def say(context: Context, chinese: str, english: str) -> SafeString:
    """`{% say "取号" "Take a ticket" %}`: the words in this page's language. Also within an attribute."""
    return escape(english if _is_english(context) else chinese)


@register.simple_tag(takes_context=True)
def zh(context: Context, words: object) -> SafeString:
    """`{% zh office.name %}`: words there are only in Chinese; on an English page they are marked as such."""
    if not words or not _is_english(context):
        return escape(words)
    return format_html('<span lang="zh">{}</span>', words)


@register.simple_tag(takes_context=True)
def chinese(context: Context) -> SafeString:
    """`<ul{% chinese %}>`: on an English page what stands inside is marked as Chinese."""
    return SafeString(' lang="zh"' if _is_english(context) else "")


@register.simple_tag(takes_context=True)
def named(context: Context, chinese: str, english: str) -> SafeString:
    """`{% named item.name item.name_en %}`: English where the catalogue has it, else Chinese marked as such."""
    return escape(english) if english and _is_english(context) else zh(context, chinese)


@register.filter
def english_date(moment: datetime) -> str:
    """Mon 23 November"""
    day = moment.astimezone(clock.TOWN_TIME)
    return f"{day:%a} {day.day} {day:%B}"


@register.filter
def english_moment(moment: datetime | None) -> str:
    """Tue 24 November at 8:30"""
    if moment is None:
        return ""
    local = moment.astimezone(clock.TOWN_TIME)
    return f"{english_date(local)} at {local.hour}:{local.minute:02d}"


@register.filter
def queue_in_english(key: str) -> str:
    """general -> General; empty when nobody has said it in English."""
    return english.QUEUES.get(key, ("", ""))[0]


@register.filter
def office_in_english(code: str) -> str:
    """MZ -> Benefits and elder care; empty when nobody has said it in English."""
    return english.OFFICES.get(code, "")


@register.filter
def event_in_english(key: str) -> str:
    """newborn -> A child is born; empty when nobody has said it in English."""
    return english.EVENTS.get(key, "")


@register.filter
def refusal_in_english(refused: Refused) -> str:
    """What is wrong and what to do."""
    return " ".join(english.refusal(refused))


def _is_english(context: Context) -> bool:
    return context.get("lang", CHINESE) == "en"
