// Shows what was chosen and how large it is. A file over the limit is named and the form is held back.
customElements.define("upload-files", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.input.addEventListener("change", () => this.show());
  }
  show() {
    const most = Number(this.dataset.most) * 1024 * 1024;
    const shown = this.querySelector(".upload-shown");
    shown.querySelectorAll("img").forEach((each) => URL.revokeObjectURL(each.src));
    const rows = [...this.input.files].map((file) => this.row(file, file.size > most));
    shown.replaceChildren(...rows);
    const large = [...this.input.files].find((file) => file.size > most);
    this.input.setCustomValidity(large ? `“${large.name}”太大了，每份不超过 ${this.dataset.most} MB，请重新拍一张` : "");
    if (large) this.input.reportValidity();
  }
  row(file, tooLarge) {
    const row = document.createElement("li");
    const words = document.createElement("div");
    const name = document.createElement("b");
    const size = document.createElement("span");
    name.textContent = file.name;
    const large = file.size >= 104858;
    size.textContent = `${large ? (file.size / 1048576).toFixed(1) : Math.ceil(file.size / 1024)} ${large ? "MB" : "KB"}${tooLarge ? "，太大了" : ""}`;
    words.append(name, size);
    row.classList.toggle("too-large", tooLarge);
    if (file.type.startsWith("image/")) {
      const picture = document.createElement("img");
      picture.alt = "";
      picture.src = URL.createObjectURL(file);
      row.append(picture, words);
    } else {
      row.append(this.querySelector("template").content.cloneNode(true), words);
    }
    return row;
  }
});
