// <a href="#ask" data-opens> opens the dialog of that id; data-closes inside it closes it.
addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const closer = event.target.closest("dialog [data-closes]");
  if (opener) {
    const asked = document.getElementById(opener.dataset.opens || opener.hash.slice(1));
    if (!asked) return;
    event.preventDefault();
    if (!asked.open) asked.showModal();
  } else if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
});
// A refusal's way back keeps what was typed: the browser still has the form.
addEventListener("click", (event) => {
  if (!event.target.closest("[data-goes-back]") || !document.referrer.startsWith(location.origin) || history.length < 2) return;
  event.preventDefault();
  history.back();
});
