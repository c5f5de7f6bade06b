// The editor. Everything works as a plain form; here it saves by itself, and rows move without a new page.

// <draft-editor>: saves after a pause, says when, keeps what is typed when it was refused.
customElements.define("draft-editor", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.said = this.querySelector("[data-said]");
    this.dirty = this.hasAttribute("data-unsaved");
    this.form.addEventListener("input", (event) => { if (this.keeps(event.target)) this.later(900); });
    this.form.addEventListener("change", (event) => { if (this.keeps(event.target)) this.later(150); });
    this.form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-row-verb]");
      if (!button) return;
      event.preventDefault();
      this.change(button.value);
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !event.target.name?.startsWith("new.")) return;
      event.preventDefault();
      this.change(`add:${event.target.name.slice(4)}`);
    });
    this.form.addEventListener("submit", (event) => this.send(event));
    addEventListener("beforeunload", (event) => { if (this.dirty && !this.leaving) event.preventDefault(); });
    addEventListener("pageshow", () => { this.leaving = false; });
    document.addEventListener("click", (event) => this.leave(event));
  }
  // What is typed is saved before it is proposed: a refusal then loses nothing.
  async send(event) {
    clearTimeout(this.soon);
    const button = event.submitter;
    if (button?.value !== "propose" || !this.dirty && !this.saving) { this.leaving = true; return; }
    event.preventDefault();
    if (await this.save() && !this.dirty) this.form.requestSubmit(button);
  }
  keeps(field) { return field.name && !field.name.startsWith("new."); }
  later(wait) {
    this.dirty = true;
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.save(), wait);
  }
  say(words, wrong) { this.said.textContent = words; this.said.classList.toggle("wrong", Boolean(wrong)); }
  sent() {
    const sent = new FormData(this.form);
    for (const name of [...sent.keys()]) if (name === "client_key" || name.startsWith("new.")) sent.delete(name);
    return sent;
  }
  // One save at a time; what is typed meanwhile is saved after it. True when everything is kept.
  async save() {
    clearTimeout(this.soon);
    if (this.leaving || this.stopped) return false;
    if (this.saving) { this.again = true; return this.saving; }
    this.saving = this.saveOnce();
    const kept = await this.saving;
    this.saving = null;
    if (!this.again) return kept;
    this.again = false;
    return this.save();
  }
  async saveOnce() {
    this.dirty = false;
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: this.sent(), headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (answer.ok) { this.kept(told); return true; }
      this.dirty = true;
      this.refused(told);
    } catch {
      this.dirty = true;
      this.say("没有存上，网络断了。先别关这一页", true);
    }
    return false;
  }
  kept(told) {
    const isNew = this.form.elements.revision.value !== String(told.revision);
    this.form.elements.revision.value = told.revision;
    this.say(told.said);
    this.mark({});
    this.querySelector(".error-summary, .banner.box")?.remove();
    for (const [name, value] of Object.entries(told.settled)) {
      const field = this.form.elements.namedItem(name);
      if (field && field !== document.activeElement && field.value !== value) field.value = value;
    }
    for (const [id, [title, words]] of Object.entries(told.titles)) {
      const row = document.getElementById(`row-${id}`);
      if (!row?.querySelector("[data-title]")) continue;
      row.querySelector("[data-title]").textContent = title;
      row.querySelector("[data-words]").textContent = words;
    }
    for (const [name, piece] of Object.entries(told.pieces)) {
      const place = document.querySelector(`[data-piece=${name}]`);
      if (place && !place.contains(document.activeElement)) place.innerHTML = piece;
    }
    if (isNew) document.querySelector("preview-box")?.renew();
  }
  refused(told) {
    const wrong = told.wrong || told.fields || {};
    const count = Object.keys(wrong).length;
    this.mark(wrong);
    this.say(count ? `没有存上，${count} 处要改` : `没有存上。${told.detail || ""}${told.next || ""}`, true);
    if (told.code === "draft_moved_on" || told.code === "not_a_draft" || told.code === "draft_gone") this.stopped = true;
  }
  // A sentence beside each field that cannot be kept.
  mark(wrong) {
    this.querySelectorAll(".field-error[data-told]").forEach((each) => each.remove());
    this.querySelectorAll(".has-error").forEach((each) => each.classList.remove("has-error"));
    this.querySelectorAll("[aria-invalid]").forEach((each) => each.removeAttribute("aria-invalid"));
    if (!Object.keys(wrong).length) this.querySelectorAll(".field-error").forEach((each) => each.remove());
    for (const [id, sentence] of Object.entries(wrong)) {
      const field = document.getElementById(id);
      const around = field?.closest(".field, .slots");
      if (!around) continue;
      around.querySelector(".field-error")?.remove();
      around.classList.add("has-error");
      field.setAttribute("aria-invalid", "true");
      const told = document.createElement("span");
      told.className = "field-error";
      told.dataset.told = "";
      told.textContent = sentence;
      (around.matches(".slots") ? around.querySelector("ol") : field).before(told);
    }
  }
  // A row is added, moved, taken away: the server draws the rows anew with everything typed.
  async change(verb) {
    clearTimeout(this.soon);
    if (this.saving) await this.saving;
    const sent = new FormData(this.form);
    sent.delete("client_key");
    sent.set("do", verb);
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: sent, headers: { "X-Piece": "1" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const rows = fresh.querySelector("[data-rows]");
      if (!answer.ok || !rows) throw new Error("refused");
      const typed = new FormData(this.form);
      const open = [...this.querySelectorAll(".entry:has(> details[open])")].map((each) => each.id);
      this.querySelector("[data-rows]").replaceWith(rows);
      for (const id of open) rows.querySelector(`#${id} > details`)?.setAttribute("open", "");
      this.carry(rows, sent, typed);
      this.focusOn(verb);
    } catch {
      this.say("没有做成，网络断了或者登录过期了。先别关这一页", true);
      return;
    }
    this.later(100);
  }
  // What was typed while the rows were drawn anew goes into the new ones.
  carry(rows, sent, typed) {
    for (const name of new Set(typed.keys())) {
      const now = typed.getAll(name);
      if (name.startsWith("new.") || JSON.stringify(now) === JSON.stringify(sent.getAll(name))) continue;
      [...rows.querySelectorAll(`[name="${name}"]`)].forEach((field, at) => {
        if (field.type === "checkbox") field.checked = now.includes(field.value);
        else if (field.type !== "hidden" && now[at] !== undefined) field.value = now[at];
      });
    }
  }
  focusOn(verb) {
    const [act, name, number] = verb.split(":");
    const row = act === "add" ? [...this.querySelectorAll(`input[type=hidden][name="${name}"]`)].pop()?.closest(".entry") : document.getElementById(`row-${name}-${number}`);
    const to = act === "add" ? row?.querySelector(".inside input:not([type=hidden]), .inside select, .inside textarea") : row?.querySelector(`[value="${verb}"]:not([disabled])`) || row?.querySelector("button, summary");
    to?.focus();
    row?.scrollIntoView({ block: "nearest" });
  }
  // A link to another section waits until everything is kept.
  async leave(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || link.target || !this.dirty || link.hash && link.pathname === location.pathname && link.search === location.search || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (await this.save()) location.href = link.href;
  }
});

// <preview-box data-of="…/preview/">: phone, paper or kiosk; drawn anew after each save, at the same place.
customElements.define("preview-box", class extends HTMLElement {
  connectedCallback() {
    this.frame = this.querySelector("iframe");
    this.glass = this.querySelector(".glass");
    this.addEventListener("click", (event) => {
      const chosen = event.target.closest("[data-look]");
      if (!chosen) return;
      event.preventDefault();
      event.stopPropagation();
      this.querySelectorAll("[data-look]").forEach((each) => each.removeAttribute("aria-current"));
      chosen.setAttribute("aria-current", "true");
      this.glass.className = `glass ${chosen.dataset.look}`;
      this.top = 0;
      this.frame.src = `${this.dataset.of}${chosen.dataset.look}/?inside=1`;
      this.querySelector("[data-whole]").href = `${this.dataset.of}${chosen.dataset.look}/`;
    });
    this.frame.addEventListener("load", () => {
      try { this.frame.contentWindow.scrollTo(0, this.top || 0); } catch { /* another page */ }
    });
  }
  renew() {
    try {
      this.top = this.frame.contentWindow.scrollY;
      this.frame.contentWindow.location.reload();
    } catch { this.frame.src = this.frame.getAttribute("src"); }
  }
});
