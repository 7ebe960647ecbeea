// What a pointer does on the map: it moves, zooms, and chooses people and ties.

import { element } from "./elements.js";

const HINT_MS = 1800;

export class Gestures {
  isActive = false; // clicked, so that the wheel zooms
  wasMoved = false;

  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
    this.hint = element("div", "hint", "To zoom, hold Ctrl (or ⌘) and scroll. Or click the map first, then scroll.");
    // The wheel scrolls the page past the map; it zooms only with Ctrl or ⌘, after a click, or in the presenter view.
    map.stage.addEventListener(
      "wheel",
      (event) => {
        if (event.ctrlKey || event.metaKey || this.isActive || map.isPresenting) return;
        event.stopImmediatePropagation();
        this.hint.animate({ opacity: [0, 0.9, 0.9, 0.9, 0] }, HINT_MS);
      },
      { capture: true, passive: true },
    );
    map.stage.addEventListener("pointerdown", () => {
      this.isActive = true;
      this.wasMoved = map.camera?.isMoved ?? false;
    });
    // The browser took this touch to scroll the page, so it must not move the map.
    map.stage.addEventListener("pointercancel", () => {
      if (map.camera && !this.wasMoved) map.camera.fit(false);
    });
    map.stage.addEventListener("pointermove", (event) => map.tooltip.follow(event));
    map.root.addEventListener("pointerleave", () => {
      this.isActive = false;
      map.tooltip.hide();
    });
  }

  /** @param {ClickEvent["pointer"]} pointer @param {string} [pointerType] */
  handleClick(pointer, pointerType) {
    const { map } = this;
    map.search.results.replaceChildren();
    if (!map.viewMenu.root.hidden) map.viewMenu.toggle(false);
    // A finger needs 44 pixels.
    const reach = (pointerType === "touch" ? 22 : 6) / map.camera.net.getScale();
    const person = map.painter.personAt(pointer.canvas, reach);
    if (person !== null) return map.choosePerson(person, { flies: false });
    const tie = map.painter.tieAt(pointer.canvas, reach);
    if (tie === null) map.closePanel();
    else map.chooseTie(tie);
  }
}
