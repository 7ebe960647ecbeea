// Names on the map: the best connected first, never one over another, and more of them the closer the reader looks.

import { isolateDirection, truncate, withAlpha } from "./elements.js";
import { SHORT_NAME } from "./graph.js";

/** @import { Bounds, Box, PersonIndex, Point, Viewport } from "./types" */
/** @import { NetworkMap } from "./network_map.js" */

/** @typedef {{ person: PersonIndex, text: string, font: string, dx: number, dy: number, box: Box }} Label */
/** @typedef {Viewport & { isMoving: boolean }} Frame */

export const SMALL_NETWORK = 400; // up to so many people, everything is drawn in full even while the map moves
const FEWEST_LETTERS = 4; // a list shows at least this much of a name, or nothing

export class Labels {
  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
    /** @type {Map<string, number>} */
    this.widths = new Map();
    /** @type {Label[]} */
    this.last = [];
  }

  /** @param {number} width of the stage, in pixels */
  fontSize(width) {
    if (width < 560) return this.map.isPresenting ? 13 : 11.5;
    return this.map.isPresenting ? Math.max(18, Math.round(width / 74)) : 13;
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {string} font
   * @param {string} text
   */
  textWidth(pen, font, text) {
    const name = `${font}|${text}`;
    let width = this.widths.get(name);
    if (width === undefined) {
      if (this.widths.size > 40_000) this.widths.clear();
      pen.font = font;
      width = pen.measureText(text).width;
      this.widths.set(name, width);
    }
    return width;
  }

  /**
   * As much of a text as fits in so many pixels; empty if that is too little to read.
   * @param {number} room
   * @param {{ pen: CanvasRenderingContext2D, font: string, text: string }} label
   */
  fitText(room, { pen, font, text }) {
    let shown = text;
    for (let letters = [...text].length - 1; this.textWidth(pen, font, shown) > room; letters -= 1) {
      if (letters < FEWEST_LETTERS) return "";
      shown = truncate(text, letters);
    }
    return shown;
  }

  clearWidths() {
    this.widths.clear();
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Frame} frame
   */
  draw(pen, frame) {
    const { ratio, scale, origin, width, height, isMoving } = frame;
    const { graph, positions, colors } = this.map;
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.textBaseline = "alphabetic";
    pen.lineJoin = "round";
    const size = this.fontSize(width);
    const taken = graph.isolates ? [this.drawIsolatesLabel(pen, size, frame)] : [];
    // In large networks, names keep their places and lose their outline, which costs most, while the map moves.
    const isQuick = isMoving && graph.count > SMALL_NETWORK;
    if (!isQuick) this.last = this.placeLabels(pen, size, taken, frame);
    for (const { person, text, font, dx, dy } of this.last) {
      const [x, y] = [origin.x + positions.x[person] * scale + dx, origin.y + positions.y[person] * scale + dy];
      pen.font = font;
      if (x > width || y < 0 || y > height + size) continue;
      if (!isQuick) {
        pen.strokeStyle = withAlpha(colors.paper, 0.88);
        pen.lineWidth = size / 4 + 0.25;
        pen.strokeText(text, x, y);
      }
      pen.fillStyle = colors.ink;
      pen.fillText(text, x, y);
    }
    pen.restore();
  }

  /**
   * Write what the area of isolates is, and return the room that it takes.
   * @param {CanvasRenderingContext2D} pen
   * @param {number} size
   * @param {Frame} frame
   * @returns {Box}
   */
  drawIsolatesLabel(pen, size, frame) {
    const label = this.map.graph.isolates?.label ?? "";
    pen.font = `italic 500 ${size + 2}px ${this.map.data.fonts.title}`;
    // Measured each time, because this font may load after the one of the names.
    const w = pen.measureText(label).width;
    // A narrow area at the edge must neither cut its own heading off nor push it under the tools.
    const { left, right, top } = this.isolateBounds(frame);
    const end = frame.width - this.map.margins().side;
    const x = left + w > end && right < frame.width ? Math.max(10, end - w) : left;
    const y = top - 8;
    pen.fillStyle = this.map.colors.muted;
    pen.fillText(label, x, y);
    return { x, y: y - size - 4, w, h: size + 8 };
  }

  /**
   * Choose which names to show and where, each as an offset from its person on the screen.
   * @param {CanvasRenderingContext2D} pen
   * @param {number} size
   * @param {Box[]} taken
   * @param {Frame} frame
   * @returns {Label[]}
   */
  placeLabels(pen, size, taken, frame) {
    const { scale, origin, width, height } = frame;
    const { map } = this;
    const { graph, positions, painter } = map;
    const near = map.presenter.tour.namedPeople ?? map.neighborhood();
    const closeness = scale / (map.camera.fittedScale || scale);
    const most = Math.max(10, Math.round(((width * height) / (70 * size * size)) * closeness * closeness));
    const gap = closeness > 2.4 ? 1 : 4;
    const boxes = new BoxIndex(96);
    for (const box of taken) boxes.add(box);
    const peopleUnder = this.crowdCounter(frame);
    const columnWidth = graph.isolates?.columnWidth ?? 0;
    const first = [...(map.path ? map.path.people : []), ...(map.focus === null ? [] : [map.focus])];
    const isolates = columnWidth ? graph.ranked.filter((person) => !graph.ties[person]) : [];
    const area = this.isolateBounds(frame);
    /** @type {Label[]} */
    const placed = [];
    const done = new Set();
    let [count, tried] = [0, 0];
    for (const person of chain(first, isolates, graph.ranked)) {
      if (done.has(person) || !map.isShown(person) || (near && !near.has(person))) continue;
      if (count >= most && !near && !(columnWidth && !graph.ties[person])) break;
      if (tried > 12 * most + 400) break;
      done.add(person);
      const [x, y] = [origin.x + positions.x[person] * scale, origin.y + positions.y[person] * scale];
      if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
      tried += 1;
      const isStrong = map.isStrong(person);
      const isBold = isStrong || graph.ties[person] >= map.data.bold_from;
      const fontSize = isStrong ? size * 1.2 : size;
      const font = `${isBold ? 600 : 400} ${fontSize}px ${map.data.fonts.text}`;
      const name = map.nameOf(person);
      const isIsolate = graph.isolates !== null && !graph.ties[person];
      const isListed = isIsolate && columnWidth > 0;
      const radius = Math.max(2, painter.drawnRadius(person) * scale) + 3;
      let text = closeness > 1.6 || isStrong ? truncate(name, 40) : truncate(name, SHORT_NAME);
      // In a list, no name runs into the next column.
      if (isListed && !isStrong) text = this.fitText(columnWidth * scale - 2 * radius, { pen, font, text });
      if (!text) continue;
      text = isolateDirection(text);
      const w = this.textWidth(pen, font, text);
      const below = [-w / 2, radius + fontSize - 1];
      const above = [-w / 2, -radius - 3];
      const right = [radius + 1, fontSize * 0.34];
      const left = [-radius - w - 1, fontSize * 0.34];
      const spots = isListed ? [right] : graph.ties[person] ? [below, above, right, left] : [right, below, above, left];
      // Of the spots that cover no other name, take the one that covers the fewest people, and none that hides many.
      let best = null;
      for (const [dx, dy] of spots) {
        const [spotX, spotY] = [x + dx, y + dy];
        const box = isListed
          ? { x: spotX, y: spotY - fontSize * 0.9, w, h: fontSize * 0.95 }
          : { x: spotX - gap, y: spotY - fontSize - gap / 2, w: w + 2 * gap, h: fontSize + 3 + gap };
        if (boxes.overlaps(box)) continue;
        // A name in a dense block stays inside its area, next to which others stand.
        const leavesArea = spotX < area.left || spotX + w > area.right || spotY > area.bottom;
        if (isIsolate && !columnWidth && !isStrong && !near && leavesArea) continue;
        if (spotX < 2 || spotX + w > width - 2 || spotY < fontSize || spotY > height - 2) continue;
        const covered = peopleUnder({ x: spotX, y: spotY - fontSize + 2, w, h: fontSize });
        if (!best || covered < best.covered) best = { dx, dy, box, covered };
        if (!covered) break;
      }
      if (!best || (!isStrong && best.covered > (closeness > 1.6 || near ? 3 : 1))) continue;
      boxes.add(best.box);
      placed.push({ person, text, font, dx: best.dx, dy: best.dy, box: best.box });
      if (!isListed) count += 1;
    }
    return placed;
  }

  /**
   * Where the area of isolates is on the screen; all zero if there is none.
   * @param {{ scale: number, origin: Point }} frame
   * @returns {Bounds}
   */
  isolateBounds({ scale, origin }) {
    const { isolates } = this.map.graph;
    if (!isolates) return { left: 0, right: 0, top: 0, bottom: 0 };
    const [left, top] = [origin.x + isolates.x * scale, origin.y + isolates.y * scale];
    return { left, top, right: left + isolates.width * scale, bottom: top + isolates.height * scale };
  }

  /**
   * Make a function that counts how many people a box on the screen covers.
   * @param {Frame} frame
   * @returns {(box: Box) => number}
   */
  crowdCounter({ scale, origin, width, height }) {
    const { graph, positions, painter } = this.map;
    const boxes = new BoxIndex(48);
    for (let person = 0; person < graph.count; person += 1) {
      const [x, y] = [origin.x + positions.x[person] * scale, origin.y + positions.y[person] * scale];
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const radius = painter.radius[person] * scale * 0.6;
      boxes.addAt(x, y, { x: x - radius, y: y - radius, w: 2 * radius, h: 2 * radius });
    }
    return (box) => boxes.count(box, 12, 4);
  }
}

/**
 * @template Item
 * @param {...Item[]} lists
 */
function* chain(...lists) {
  for (const list of lists) yield* list;
}

// Boxes on the screen, found again by the squares of a grid.
class BoxIndex {
  /** @param {number} side of a square, in pixels */
  constructor(side) {
    this.side = side;
    /** @type {Map<number, Box[]>} */
    this.bySquare = new Map();
  }

  /**
   * Add a box in the square of one point only.
   * @param {number} x
   * @param {number} y
   * @param {Box} box
   */
  addAt(x, y, box) {
    this.addToSquare(Math.floor(x / this.side) * 4096 + Math.floor(y / this.side), box);
  }

  /**
   * @param {number} square
   * @param {Box} box
   */
  addToSquare(square, box) {
    const boxes = this.bySquare.get(square);
    if (boxes) boxes.push(box);
    else this.bySquare.set(square, [box]);
  }

  /**
   * @param {Box} box
   * @param {number} margin
   */
  *squares(box, margin) {
    for (let i = Math.floor((box.x - margin) / this.side); i <= (box.x + box.w + margin) / this.side; i += 1)
      for (let j = Math.floor((box.y - margin) / this.side); j <= (box.y + box.h + margin) / this.side; j += 1)
        yield i * 4096 + j;
  }

  /** @param {Box} box */
  add(box) {
    for (const square of this.squares(box, 0)) this.addToSquare(square, box);
  }

  /** @param {Box} box */
  overlaps(box) {
    for (const square of this.squares(box, 0))
      if (this.bySquare.get(square)?.some((other) => doOverlap(box, other))) return true;
    return false;
  }

  /**
   * @param {Box} box
   * @param {number} margin
   * @param {number} enough stop counting here
   */
  count(box, margin, enough) {
    let covered = 0;
    for (const square of this.squares(box, margin))
      for (const other of this.bySquare.get(square) || []) {
        if (doOverlap(box, other)) covered += 1;
        if (covered >= enough) return covered;
      }
    return covered;
  }
}

/**
 * @param {Box} a
 * @param {Box} b
 */
function doOverlap(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
