"""English of what the catalogue has no English column for: well-known queues, events and offices, limits, refusals.

A key that is not here is shown in Chinese, marked as such (`{% named %}`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from typing import Any

from yichuang.doors.shared.guides.told import Figure, Papers
from yichuang.doors.shared.guides.where import clock_time, stretches
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog.rules import ItemSpec, Wait, longest_workdays
from yichuang.rooms.catalog.terms import Channel, Form, Mode
from yichuang.rooms.hall.rules import Hours

QUEUES = {  # name, what it is for
    "general": ("General", "Insurance, benefits, papers"),
    "quick": ("Quick", "Collect a paper, one stamp"),
    "enterprise": ("Businesses", "Licences, restaurants, signs"),
}
EVENTS = {
    "newborn": "A child is born",
    "marriage": "Marriage and pregnancy",
    "retire": "Retiring",
    "deceased": "After a death",
    "small_restaurant": "Open a small restaurant",
    "street_stall": "Run a street stall",
    "veteran_home": "Home from the army",
    "disabled": "Living with a disability",
    "landless": "Land taken for public use",
    "move_in": "Move into a home",
    "build_house": "Build a house in the village",
    "grape_farm": "Start a vineyard",
    "school": "A child goes to school",
}
OFFICES = {
    "SB": "Social insurance",
    "YB": "Medical insurance",
    "MZ": "Benefits and elder care",
    "TY": "Veterans",
    "WJ": "Health and family",
    "CG": "Streets and waste",
    "SC": "Shops and food",
    "NY": "Farming and land",
    "CL": "Disability services",
    "CW": "Village matters",
}
EXAMPLES = ("pension", "newborn", "restaurant", "medical", "unemployed")  # what somebody might type
CHANNELS = {
    Channel.WINDOW: "at the window",
    Channel.WEB: "online",
    Channel.PHONE: "by phone app",
    Channel.KIOSK: "at the kiosk",
    Channel.HOME: "at your home",
}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FORMS = {
    Form.ORIGINAL: "original",
    Form.ORIGINAL_AND_COPY: "original and copy",
    Form.COPY: "copy",
    Form.APPLICATION: "form",
    Form.PLEDGE: "signed pledge",
    Form.PHOTO: "photo",
    Form.ELECTRONIC: "electronic licence",
}
REFUSALS = {  # what is wrong, what to do: of what somebody alone at the kiosk may meet
    "hall_closed": ("The hall is closed now. No tickets are given.", "Please come back when it is open."),
    "queue_unknown": ("There is no such queue.", "Please choose one of those on this page."),
    "too_many_items": ("One ticket names at most {most} items; you chose {count}.", "Please untick some."),
    "item_not_offered": ("These items were not found: {codes}.", "Please choose again, or choose none."),
    "list_unknown": ("This list was not found.", "Please check the 8 signs on your list, or take a ticket without it."),
    "bad_input": ("No number has been typed yet.", "Please use the keys below."),
    "id_number_length": ("A Chinese ID number has 18 signs; this one has {count}.", "Please check your card."),
    "id_number_old": ("ID numbers of 15 digits are no longer used.", "Please take the number on your present card."),
    "id_number_signs": ("An ID number has digits only; the last may be X.", "Please check your card."),
    "id_number_birth_date": ("The date of birth in this number is not right.", "Please check digits 7 to 14."),
    "id_number_check": ("One digit of this ID number is wrong.", "Please check your card from the first to the last."),
    "phone_format": ("This is not a phone number.", "A Chinese mobile number has 11 digits. You may take a ticket without one."),
}  # fmt: skip
ELSE = ("This could not be done.", "Please ask the staff in the hall: they will help you.")


def refusal(refused: Refused) -> tuple[str, str]:
    """What is wrong and what to do."""
    wrong, then = REFUSALS.get(refused.code, ELSE)
    facts = {
        name: ", ".join(fact) if isinstance(fact, list) else fact for name, fact in refused.facts.items()
    }
    return wrong.format(**facts), then


def limit(item: ItemSpec) -> str:
    """On the spot, or 8 working days."""
    if item.mode == Mode.ON_THE_SPOT:
        return "On the spot"
    return f"{item.promised_workdays} working {'day' if item.promised_workdays == 1 else 'days'}"


def guide(item: ItemSpec, papers: Papers, open_questions: int, hours: Sequence[Hours]) -> dict[str, Any]:
    """What a guide in English says otherwise than in Chinese; laid over the facts of guides."""
    free = item.fee.startswith("免费")
    by_law = (
        f"the law allows {item.statutory_workdays}" if item.mode != Mode.ON_THE_SPOT else "with all papers"
    )
    return {
        "figures": [
            Figure("Time", *_time_taken(item.promised_workdays, item.mode == Mode.ON_THE_SPOT), by_law),
            Figure("Visits at most", str(item.visits), _counted(item.visits, "visit"), _ways(item)),
            Figure(
                "Fee",
                "0" if free else "As set",
                "yuan" if free else "",
                "free" if free else "ask at the window",
            ),
            bring(papers, open_questions),
        ],
        "hours_en": hours_words(hours),
        "channels_en": ", ".join(CHANNELS[channel] for channel in CHANNELS if channel in item.channels),
        "fee_en": "Free" if item.fee == "免费" else "",
    }


def event_figures(
    items: Sequence[ItemSpec], papers: Papers, open_questions: int, holding: Sequence[Wait]
) -> list[Figure]:
    """The four figures of several matters done at once."""
    longest = longest_workdays(items, holding)
    visits = max((item.visits for item in items), default=0)
    return [
        Figure("At once", str(len(items)), _counted(len(items), "matter"), "handed in together"),
        Figure(
            "Longest",
            *_time_taken(longest, not longest),
            "one after another" if holding else "each counts for itself",
        ),
        Figure("Visits at most", str(visits), _counted(visits, "visit"), "with all papers"),
        bring(papers, open_questions),
    ]


def bring(papers: Papers, open_questions: int) -> Figure:
    """How many papers, and whether an answer may add to them."""
    count = f"{papers.count}+" if open_questions and papers.possible else str(papers.count)
    note = (
        f"{_counted(open_questions, 'question', True)} not answered yet"
        if open_questions
        else "each paper once"
    )
    return Figure("To bring", count, _counted(papers.count, "paper"), note)


def _time_taken(workdays: int, is_on_the_spot: bool) -> tuple[str, str]:
    return ("Now", "") if is_on_the_spot else (str(workdays), _counted(workdays, "working day"))


def _counted(count: int, what: str, with_count: bool = False) -> str:
    words = what if count == 1 else f"{what}s"
    return f"{count} {words}" if with_count else words


def _ways(item: ItemSpec) -> str:
    others = [
        CHANNELS[channel] for channel in CHANNELS if channel in item.channels and channel != Channel.WINDOW
    ]
    return f"or {', '.join(others)}" if item.no_meeting and others else "you must come once"


def first_sentence(summary: str, most: int = 90) -> str:
    """The beginning of a summary, for a line of a list."""
    first = summary.partition(". ")[0].rstrip(".")
    return first if len(first) <= most else f"{first[: most - 1].rpartition(' ')[0]}…"


def hours_words(hours: Sequence[Hours]) -> str:
    """Mon to Fri 8:30–12:00, 13:30–17:30; Sat 9:00–12:00"""
    return "; ".join(
        f"{DAYS[first]}{f' to {DAYS[last]}' if last > first else ''} "
        + ", ".join(f"{clock_time(each.opens)}–{clock_time(each.closes)}" for each in stretch)
        for first, last, stretch in stretches(hours)
    )


def until_words(today: Sequence[Hours], now: time) -> str:
    """until 12:00, then from 13:30; empty outside the hours."""
    open_now = next((each for each in today if each.opens <= now < each.closes), None)
    if open_now is None:
        return ""
    again = next((each for each in today if each.opens >= open_now.closes), None)
    return f"until {clock_time(open_now.closes)}" + (
        f", then from {clock_time(again.opens)}" if again else ""
    )


def found(items: Mapping[str, ItemSpec], asked: str, most: int = 12) -> list[str]:
    """Codes of items whose English name, or else summary, has every word that was typed (or begins with it)."""
    words = asked.casefold().split()
    if not words or not asked.isascii():
        return []
    by_name = [code for code, item in items.items() if _has(item.name_en, words)]
    by_summary = [code for code, item in items.items() if _has(item.summary_en, words)]
    return list(dict.fromkeys([*by_name, *by_summary]))[:most]


def _has(text: str, words: Iterable[str]) -> bool:
    have = text.casefold().replace("'", " ").replace(",", " ").replace(".", " ").split()
    return all(any(each.startswith(word) for each in have) for word in words)
