// The kiosk forgets: after data-seconds without a touch it asks, data-grace later every field, storage, cookie it may
// reach and the page itself are emptied and home replaces this page. data-counts shows the seconds without asking.
customElements.define("idle-wipe", class extends HTMLElement {
  connectedCallback() {
    this.left = this.querySelector("[data-left]");
    this.dialog = this.querySelector("dialog");
    this.touched = () => { if (!this.dialog?.open) this.idle = 0; };
    this.idle = 0;
    for (const kind of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(kind, this.touched, { passive: true, capture: true });
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-stays]")) { this.dialog.close(); this.idle = 0; }
      if (event.target.closest("[data-leaves]")) { event.preventDefault(); this.wipe(); }
    });
    this.timer = setInterval(() => this.second(), 1000);
    // Coming back by history must not show what the last person typed.
    addEventListener("pageshow", (event) => { if (event.persisted) this.wipe(); });
  }
  disconnectedCallback() { clearInterval(this.timer); }
  second() {
    this.idle += 1;
    const seconds = Number(this.dataset.seconds);
    const grace = this.dialog ? Number(this.dataset.grace) : 0;
    if (this.dialog && this.idle >= seconds && !this.dialog.open) this.dialog.showModal();
    const left = Math.max(0, seconds + grace - this.idle);
    if (this.left && (this.hasAttribute("data-counts") || this.dialog?.open)) this.left.textContent = left;
    if (left <= 0) this.wipe();
  }
  wipe() {
    clearInterval(this.timer);
    document.querySelectorAll("form").forEach((form) => form.reset());
    document.querySelectorAll("input:not([type=submit], [type=radio], [type=checkbox]), textarea").forEach((field) => { field.value = ""; });
    try { sessionStorage.clear(); localStorage.clear(); } catch { /* storage may be shut off */ }
    for (const pair of document.cookie.split(";")) document.cookie = `${pair.split("=")[0].trim()}=; Max-Age=0; Path=/`;
    getSelection()?.removeAllRanges();
    document.title = "";
    document.body.replaceChildren();
    location.replace(this.dataset.home);
  }
});
