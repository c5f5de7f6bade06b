// Strokes are kept as JSON of points in pad pixels, with the pad's size, so that they can be drawn again on paper.
customElements.define("signature-pad", class extends HTMLElement {
  connectedCallback() {
    if (document.readyState === "complete") this.begin();
    else addEventListener("load", () => this.begin(), { once: true });   // the pad's library may come after this script
  }
  begin() {
    if (!window.SignaturePad) return;
    const canvas = this.querySelector("canvas");
    const kept = this.querySelector("input[type=hidden]");
    const ink = getComputedStyle(this).color;
    const pad = new window.SignaturePad(canvas, { penColor: ink, minWidth: 1.5, maxWidth: 4 });
    const keep = () => {
      kept.value = pad.isEmpty() ? "" : JSON.stringify({
        width: canvas.offsetWidth, height: canvas.offsetHeight,
        strokes: pad.toData().map((stroke) => stroke.points.map((point) => [Math.round(point.x), Math.round(point.y), Math.round(point.time)])),
      });
      this.toggleAttribute("data-written", !pad.isEmpty());
    };
    const before = () => {   // what stood there when the page was refused and shown again
      const look = { penColor: ink, minWidth: 1.5, maxWidth: 4, dotSize: 0, velocityFilterWeight: 0.7, compositeOperation: "source-over" };
      try { return JSON.parse(kept.value).strokes.map((points) => ({ ...look, points: points.map(([x, y, time]) => ({ x, y, time, pressure: 0.5 })) })); } catch { return []; }
    };
    const fit = () => {
      const ratio = Math.max(window.devicePixelRatio || 1, 1);
      const written = pad.isEmpty() ? before() : pad.toData();
      canvas.width = canvas.offsetWidth * ratio;
      canvas.height = canvas.offsetHeight * ratio;
      canvas.getContext("2d").scale(ratio, ratio);
      pad.clear();
      if (written.length) pad.fromData(written);
    };
    pad.addEventListener("endStroke", keep);
    this.querySelector(".pad-again").addEventListener("click", () => { pad.clear(); keep(); });
    addEventListener("resize", fit);
    requestAnimationFrame(fit);
  }
});
