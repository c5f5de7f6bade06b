// 复制：the whole text with its headings, lists and picture, into whatever editor it is pasted.
"use strict";
const said = document.querySelector("[data-copied]");

for (const button of document.querySelectorAll("[data-copies]")) {
  button.addEventListener("click", () => {
    const chosen = getSelection();
    const before = document.activeElement;
    chosen.selectAllChildren(document.getElementById(button.dataset.copies));
    const done = document.execCommand("copy");
    if (done) chosen.removeAllRanges();
    said.textContent = done ? "已复制，可以粘贴了。" : "没有复制成，文字已经选好，请按 Ctrl 加 C。";
    before?.focus();
    setTimeout(() => { said.textContent = ""; }, 4000);
  });
}
