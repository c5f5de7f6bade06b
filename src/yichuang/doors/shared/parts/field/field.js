// What was typed outlives a refusal. It is kept in this tab from the press until the next page: a refusal page holds it,
// going back puts it into the form again, any other page forgets it. Never passwords or files, never on a kiosk.
if (document.documentElement.dataset.door !== "kiosk") {
  const place = location.pathname + location.search;
  const box = {
    read() { try { return JSON.parse(sessionStorage.getItem("typed")); } catch { return null; } },
    write(kept) { try { sessionStorage.setItem("typed", JSON.stringify(kept)); } catch { /* storage may be shut off */ } },
    empty() { try { sessionStorage.removeItem("typed"); } catch { /* the same */ } },
  };
  const fields = (form) => [...form.elements].filter(
    (each) => each.name && !/^(hidden|password|file|submit|button)$/.test(each.type) && each.autocomplete !== "one-time-code");
  const again = () => {
    const kept = box.read();
    if (!kept) return;
    if (document.querySelector(".refusal")) { box.write({ ...kept, refused: true }); return; }
    const form = kept.refused && kept.place === place && [...document.forms].find((each) => each.action === kept.action);
    if (form) {
      for (const each of fields(form)) {
        const said = kept.typed[each.name];
        if (!said) continue;
        if (each.type === "radio" || each.type === "checkbox") each.checked = said.includes(each.value);
        else each.value = said.shift() ?? each.value;
      }
    }
    box.empty();
  };
  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.closest("[data-forgets], .refusal")) return;
    const typed = {};
    for (const each of fields(form)) {
      if (/^(radio|checkbox)$/.test(each.type)) { typed[each.name] ??= []; if (each.checked) typed[each.name].push(each.value); }
      else (typed[each.name] ??= []).push(each.value);
    }
    box.write({ place, action: form.action, typed });
  });
  addEventListener("pageshow", again);
}
