// Shows who is under the pointer.

import { element } from "./elements.js";

export class Tooltip {
  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
    this.root = Object.assign(element("div", "tip"), { role: "status" });
  }

  hide() {
    this.root.classList.remove("visible");
  }

  /** @param {PointerEvent} event */
  follow(event) {
    const { map } = this;
    if (event.pointerType === "touch" || !map.camera || event.buttons || map.camera.isMoving) return;
    const scale = map.camera.net.getScale();
    const point = map.camera.net.DOMtoCanvas({ x: event.offsetX, y: event.offsetY });
    const person = map.painter.personAt(point, 3 / scale);
    const canSearchTies = map.graph.from.length <= 20_000;
    const tie = person === null && canSearchTies ? map.painter.tieAt(point, 4 / scale) : null;
    map.stage.style.cursor = person !== null || tie !== null ? "pointer" : "";
    if (person !== null && person !== map.focus) this.show(person);
    else this.hide();
  }

  /** @param {PersonIndex} person */
  show(person) {
    const { map } = this;
    const lines = [element("strong", "", map.nameOf(person)), element("span", "", map.tieCountText(person))];
    const attributes = map.graph.attributesOf(person, { showsNames: map.showsNames });
    for (const [, value] of attributes.slice(0, 2)) lines.push(element("span", "", value));
    this.root.replaceChildren(...lines);
    const place = map.camera.net.canvasToDOM({ x: map.positions.x[person], y: map.positions.y[person] });
    const half = this.root.offsetWidth / 2 + 4;
    const left = Math.min(Math.max(half, place.x), map.stage.clientWidth - half);
    const distance = map.painter.drawnRadius(person) * map.camera.net.getScale() + 10;
    this.root.style.left = `${left}px`;
    this.root.style.top = `${place.y + (place.y < 110 ? 1 : -1) * distance}px`;
    this.root.classList.toggle("below", place.y < 110);
    this.root.classList.add("visible");
  }
}
