// From one state of the network to the next: people walk to their new places, and what is new is highlighted for a
// moment.

import { prefersReducedMotion } from "./elements.js";
import { SMALL_NETWORK } from "./labels.js";

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

  /** @param {Graph} before @param {{ isSameNetwork: boolean }} options of the same network, nothing is new */
  begin(before, { isSameNetwork }) {
    const { map } = this;
    const { graph } = map;
    const positions = graph.copyPositions();
    graph.ids.forEach((id, person) => {
      const was = before.indexById.get(id);
      if (was !== undefined) [positions.x[person], positions.y[person]] = [map.positions.x[was], map.positions.y[was]];
    });
    map.positions = positions;
    map.highlights = isSameNetwork ? noHighlights() : whatIsNew(graph, before);
    map.prepare();
    this.walk();
    this.animateHighlights();
  }

  walk() {
    cancelAnimationFrame(this.frame);
    const { map } = this;
    const { graph, positions } = map;
    const from = { x: Float64Array.from(positions.x), y: Float64Array.from(positions.y) };
    map.painter.placeRegions();
    const isFar = (/** @type {number} */ at) => Math.abs(from.x[at] - graph.x[at]) + Math.abs(from.y[at] - graph.y[at]) > 0.5;
    if (![...from.x.keys()].some(isFar)) return this.settle();
    const begun = performance.now();
    const step = (/** @type {number} */ time) => {
      if (map.isRemoved) return;
      const share = prefersReducedMotion() ? 1 : Math.min(1, Math.max(0, time - begun) / MOVE_MS);
      const eased = 1 - (1 - share) ** 3;
      for (const axis of /** @type {const} */ (["x", "y"]))
        positions[axis].forEach((_, at) => (positions[axis][at] = from[axis][at] + (graph[axis][at] - from[axis][at]) * eased));
      if (share === 1 || graph.count <= SMALL_NETWORK) map.painter.placeRegions();
      map.camera.startMoving();
      map.redraw();
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

  // Until they are over, highlights of people grow and fade; those of ties stay as they are.
  animateHighlights() {
    clearTimeout(this.timer);
    const { map } = this;
    const pulse = () => {
      if (map.isRemoved || !map.highlights.people.size || prefersReducedMotion()) return;
      map.redraw();
      requestAnimationFrame(pulse);
    };
    pulse();
    this.timer = setTimeout(() => {
      map.highlights = noHighlights();
      map.redraw();
    }, HIGHLIGHT_MS);
  }
}

/** @returns {Highlights} */
export function noHighlights() {
  return { people: new Set(), ties: new Set(), begun: 0 };
}

/**
 * What one graph has that another didn't; nothing if that is most of it, because then nothing would stand out.
 * @param {Graph} graph @param {Graph} before
 */
function whatIsNew(graph, before) {
  const people = [...graph.ids.keys()].filter((person) => !before.indexById.has(graph.ids[person]));
  if (!before.count || people.length > Math.max(8, before.count / 4)) return noHighlights();
  const known = new Set(before.from.map((_, tie) => before.tieId(tie)));
  const ties = [...graph.from.keys()].filter((tie) => !known.has(graph.tieId(tie)));
  if (people.length + ties.length > MOST_HIGHLIGHTS) return noHighlights();
  return { people: new Set(people), ties: new Set(ties), begun: performance.now() };
}
