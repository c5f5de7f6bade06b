// A press is answered at once: the button shows it is busy. Doubles are caught by the client key, not here.
document.documentElement.dataset.script = "";
addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "dialog") return;
  const pressed = event.submitter;
  if (pressed && pressed.matches(".button")) {
    pressed.dataset.busy = "";
    setTimeout(() => delete pressed.dataset.busy, 8000);
  }
});
addEventListener("pageshow", () => document.querySelectorAll("[data-busy]").forEach((each) => delete each.dataset.busy));
addEventListener("click", (event) => {
  if (event.target.closest("[data-prints]")) print();
});
