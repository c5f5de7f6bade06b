// The summary is read first; the page begins there.
document.querySelector(".error-summary[tabindex]")?.focus();
