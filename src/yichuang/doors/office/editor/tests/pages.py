"""A page's form as a browser would send it."""

from __future__ import annotations

from html.parser import HTMLParser


class _Form(HTMLParser):
    """The fields of the form with this id, in the order of the page."""

    def __init__(self, form_id: str) -> None:
        super().__init__(convert_charrefs=True)
        self.form_id = form_id
        self.is_inside = False
        self.fields: list[tuple[str, str]] = []
        self.area: list[str] | None = None
        self.name = ""
        self.select: list[tuple[str, bool]] | None = None

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self.is_inside = said.get("id") == self.form_id
        if not self.is_inside:
            return
        if tag == "input" and "name" in said:
            if said.get("type") in ("checkbox", "radio") and "checked" not in said:
                return
            self.fields.append((said["name"], said.get("value") or ""))
        elif tag == "textarea":
            self.name, self.area = said["name"], []
        elif tag == "select":
            self.name, self.select = said["name"], []
        elif tag == "option" and self.select is not None:
            self.select.append((said.get("value") or "", "selected" in said))

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        elif tag == "textarea" and self.area is not None:
            self.fields.append((self.name, "".join(self.area).removeprefix("\n").replace("\n", "\r\n")))
            self.area = None
        elif tag == "select" and self.select is not None:
            chosen = next((value for value, is_chosen in self.select if is_chosen), None)
            self.fields.append((self.name, self.select[0][0] if chosen is None else chosen))
            self.select = None

    def handle_data(self, data):
        if self.area is not None:
            self.area.append(data)


def form_of(page: str, form_id: str = "draft") -> dict[str, list[str]]:
    """The values of every field by name."""
    reader = _Form(form_id)
    reader.feed(page)
    found: dict[str, list[str]] = {}
    for name, value in reader.fields:
        found.setdefault(name, []).append(value)
    return found
