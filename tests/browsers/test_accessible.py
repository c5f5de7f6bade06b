"""Every page for everybody: axe, large letters, narrow phones, the keyboard alone, and browsers without scripts."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browsers.pages import Look, page_routes, route_of
from yichuang.cli.shooting.views import VIEWS, View

pytestmark = pytest.mark.browser

RULES = {
    "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": True}}
}  # beside all others
LETTERS = ("22", "30")  # what the switch sets, and the largest

every_view = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
on_a_phone = pytest.mark.parametrize(
    "view", [view for view in VIEWS if view.door.on_phone], ids=lambda view: view.name
)


def modes(view: View) -> tuple[str, ...]:
    """Normal, and elder where the door has it; walls are dark always."""
    return ("", LETTERS[0]) if view.door.elder else ("",)


def test_every_page_route_has_a_view():
    shown = {route_of(view) for view in VIEWS}
    assert sorted(set(page_routes()) - shown) == [], "pages nobody looks at"
    assert "" not in shown, "a view without a route"


@every_view
def test_it_says_what_it_is_and_axe_finds_nothing(look: Look, view: View):
    for elder in modes(view):
        with look.at(view, elder=elder) as page:
            spoken = "en" if view.path.startswith("/language?to=en") else "zh-CN"
            assert page.locator("html").get_attribute("lang") == spoken
            assert len(page.title()) > 4
            assert page.get_by_role("heading", level=1).count() == 1 or view.opens  # a dialog hides the page
            assert page.get_by_role("main").count() == 1 or view.opens
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{elder or 'normal'}\n{found.generate_report()}"


@on_a_phone
def test_nobody_scrolls_sideways_at_320_pixels(look: Look, view: View):
    letters = (*reversed(LETTERS), "") if view.door.elder else ("",)
    with look.at(view, width=320, elder=letters[0]) as page:
        for elder in letters:
            page.evaluate(SET_LETTERS, elder)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, elder or "normal"


@every_view
def test_the_keyboard_reaches_everything_and_shows_where_it_is(look: Look, view: View):
    with look.at(view) as page:
        stops = page.evaluate(STOPS)
        missed, unseen = set(range(len(stops))), []
        for _ in range(len(stops) + 12):
            if not missed:
                break
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUSED)
            missed.discard(at["stop"])
            if at["wrong"]:
                unseen.append((at["what"], at["wrong"]))
        assert [stops[stop] for stop in sorted(missed)] == []
        assert unseen == []


@pytest.mark.parametrize("view", [view for view in VIEWS if not view.opens], ids=lambda view: view.name)
def test_without_scripts_it_shows_its_content(look: Look, view: View):
    with look.at(view, scripts=False) as page:
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert len(page.get_by_role("main").inner_text()) > 10
        assert page.locator(".needs-script:visible").count() == 0


# As the switch does it.
SET_LETTERS = """size => {
  if (size) document.documentElement.dataset.elder = size; else delete document.documentElement.dataset.elder;
}"""

# Numbers everything that Tab must reach; a group of radio buttons is one stop.
STOPS = """() => {
  const within = document.querySelector("dialog:modal") || document;
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const groups = new Map();
  const stops = [];
  for (const each of within.querySelectorAll(wanted)) {
    if (each.disabled || each.tabIndex < 0 || !each.checkVisibility({ visibilityProperty: true })) continue;
    if (!each.getClientRects().length || each.closest("[inert]")) continue;
    if (each.type === "radio") {
      const group = `${each.form?.action} ${each.name}`;
      if (groups.has(group)) { if (each.checked) groups.get(group).push(each); each.dataset.stop = groups.get(group)[0].dataset.stop; continue; }
      groups.set(group, [each]);
    }
    each.dataset.stop = stops.length;
    stops.push(each.outerHTML.slice(0, 120));
  }
  return stops;
}"""

# Where the focus is, and what is wrong with how it is shown.
FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return { stop: -1, what: "", wrong: "" };
  const shown = [];
  for (let each = at, up = 0; each && up < 4; each = each.parentElement, up += 1) shown.push(each);
  const ringed = (each) => {
    const look = getComputedStyle(each);
    return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2 && look.opacity !== "0";
  };
  const ring = shown.find(ringed);
  const box = (ring || at).getBoundingClientRect();
  const spots = [[.5, .5], [.05, .1], [.95, .1], [.05, .9], [.95, .9]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
  const seen = spots.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (shown.some((each) => each === top && each !== document.body) || (ring || at).contains(top));
  });
  let wrong = "";
  if (!ring) wrong = "no ring";
  else if (!seen) wrong = "covered or out of sight";
  return { stop: Number(at.dataset.stop ?? -1), what: at.outerHTML.slice(0, 100), wrong };
}"""
