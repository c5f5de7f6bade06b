// A toast counts its seconds in words and goes. It waits while the pointer or the focus is on it.
customElements.define("toast-note", class extends HTMLElement {
  connectedCallback() {
    let left = Number(this.dataset.seconds || 10);
    if (!left) return;
    const words = this.querySelector("[data-left]");
    const show = () => { if (words) words.textContent = ` ${left} 秒`; };
    show();
    this.timer = setInterval(() => {
      if (this.matches(":hover, :focus-within")) return;
      left -= 1;
      show();
      if (left <= 0) this.remove();
    }, 1000);
  }
  disconnectedCallback() { clearInterval(this.timer); }
});
