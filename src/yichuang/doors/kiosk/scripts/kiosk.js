const said = (chinese, english) => document.documentElement.lang === "en" ? english : chinese;
// <number-pad>: keys on the screen for the field inside it; data-grows groups the digits for reading ("3 4 4").
customElements.define("number-pad", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.counted = this.querySelector("[data-count]");
    this.groups = (this.dataset.grows || "").split(" ").filter(Boolean).map(Number);
    this.addEventListener("click", (event) => {
      const key = event.target.closest("[data-types], [data-deletes], [data-clears]");
      if (!key) return;
      const typed = this.bare();
      if ("types" in key.dataset) this.show(typed + key.dataset.types);
      else this.show("deletes" in key.dataset ? typed.slice(0, -1) : "");
      this.field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    this.field.addEventListener("input", () => this.count());
    this.show(this.bare());
  }
  bare() { return this.groups.length ? this.field.value.replace(/\s/g, "") : this.field.value; }
  show(typed) {
    const parts = [];
    let rest = typed;
    for (const size of this.groups) { if (rest) parts.push(rest.slice(0, size)); rest = rest.slice(size); }
    this.field.value = [...parts, rest].filter(Boolean).join(" ");
    this.count();
  }
  count() { if (this.counted) this.counted.textContent = said(`已输 ${this.bare().length} 位`, `${this.bare().length} typed`); }
});

// <at-most data-most="3">: the other boxes rest while so many are ticked; the server counts again.
customElements.define("at-most", class extends HTMLElement {
  connectedCallback() { document.addEventListener("change", () => this.count()); this.count(); }
  count() {
    const boxes = [...document.querySelectorAll("input[name=items]")];
    const full = boxes.filter((box) => box.checked).length >= Number(this.dataset.most);
    boxes.forEach((box) => { box.disabled = full && !box.checked; });
  }
});

// <kiosk-fresh>: keeps the numbers of the start page as the board has them, without touching what is chosen.
customElements.define("kiosk-fresh", class extends HTMLElement {
  connectedCallback() { this.addEventListener("live:event", (event) => event.detail.type === "board" && this.tell(event.detail.data)); }
  tell(board) {
    const told = { waiting: board.waiting, open_windows: board.open_windows };
    for (const queue of board.queues) {
      told[`${queue.key}.waiting`] = queue.waiting;
      told[`${queue.key}.wait`] = queue.minutes ? said(`约 ${queue.minutes} 分钟`, `about ${queue.minutes} min`) : said("马上能办", "no wait");
      if (queue.key === "general") told.general_minutes = queue.minutes;
    }
    document.querySelectorAll("[data-told]").forEach((shown) => { if (shown.dataset.told in told) shown.textContent = told[shown.dataset.told]; });
  }
});
