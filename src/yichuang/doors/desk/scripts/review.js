// The reviewer's desk: frequent phrases, which rows were looked at, a closer look at a picture.

customElements.define("opinion-phrases", class extends HTMLElement {
  connectedCallback() {
    const words = this.closest("form").elements.opinion;
    this.addEventListener("click", (event) => {
      const pressed = event.target.closest("[data-phrase]");
      if (!pressed) return;
      words.value = pressed.dataset.phrase;
      words.focus();
    });
  }
});

// What was looked at is this browser's own knowledge: bold until then, as in a letter box.
customElements.define("seen-rows", class extends HTMLElement {
  connectedCallback() {
    let seen = [];
    try { seen = JSON.parse(localStorage.getItem("seen-tasks") || "[]"); } catch { seen = []; }
    const here = location.pathname.match(/review\/(\d+)/);
    if (here && !seen.includes(here[1])) seen = [...seen, here[1]].slice(-500);
    try { localStorage.setItem("seen-tasks", JSON.stringify(seen)); } catch { /* a private window forgets it */ }
    this.querySelectorAll("[data-task]").forEach((row) => {
      if (!seen.includes(row.dataset.task)) return;
      row.classList.add("seen");
      const state = row.querySelector(".state");
      if (state) state.textContent = "看过";
    });
    this.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }
});

customElements.define("paper-viewer", class extends HTMLElement {
  connectedCallback() {
    const sheet = this.querySelector(".viewer-sheet");
    this.addEventListener("click", (event) => {
      const does = event.target.closest("[data-does]")?.dataset.does;
      if (does === "larger") {
        const larger = Number(sheet.dataset.larger || 1) % 3 + 1;
        if (larger === 1) delete sheet.dataset.larger; else sheet.dataset.larger = larger;
      } else if (does === "turn") {
        sheet.dataset.turned = (Number(sheet.dataset.turned || 0) + 1) % 4;
      }
    });
  }
});
