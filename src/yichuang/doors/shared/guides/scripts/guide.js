// The list follows the answers at once: the same page is asked for again, and the regions marked data-follows change.
for (const form of document.querySelectorAll("form[data-situation]")) {
  let under = null;
  const follow = async () => {
    under?.abort();
    under = new AbortController();
    const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
    const fresh = await page(address, { signal: under.signal });
    if (!fresh) return;
    const { name, value } = document.activeElement;
    for (const region of document.querySelectorAll("[data-follows]")) {
      const next = fresh.getElementById(region.id);
      const open = region.querySelector("details")?.open;
      region.innerHTML = next ? next.innerHTML : "";
      if (open) region.querySelector("details")?.setAttribute("open", "");
    }
    if (name && document.activeElement === document.body) {
      document.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`)?.focus();
    }
    history.replaceState(null, "", address);
  };
  form.addEventListener("change", follow);
}

async function page(address, options) {
  const headers = { Accept: "text/html" };
  const answer = await fetch(address, { headers, ...options }).catch(() => null);
  return answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

// 看懂了吗: the thanks stand where the question stood. Who has answered is not asked again in this browser today;
// nothing of that leaves it.
class GuideAnswer extends HTMLElement {
  connectedCallback() {
    this.place = `understood:${location.pathname}`;
    if (this.kept() === new Date().toDateString()) this.classList.add("is-answered");
    this.addEventListener("submit", (event) => this.send(event));
  }

  async send(event) {
    event.preventDefault();
    const body = new FormData(event.target, event.submitter);
    const fresh = await page(event.target.action, { method: "POST", body });
    const thanks = fresh?.querySelector("#understood [role=status]");
    if (!thanks) return event.target.submit();
    this.kept(new Date().toDateString());
    this.replaceWith(thanks);
    document.getElementById("understood").focus();
  }

  kept(day) {
    try {
      if (day) localStorage.setItem(this.place, day);
      return localStorage.getItem(this.place);
    } catch {
      return null;
    }
  }
}
customElements.define("guide-answer", GuideAnswer);

// 朗读: offered only where the device itself has a Chinese voice; nothing is read by a service somewhere else.
class ReadAloud extends HTMLElement {
  connectedCallback() {
    if (!("speechSynthesis" in window)) return;
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => (this.reading ? this.stop() : this.start()));
    const offer = () => {
      this.voice = speechSynthesis.getVoices().find((each) => each.localService && /^zh(-|_|$)/i.test(each.lang));
      this.hidden = !this.voice;
    };
    speechSynthesis.addEventListener?.("voiceschanged", offer);
    offer();
    window.addEventListener("pagehide", () => this.stop());
  }

  start() {
    const pieces = document
      .getElementById(this.getAttribute("for"))
      .querySelectorAll(
        "h1, h2, h3, .lead p, .promise > div, .verdict p, .where :is(dt, dd), .materials li, .papers-more li, .mistakes li, .steps li, .turns li, tr"
      );
    const texts = [...pieces]
      .filter((piece) => piece.checkVisibility?.() ?? true)
      .map((piece) => piece.innerText.replace(/\s+/g, "，"))
      .filter(Boolean);
    this.say(true);
    texts.forEach((text, place) => {
      const words = new SpeechSynthesisUtterance(text);
      words.voice = this.voice;
      words.lang = this.voice.lang;
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
