// What changed since another wave, and who could meet, drawn over the map: connections that are new, lost, or suggested,
// and people who joined or left. It plays once and then stays; where the reader prefers less motion, it only stays.

import { placeOf } from "./arrange.js";
import { withAlpha } from "./colors.js";
import { keyOf } from "./controls.js";
import { lineIcon, prefersReducedMotion, shapeIcon } from "./elements.js";

/** @typedef {{ from: PersonIndex, to: PersonIndex | Point }} Line */

const BEFORE_MS = 1300; // the earlier wave, as it was
const LEAVING_MS = 1300; // what is lost turns into dashes
const ARRIVING_MS = 1700; // what is new grows
const [NEW_WIDTH, THIN_WIDTH] = [3, 2]; // in pixels; thin for connections of people who left
const LOST_DASHES = [9, 6];
const PAIR_DASHES = [2, 7];
const MARK_RADIUS = 8; // of people who left, and at least of those who joined, in pixels

export class Changes {
  /** When it began, in ms; it is over long before now unless it plays. */
  begun = -Infinity;
  frame = 0;

  /** @param {NetworkMap} map @param {TourStep} step */
  constructor(map, { changes, pairs }) {
    const { graph } = map;
    this.map = map;
    /** @returns {Line[]} */
    const lines = (/** @type {[string, string][]} */ among = []) =>
      among.map((ids) => graph.indexes(ids)).flatMap(([from, to]) => (to === undefined ? [] : [{ from, to }]));
    this.pairs = lines(pairs);
    this.added = lines(changes?.new);
    this.brought = lines(changes?.brought);
    this.lost = lines(changes?.lost);
    this.joined = new Set(graph.indexes(changes?.joined ?? []));
    // Those who have left since are not named.
    this.newcomers = new Set([...this.joined, ...graph.indexes(changes?.passed ?? [])]);
    /** Where people stood who left. */
    this.left = changes?.left ?? [];
    this.gone = this.left.flatMap((to) => graph.indexes(to.near).map((from) => ({ from, to })));
    const drawn = new Set([...(changes?.new ?? []), ...(changes?.brought ?? [])].map((ids) => [...ids].sort().join("-")));
    /** @type {Set<TieIndex>} ties that are drawn here and not by the painter */
    this.ties = new Set([...graph.from.keys()].filter((tie) => drawn.has(graph.tieId(tie))));
    this.everyoneBefore = new Set([...graph.ids.keys()].filter((person) => !this.newcomers.has(person)));
  }

  /** @param {PersonIndex | Point} end */
  placeOf(end) {
    const { graph, positions } = this.map;
    return typeof end === "number" ? { x: positions.x[end], y: positions.y[end] } : placeOf(end, graph.stretch);
  }

  // People who stand out until what is new arrives; null for everyone.
  get peopleBefore() {
    return this.arriving > 0 ? null : this.everyoneBefore;
  }

  get leaving() {
    return between(0, (performance.now() - this.begun - BEFORE_MS) / LEAVING_MS, 1);
  }

  get arriving() {
    const start = this.begun + (this.pairs.length ? 0 : BEFORE_MS + LEAVING_MS);
    return between(0, (performance.now() - start) / ARRIVING_MS, 1);
  }

  play() {
    if (prefersReducedMotion()) return;
    this.begun = performance.now();
    let hasArrived = false;
    const step = () => {
      if (this.map.isRemoved) return;
      if (this.arriving > 0 && !hasArrived) {
        hasArrived = true;
        this.map.restyle();
      } else this.map.redraw();
      if (this.arriving < 1) this.frame = requestAnimationFrame(step);
    };
    this.map.restyle();
    this.frame = requestAnimationFrame(step);
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.begun = -Infinity;
  }

  /** @param {CanvasRenderingContext2D} pen in map units @param {number} scale map units to pixels */
  drawLines(pen, scale) {
    const { leaving, arriving } = this;
    const { added, joined, lost } = this.colors;
    pen.save();
    pen.lineCap = "round";
    const gone = { color: withAlpha(lost, 0.35 + 0.5 * leaving), dashes: leaving > 0 ? LOST_DASHES : [] };
    this.stroke(pen, scale, this.lost, { ...gone, width: NEW_WIDTH - 1 });
    this.stroke(pen, scale, this.gone, { ...gone, width: THIN_WIDTH });
    const arrived = { color: withAlpha(added, 0.95), dashes: [], share: arriving };
    this.stroke(pen, scale, this.added, { ...arrived, width: NEW_WIDTH });
    this.stroke(pen, scale, this.brought, { ...arrived, color: joined, width: NEW_WIDTH });
    this.stroke(pen, scale, this.pairs, { ...arrived, width: NEW_WIDTH, dashes: PAIR_DASHES });
    pen.restore();
  }

  /** @param {CanvasRenderingContext2D} pen in map units @param {number} scale map units to pixels */
  drawMarks(pen, scale) {
    const { paper } = this.map.colors;
    const { joined, lost } = this.colors;
    pen.save();
    pen.lineWidth = (2.5 * this.boldness) / scale;
    [pen.strokeStyle, pen.fillStyle] = [lost, paper];
    const radius = (MARK_RADIUS * this.boldness) / scale;
    for (const place of this.left) this.circle(pen, this.placeOf(place), radius);
    pen.globalAlpha = this.arriving;
    [pen.strokeStyle, pen.fillStyle] = [paper, joined];
    for (const person of this.newcomers)
      this.circle(pen, this.placeOf(person), Math.max(this.map.painter.drawnRadius(person), radius));
    pen.restore();
  }

  // On a phone, thick lines would cover all others.
  get boldness() {
    return between(0.4, this.map.stage.clientWidth / 1200, 1);
  }

  get colors() {
    const { ink, accent, lines } = this.map.colors;
    return { added: ink, joined: accent, lost: lines[0].color };
  }

  keys() {
    const { added, joined, lost } = this.colors;
    const unchanged = { color: this.map.colors.other, dashes: [], width: 1.5 };
    const isWave = !this.pairs.length;
    /** @type {[boolean, Element, string][]} */
    const keys = [
      [isWave, lineIcon(unchanged), "Kept"],
      [this.added.length > 0, lineIcon({ color: added, dashes: [], width: 4 }), "New"],
      [this.lost.length + this.gone.length > 0, lineIcon({ color: lost, dashes: [6, 4], width: 3 }), "Lost"],
      [this.newcomers.size > 0, dotIcon(joined, joined), "Joined"],
      [this.brought.length > 0, lineIcon({ color: joined, dashes: [], width: 4 }), "Their connections"],
      [this.left.length > 0, dotIcon("none", lost), "Left"],
    ];
    return keys.filter(([isThere]) => isThere).map(([, icon, label]) => keyOf(icon, label));
  }

  /**
   * @param {CanvasRenderingContext2D} pen @param {number} scale @param {Line[]} lines
   * @param {{ color: string, width: number, dashes: number[], share?: number }} style share: how much of each is drawn
   */
  stroke(pen, scale, lines, { color, width, dashes, share = 1 }) {
    if (!lines.length || !share) return;
    pen.strokeStyle = color;
    pen.lineWidth = (width * this.boldness) / scale;
    pen.setLineDash(dashes.map((length) => length / scale));
    pen.beginPath();
    for (const line of lines) {
      const [from, to] = [this.placeOf(line.from), this.placeOf(line.to)];
      pen.moveTo(from.x, from.y);
      pen.lineTo(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
    }
    pen.stroke();
  }

  /** @param {CanvasRenderingContext2D} pen @param {Point} at @param {number} radius */
  circle(pen, at, radius) {
    pen.beginPath();
    pen.arc(at.x, at.y, radius, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
  }
}

/** @param {string} fill @param {string} stroke */
function dotIcon(fill, stroke) {
  const icon = shapeIcon("dot");
  Object.assign(icon.style, { fill, stroke, strokeWidth: "0.35" });
  return icon;
}

/** @param {number} low @param {number} value @param {number} high */
function between(low, value, high) {
  return Math.min(high, Math.max(low, value));
}
