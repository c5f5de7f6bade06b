// data-key="F2", "Ctrl+K", "Alt+1" or "S" on a button, link or field presses it. Single letters sleep inside text
// fields and can be switched off for this browser (WCAG 2.1.4): a control with data-keys-switch.
{
  const root = document.documentElement;
  let silent = false;
  try { silent = localStorage.getItem("keys") === "off"; } catch { silent = false; }
  root.dataset.keys = silent ? "off" : "on";
  const writing = (element) => element.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
  const named = (event) => {
    const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
    return [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", key].filter(Boolean).join("+");
  };
  addEventListener("keydown", (event) => {
    if (event.isComposing || event.repeat || event.defaultPrevented) return;
    const name = named(event);
    const plain = name.length === 1 || name === "Space";
    if (plain && (root.dataset.keys === "off" || writing(event.target))) return;
    if (name === "Ctrl+Z" && writing(event.target)) return;
    const within = document.querySelector("dialog[open]") || document;
    const wanted = [...within.querySelectorAll("[data-key]")].find(
      (each) => each.dataset.key.replaceAll(" ", "+") === name && !each.disabled && each.offsetParent !== null);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.matches("input:not([type=checkbox], [type=radio]), textarea, select")) { wanted.focus(); wanted.select?.(); }
    else if (wanted.hasAttribute("data-focuses")) { (document.getElementById(wanted.dataset.focuses) || wanted).focus(); }
    else { wanted.click(); }
  });
  addEventListener("click", (event) => {
    if (!event.target.closest("[data-keys-switch]")) return;
    root.dataset.keys = root.dataset.keys === "off" ? "on" : "off";
    try { localStorage.setItem("keys", root.dataset.keys); } catch { /* a private window forgets it */ }
  });
}
