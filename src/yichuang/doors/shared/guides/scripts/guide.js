// The list follows the answers at once: the same page is asked for again, and the regions marked data-follows change.
for (const form of document.querySelectorAll("form[data-situation]")) {
  let asked = 0;
  const follow = async () => {
    const mine = ++asked;
    const address = `${form.action.split("#")[0]}?${new URLSearchParams(new FormData(form))}`;
    const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer || !answer.ok || mine !== asked) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const { name, value } = document.activeElement;
    for (const region of document.querySelectorAll("[data-follows]")) {
      const next = fresh.getElementById(region.id);
      if (next) region.innerHTML = next.innerHTML;
    }
    if (name && document.activeElement === document.body) {
      document.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`)?.focus();
    }
    history.replaceState(null, "", address);
  };
  form.addEventListener("change", follow);
}

// 朗读: the page is read aloud piece by piece by the device's own voice; pressed again it stops.
class ReadAloud extends HTMLElement {
  connectedCallback() {
    if (!("speechSynthesis" in window)) return;
    this.hidden = false;
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => (this.reading ? this.stop() : this.start()));
    window.addEventListener("pagehide", () => this.stop());
  }

  start() {
    const pieces = document
      .getElementById(this.getAttribute("for"))
      .querySelectorAll("h1, h2, h3, .lead p, dt, dd, .materials li, .papers-more li, .steps li, tr");
    const texts = [...pieces].map((piece) => piece.innerText.replace(/\s+/g, "，")).filter(Boolean);
    this.say(true);
    texts.forEach((text, place) => {
      const words = new SpeechSynthesisUtterance(text);
      words.lang = "zh-CN";
      words.rate = 0.9;
      if (place === texts.length - 1) words.onend = () => this.say(false);
      speechSynthesis.speak(words);
    });
  }

  stop() {
    speechSynthesis.cancel();
    this.say(false);
  }

  say(reading) {
    this.reading = reading;
    this.button.setAttribute("aria-pressed", String(reading));
    this.button.querySelector("span").textContent = reading ? "停止" : "朗读";
  }
}
customElements.define("read-aloud", ReadAloud);
