// The clerk's screen. Every act is a plain form; here are only the things that make it quicker.

// Renews a piece of the page in place: only what differs is touched, so focus, ticks and a half-made click stay.
const renewNode = (old, fresh) => {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== 1 || old.nodeName !== fresh.nodeName || old.id !== fresh.id || old.childNodes.length !== fresh.childNodes.length) {
    old.replaceWith(fresh);
    return;
  }
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  const children = [...fresh.childNodes];
  [...old.childNodes].forEach((child, place) => renewNode(child, children[place]));
};
const renew = (place, told) => {
  const fresh = place.cloneNode(false);
  fresh.innerHTML = told;
  const ticked = new Map([...place.querySelectorAll("input[name=ticks]")].map((each) => [each.id, each.checked]));
  if (fresh.childNodes.length === place.childNodes.length) {
    const children = [...fresh.childNodes];
    [...place.childNodes].forEach((child, at) => renewNode(child, children[at]));
  } else {
    place.replaceChildren(...fresh.childNodes);
  }
  place.querySelectorAll("input[name=ticks]").forEach((each) => { if (ticked.has(each.id)) each.checked = ticked.get(each.id); });
};

// <elapsed-time data-seconds="440">: goes on counting from what the server said.
customElements.define("elapsed-time", class extends HTMLElement {
  connectedCallback() {
    const begun = performance.now();
    const before = Number(this.dataset.seconds);
    const show = () => {
      const seconds = before + Math.floor((performance.now() - begun) / 1000);
      this.textContent = `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
    };
    show();
    this.timer = setInterval(show, 1000);
  }
  disconnectedCallback() { clearInterval(this.timer); }
});

// <line-fresh data-from="/desk/line">: the waiting line every three seconds; says when nothing was heard for ten.
customElements.define("line-fresh", class extends HTMLElement {
  connectedCallback() {
    this.heardAt = Date.now();
    this.timer = setInterval(() => this.refresh(), 3000);
  }
  disconnectedCallback() { clearInterval(this.timer); }
  async refresh() {
    document.documentElement.classList.toggle("stale", Date.now() - this.heardAt > 10000);
    if (document.hidden || this.asking) return;
    this.asking = true;
    try {
      const answer = await fetch(this.dataset.from, { headers: { "X-Piece": "1" }, cache: "no-store" });
      if (answer.ok && !answer.redirected) {
        const told = await answer.text();
        if (told !== this.told) renew(this, told);
        this.told = told;
        this.heardAt = Date.now();
      }
    } catch { /* the words at the bottom say so */ }
    this.asking = false;
  }
});

// <item-picker data-from="/desk/items">: finds items while one types; Enter takes the first, a tick takes any.
customElements.define("item-picker", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input[name=item_q]");
    this.picks = this.querySelector(".picks");
    this.picked = this.querySelector(".picked");
    this.field.addEventListener("input", () => { clearTimeout(this.soon); this.soon = setTimeout(() => this.find(), 90); });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.ctrlKey) return;
      event.preventDefault();
      this.takeFirst();
    });
    this.picks.addEventListener("change", (event) => this.take(event.target.closest("li")));
  }
  async find() {
    const wanted = this.field.value.trim();
    if (!wanted) { this.picks.replaceChildren(); return; }
    const answer = await fetch(`${this.dataset.from}?q=${encodeURIComponent(wanted)}`, { headers: { "X-Piece": "1" } });
    if (!answer.ok || wanted !== this.field.value.trim()) return;
    this.picks.innerHTML = await answer.text();
    const chosen = new Set([...this.picked.querySelectorAll("input")].map((each) => each.value));
    this.picks.querySelectorAll("input").forEach((each) => { if (chosen.has(each.value)) each.closest("li").remove(); });
    if (!this.picks.children.length) this.picks.innerHTML = "<li class=\"small soft\">没有找到，换个说法试试。</li>";
    this.found = wanted;
  }
  async takeFirst() {
    clearTimeout(this.soon);
    if (this.found !== this.field.value.trim()) await this.find();
    this.take(this.picks.querySelector("li:has(input)"));
  }
  take(row) {
    if (!row) return;
    row.querySelector("input").checked = true;
    this.picked.append(row);
    this.picks.replaceChildren();
    this.field.value = "";
    this.found = "";
    this.field.focus();
  }
});

// <known-person data-from="/desk/known">: a full id number brings what the register knows, into blanks only.
customElements.define("known-person", class extends HTMLElement {
  connectedCallback() {
    this.number = this.querySelector("[name=id_number]");
    this.number.addEventListener("input", () => this.look());
    this.number.addEventListener("change", () => this.look());
  }
  async look() {
    const written = this.number.value.replace(/\s/g, "");
    if (written.length !== 18 || written === this.looked) return;
    this.looked = written;
    const sent = new FormData();
    sent.set("id_number", written);
    sent.set("csrfmiddlewaretoken", this.closest("form").elements.csrfmiddlewaretoken.value);
    const answer = await fetch(this.dataset.from, { method: "POST", body: sent, headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    for (const [name, value] of Object.entries(await answer.json())) {
      const field = this.querySelector(`[name=${name}]`);
      if (field && value && !field.value) { field.value = value; field.classList.add("filled"); }
    }
  }
});

// <draft-keeper data-to="…/save">: saves while one writes and shows what the answers changed; the focus stays.
customElements.define("draft-keeper", class extends HTMLElement {
  connectedCallback() {
    if (!this.dataset.to) return;
    this.form = this.querySelector("form");
    this.said = this.querySelector("[data-said]");
    const later = (wait) => { clearTimeout(this.soon); this.soon = setTimeout(() => this.save(), wait); };
    this.form.addEventListener("input", (event) => { if (this.keeps(event.target)) later(900); });
    this.form.addEventListener("change", (event) => { if (this.keeps(event.target)) later(0); });
    this.form.addEventListener("submit", () => { clearTimeout(this.soon); this.leaving = true; });
    addEventListener("pageshow", () => { this.leaving = false; });
  }
  keeps(field) { return /^(answer\.|field\.|village$|ticks$)/.test(field.name || ""); }
  async save() {
    if (this.leaving) return;
    if (this.saving) { this.again = true; return; }
    this.saving = true;
    const sent = new FormData(this.form);
    for (const name of ["client_key", "file", "items", "item_q"]) sent.delete(name);
    try {
      const answer = await fetch(this.dataset.to, { method: "POST", body: sent, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (answer.ok) this.show(told);
      else this.say(`没有存上：${told.detail || "请按“存草稿”再试"}`, true);
    } catch { this.say("没有存上，网络断了。先别关这一页", true); }
    this.saving = false;
    if (this.again) { this.again = false; this.save(); }
  }
  say(words, wrong) { this.said.textContent = words; this.said.classList.toggle("wrong", Boolean(wrong)); }
  show(told) {
    if (this.leaving) return;
    const names = Object.keys(told.wrong);
    this.say(names.length ? `${told.said}，有 ${names.length} 处填得不对，没有存` : told.said, names.length);
    this.form.querySelectorAll("[name^='field.']").forEach((field) => {
      const wrong = told.wrong[field.name.slice(6)];
      field.closest(".field").classList.toggle("has-error", Boolean(wrong));
      if (wrong) { field.setAttribute("aria-invalid", "true"); field.title = wrong; }
      else { field.removeAttribute("aria-invalid"); field.removeAttribute("title"); }
    });
    const focused = document.activeElement?.id;
    for (const [name, piece] of Object.entries(told.pieces)) {
      const place = document.querySelector(`[data-piece=${name}]`);
      if (place) renew(place, piece);
    }
    if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }
});

// <scan-now>: a chosen file is sent at once.
customElements.define("scan-now", class extends HTMLElement {
  connectedCallback() {
    this.querySelector("input[type=file]").addEventListener("change", (event) => {
      if (event.target.files.length) event.target.form.requestSubmit(this.querySelector("[data-sends]"));
    });
  }
});

// <find-box data-from="/desk/find/">: persons, cases and items while one types; arrows walk through them.
customElements.define("find-box", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input[name=q]");
    this.hits = this.querySelector(".find-hits");
    this.field.addEventListener("input", () => { clearTimeout(this.soon); this.soon = setTimeout(() => this.find(), 120); });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      const stops = [this.field, ...this.hits.querySelectorAll("a")];
      const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
      stops[Math.max(0, Math.min(next, stops.length - 1))].focus();
    });
  }
  async find() {
    const wanted = this.field.value.trim();
    if (!wanted) { this.hits.replaceChildren(); return; }
    const sent = new FormData(this.querySelector("form"));
    const answer = await fetch(this.dataset.from, { method: "POST", body: sent, headers: { "X-Piece": "1" } });
    if (answer.ok && wanted === this.field.value.trim()) this.hits.innerHTML = await answer.text();
  }
});

// A dialog whose form was refused opens again, with what was typed.
document.querySelector("dialog[data-open-now]")?.showModal();
