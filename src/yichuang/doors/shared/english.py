"""English of what the catalogue has no English column for: well-known queues, events and offices, limits, refusals.

A key that is not here is shown in Chinese, marked as such (`{% named %}`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog.rules import ItemSpec
from yichuang.rooms.catalog.terms import Form, Mode

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


def first_sentence(summary: str, most: int = 90) -> str:
    """The beginning of a summary, for a line of a list."""
    first = summary.partition(". ")[0].rstrip(".")
    return first if len(first) <= most else f"{first[: most - 1].rpartition(' ')[0]}…"


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
