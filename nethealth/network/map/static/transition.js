// From one state of the network to the next: people walk to their new places, and what is new is highlighted for a
// moment.

import { prefersReducedMotion } from "./elements.js";
import { SMALL_NETWORK } from "./labels.js";

/** @import { PersonIndex } from "./types" */
/** @import { Graph } from "./graph.js" */
/** @import { NetworkMap } from "./network_map.js" */

const HIGHLIGHT_MS = 4500;
const MOVE_MS = 700;
const MOST_HIGHLIGHTS = 60;

export class Transition {
  frame = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;

  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
  }

  /**
   * Move from the graph before to the map's new one.
   * @param {Graph} before
   * @param {{ isSameNetwork: boolean }} options of the same network, nothing is new
   */
  begin(before, { isSameNetwork }) {
    const { map } = this;
    const { graph } = map;
    /** @type {PersonIndex[]} */
    const newPeople = [];
    const positions = graph.copyPositions();
    graph.ids.forEach((id, person) => {
      const was = before.indexById.get(id);
      if (was === undefined) newPeople.push(person);
      else [positions.x[person], positions.y[person]] = [map.positions.x[was], map.positions.y[was]];
    });
    map.positions = positions;
    map.highlights = { people: new Map(), ties: new Set() };
    if (!isSameNetwork) this.chooseHighlights(before, newPeople);
    map.painter.prepare();
    map.legend.draw();
    map.updateCount();
    this.walk();
    if (map.highlights.people.size || map.highlights.ties.size) this.animateHighlights();
  }

  /**
   * Highlight what is new, unless most of the map is: then nothing stands out.
   * @param {Graph} before
   * @param {PersonIndex[]} newPeople
   */
  chooseHighlights(before, newPeople) {
    const { map } = this;
    const { graph } = map;
    if (!before.count || newPeople.length > Math.max(8, before.count / 4)) return;
    const known = new Set(before.from.map((_, tie) => before.tieId(tie)));
    const newTies = graph.from.map((_, tie) => tie).filter((tie) => !known.has(graph.tieId(tie)));
    if (newPeople.length + newTies.length > MOST_HIGHLIGHTS) return;
    const now = performance.now();
    for (const person of newPeople) map.highlights.people.set(graph.ids[person], now);
    map.highlights.ties = new Set(newTies);
  }

  walk() {
    cancelAnimationFrame(this.frame);
    const { map } = this;
    const { graph, positions } = map;
    const from = { x: Float64Array.from(positions.x), y: Float64Array.from(positions.y) };
    let farthest = 0;
    for (let person = 0; person < graph.count; person += 1)
      farthest = Math.max(
        farthest, Math.abs(from.x[person] - graph.x[person]), Math.abs(from.y[person] - graph.y[person]),
      );
    map.painter.placeRegions();
    if (farthest < 0.5) return this.settle();
    const begun = performance.now();
    const step = (/** @type {number} */ time) => {
      if (map.isRemoved) return;
      const share = prefersReducedMotion() ? 1 : Math.min(1, Math.max(0, time - begun) / MOVE_MS);
      const eased = 1 - (1 - share) ** 3;
      for (let person = 0; person < graph.count; person += 1) {
        positions.x[person] = from.x[person] + (graph.x[person] - from.x[person]) * eased;
        positions.y[person] = from.y[person] + (graph.y[person] - from.y[person]) * eased;
      }
      if (share === 1 || graph.count <= SMALL_NETWORK) map.painter.placeRegions();
      map.camera.startMoving();
      map.camera.net.redraw();
      if (share < 1) this.frame = requestAnimationFrame(step);
      else this.settle();
    };
    this.frame = requestAnimationFrame(step);
  }

  settle() {
    const { camera } = this.map;
    if (camera.isMoved) camera.net.redraw();
    else camera.fit(true);
  }

  animateHighlights() {
    clearTimeout(this.timer);
    const { map } = this;
    const begun = performance.now();
    const hasAny = () => map.highlights.people.size > 0 || map.highlights.ties.size > 0;
    const pulse = () => {
      if (map.isRemoved || prefersReducedMotion() || !hasAny()) return;
      map.camera.net.redraw();
      if (performance.now() - begun < HIGHLIGHT_MS) requestAnimationFrame(pulse);
    };
    if (map.highlights.people.size) requestAnimationFrame(pulse);
    else map.camera.net.redraw();
    this.timer = setTimeout(() => {
      if (map.isRemoved) return;
      map.highlights = { people: new Map(), ties: new Set() };
      map.camera.net.redraw();
    }, HIGHLIGHT_MS);
  }

  stop() {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
  }
}
