// Who lies beneath the pointer, in a word beside it.

class Tip {
  constructor(map) {
    this.map = map;
    this.root = element("div", "tip");
    this.root.setAttribute("role", "status");
  }

  hide() {
    this.root.classList.remove("seen");
  }

  over(event) {
    const { map } = this;
    if (event.pointerType === "touch" || !map.camera || event.buttons || map.camera.moving) return;
    this.pointer = { x: event.offsetX, y: event.offsetY };
    this.hovering ??= requestAnimationFrame(() => {
      this.hovering = null;
      if (map.gone) return;
      const scale = map.camera.net.getScale();
      const point = map.camera.net.DOMtoCanvas(this.pointer);
      const at = map.painter.personAt(point, 3 / scale);
      const few = map.picture.from.length <= 20_000;
      const tie = at === null && few ? map.painter.tieAt(point, 4 / scale) : null;
      map.stage.style.cursor = at !== null || tie !== null ? "pointer" : "";
      if (at !== null && at !== map.focus) this.show(at);
      else this.hide();
    });
  }

  show(at) {
    const { map } = this;
    const lines = [element("strong", "", map.nameOf(at)), element("span", "", map.tiesInWords(at))];
    const about = map.picture.about(at, { named: map.named });
    for (const [, value] of about.slice(0, 2)) lines.push(element("span", "", value));
    this.root.replaceChildren(...lines);
    const place = map.camera.net.canvasToDOM({ x: map.place.x[at], y: map.place.y[at] });
    const half = this.root.offsetWidth / 2 + 4;
    const left = Math.min(Math.max(half, place.x), map.stage.clientWidth - half);
    const away = map.painter.drawnRadius(at) * map.camera.net.getScale() + 10;
    this.root.style.left = `${left}px`;
    this.root.style.top = `${place.y + (place.y < 110 ? 1 : -1) * away}px`;
    this.root.classList.toggle("below", place.y < 110);
    this.root.classList.add("seen");
  }
}
