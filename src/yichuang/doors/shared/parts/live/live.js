// <live-region data-stream data-fragment data-events="called taken" data-quiet="10">
// Each event of the stream fetches the fragment again (one at a time, never queued twice) and swaps it in; each also
// rises as "live:event" with {type, data, id}, for the voice. Nothing heard for data-quiet seconds puts class "stale" on
// the page. The browser reconnects by itself and names the last event; a closed stream is opened anew.
customElements.define("live-region", class extends HTMLElement {
  connectedCallback() {
    this.lastId = this.dataset.since || "";
    this.heardAt = Date.now();
    this.open();
    this.watch = setInterval(() => {
      const quiet = (Date.now() - this.heardAt) / 1000;
      document.documentElement.classList.toggle("stale", quiet > Number(this.dataset.quiet));
      const waited = (Date.now() - Math.max(this.openedAt, this.heardAt)) / 1000;
      if (waited > (this.source.readyState === EventSource.CLOSED ? 2 : 2 * Number(this.dataset.quiet))) this.open();
    }, 1000);
  }
  disconnectedCallback() { clearInterval(this.watch); this.source?.close(); }
  open() {
    this.source?.close();
    const address = new URL(this.dataset.stream, location.href);
    if (this.lastId) address.searchParams.set("last_event_id", this.lastId);
    this.source = new EventSource(address);
    this.openedAt = Date.now();
    this.source.onopen = () => { this.heardAt = Date.now(); this.swap(); };
    this.source.addEventListener("heartbeat", () => { this.heardAt = Date.now(); });
    for (const name of ["message", ...(this.dataset.events || "").split(/\s+/).filter(Boolean)]) {
      this.source.addEventListener(name, (event) => this.hear(event));
    }
  }
  hear(event) {
    this.heardAt = Date.now();
    if (event.lastEventId) this.lastId = event.lastEventId;
    let told = event.data;
    try { told = JSON.parse(event.data); } catch { /* plain words */ }
    this.dispatchEvent(new CustomEvent("live:event", { bubbles: true, detail: { type: event.type, data: told, id: event.lastEventId } }));
    this.swap();
  }
  async swap() {
    if (!this.dataset.fragment) return;
    if (this.fetching) { this.again = true; return; }
    this.fetching = true;
    try {
      const answer = await fetch(this.dataset.fragment, { headers: { "HX-Request": "true" }, cache: "no-store" });
      if (answer.ok) {
        this.innerHTML = await answer.text();
        this.dispatchEvent(new CustomEvent("live:swapped", { bubbles: true }));
      }
    } catch { /* the stream says when it is back */ }
    this.fetching = false;
    if (this.again) { this.again = false; this.swap(); }
  }
});
