// Ticks of a saved list stay in this browser until the list is gone.
class TickedList extends HTMLElement {
  connectedCallback() {
    const place = `list:${this.getAttribute("for")}`;
    const boxes = [...this.querySelectorAll("input")];
    try {
      const ticked = JSON.parse(localStorage.getItem(place) || "[]");
      for (const box of boxes) box.checked = ticked.includes(box.id);
      this.addEventListener("change", () => {
        localStorage.setItem(place, JSON.stringify(boxes.filter((box) => box.checked).map((box) => box.id)));
      });
    } catch {
      // A browser that keeps nothing still shows the boxes.
    }
  }
}
customElements.define("ticked-list", TickedList);
