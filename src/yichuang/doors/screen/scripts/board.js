// <call-voice>: says each call twice, one after another, never over one another. Browsers speak only after a touch, so a
// button asks for one until then. Calls that are heard late, after a lost connection, are shown but not said.
const LATE_SECONDS = 60;
customElements.define("call-voice", class extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.ahead = (Date.parse(document.querySelector("time[data-clock]")?.dateTime) || Date.now()) - Date.now();
    this.waiting = [];
    if (!("speechSynthesis" in window)) return;
    this.button.hidden = false;
    this.button.addEventListener("click", () => { this.button.hidden = true; this.on = true; this.say("喊号声已打开"); });
    document.addEventListener("live:event", (event) => this.hear(event.detail));
  }
  hear({ type, data }) {
    if (!this.on || !["ticket_called", "ticket_recalled"].includes(type)) return;
    if (Date.parse(data.at) < Date.now() + this.ahead - LATE_SECONDS * 1000) return;
    const words = `请${[...data.number].join(" ")}号，到${data.window}号窗口`;
    this.say(words);
    this.say(words);
  }
  say(words) {
    const said = new SpeechSynthesisUtterance(words);
    said.lang = "zh-CN";
    said.rate = 0.9;
    speechSynthesis.speak(said);
  }
});
