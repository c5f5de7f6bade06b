// What may be meant is offered while somebody types: the combobox pattern of the ARIA practices, a list under the box.
// One request for each pause of 120 ms; an older one is given up. Enter without a choice searches as it would without
// this script.
const PAUSE_MS = 120;

class SuggestingBox extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector("input");
    this.list = this.querySelector("ul");
    this.status = this.querySelector("[role=status]");
    this.list.setAttribute("role", "listbox");
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-expanded", "false"],
      ["aria-controls", this.list.id],
      ["aria-autocomplete", "list"],
    ])
      this.box.setAttribute(name, value);
    this.box.addEventListener("input", () => this.later());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("focus", () => this.list.children.length && this.asked === this.box.value && this.open());
    this.box.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.go(event.target.closest("li")));
  }

  later() {
    clearTimeout(this.pause);
    this.under?.abort();
    this.pause = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const typed = this.box.value.trim();
    if (!typed) return this.show("", this.box.value);
    this.under = new AbortController();
    const address = `/search/suggest?${new URLSearchParams({ q: typed })}`;
    const asked = this.box.value;
    const answer = await fetch(address, { signal: this.under.signal }).catch(() => null);
    if (answer?.ok) this.show(await answer.text().catch(() => ""), asked);
  }

  show(rows, asked) {
    if (asked !== this.box.value) return;
    this.asked = asked;
    this.list.innerHTML = rows;
    const count = this.list.children.length;
    this.status.textContent = count ? `有 ${count} 个可能要办的，按上下键选` : "";
    count && document.activeElement === this.box ? this.open() : this.close();
  }

  open() {
    this.list.hidden = false;
    this.box.setAttribute("aria-expanded", "true");
    this.choose(null);
  }

  close() {
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.choose(null);
  }

  choose(row) {
    for (const each of this.list.children) each.setAttribute("aria-selected", String(each === row));
    this.chosen = row;
    row ? this.box.setAttribute("aria-activedescendant", row.id) : this.box.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.isComposing) return;
    const rows = [...this.list.children];
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && rows.length) {
      event.preventDefault();
      if (this.list.hidden) this.open();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = this.chosen ? rows.indexOf(this.chosen) : step > 0 ? -1 : 0;
      this.choose(rows[(from + step + rows.length) % rows.length]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.chosen) {
      event.preventDefault();
      this.go(this.chosen);
    }
  }

  go(row) {
    if (row) location.assign(row.dataset.to);
  }
}
customElements.define("suggesting-box", SuggestingBox);
