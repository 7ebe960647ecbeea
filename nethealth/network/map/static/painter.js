// Draws ties and people on vis-network's canvas, one path for all that look alike. Among thousands this takes a half to
// a third of the time that the library's own drawing takes.

import { prefersReducedMotion, traceShape, withAlpha } from "./elements.js";
import { SMALL_NETWORK } from "./labels.js";

/** @import { Bounds, PersonIndex, Point, TieIndex, View } from "./types" */
/** @import { Graph } from "./graph.js" */
/** @import { NetworkMap } from "./network_map.js" */

/** @typedef {{ emphasis: number, width: number, kind: number, isUnconfirmed: boolean, ties: TieIndex[] }} Bundle */

const LARGE_NETWORK = 1_500;
const MOST_TIES_WHILE_MOVING = 2_500;
const SHAPES_PER_PATH = 24; // measured close up: longer paths take longer than their parts
const LINE_WIDTHS = [0.9, 1.5, 2.2, 3.1, 4];
const DEFAULT_WIDTH = 1; // the place of the width that ties have if no tie has a strength
const MOST_OVERLAP = 1.15; // the median person's and their nearest neighbor's radius, as a share of their distance
const DARK_BOOST = 1.3; // lines of the same opacity are harder to see on a dark page
const [FAINT, PLAIN, STRONG] = [0, 1, 2]; // emphasis of people
const [HIDDEN, DIM, USUAL, NEAR, ON_PATH] = [0, 1, 2, 3, 4]; // emphasis of ties

export class Painter {
  radius = new Float64Array();
  emphasis = new Uint8Array();
  /** @type {PersonIndex[]} those drawn last are on top */
  order = [];
  /** @type {Bundle[]} ties that look alike, drawn in this order */
  bundles = [];
  minRadius = 1.5; // in pixels
  scale = 1;

  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
    /** @type {Map<string, CanvasPattern | null>} */
    this.hatches = new Map();
  }

  // Work out sizes, emphasis, and which ties look alike: once per change, not per frame.
  prepare() {
    const { map } = this;
    const { graph, view } = map;
    const near = map.neighborhood();
    this.radius = sizes(graph, view.size);
    const share = sizeLimit(graph, this.radius);
    if (share < 1) this.radius = this.radius.map((radius) => radius * share);
    this.emphasis = new Uint8Array(graph.count);
    for (let person = 0; person < graph.count; person += 1) {
      const isShown = map.isShown(person) && (!near || near.has(person));
      const isStrong = map.isStrong(person);
      this.emphasis[person] = !isShown ? FAINT : isStrong ? STRONG : PLAIN;
    }
    this.order = Array.from({ length: graph.count }, (_, person) => person).sort(
      (a, b) => this.emphasis[a] - this.emphasis[b] || this.radius[b] - this.radius[a],
    );
    // The more thousands there are, the smaller the dots may get before they would cover each other.
    this.minRadius = graph.count > 8_000 ? 1 : graph.count > 3_000 ? 1.25 : 1.5;
    this.bundles = this.bundleTies(near);
    this.hatches.clear();
  }

  /**
   * @param {TieIndex} tie
   * @param {{ has(person: PersonIndex): boolean } | null} near
   */
  tieEmphasis(tie, near) {
    const { map } = this;
    const { graph } = map;
    const [a, b] = [graph.from[tie], graph.to[tie]];
    if (!map.isShown(a) || !map.isShown(b)) return HIDDEN;
    const role = map.presenter.tour.roleOf(tie);
    if (role) return { hidden: HIDDEN, faint: DIM, usual: USUAL, near: NEAR }[role];
    if (map.path) return map.path.ties.includes(tie) ? ON_PATH : DIM;
    if (map.focusTie === tie) return ON_PATH;
    if (!near) return USUAL;
    if (a === map.focus || b === map.focus) return NEAR;
    return near.has(a) && near.has(b) ? USUAL : DIM;
  }

  /** @param {{ has(person: PersonIndex): boolean } | null} near */
  bundleTies(near) {
    const { graph, lines } = this.map;
    const weights = graph.measures[lines]?.values || graph.strength;
    const strongest = weights.reduce((/** @type {number} */ most, weight) => Math.max(most, weight ?? 0), 0);
    // Strengths have five steps. Shares have none, so the largest is thickest.
    const isShare = strongest <= 1 && weights.some((weight) => weight !== null && weight > 0 && weight < 1);
    const most = isShare ? strongest : Math.max(5, strongest);
    const isKnown = weights.some((weight) => weight !== null);
    /** @type {Map<string, Bundle>} */
    const bundles = new Map();
    for (let tie = 0; tie < graph.from.length; tie += 1) {
      const emphasis = this.tieEmphasis(tie, near);
      const share = Math.max(0, (weights[tie] ?? 0) / most);
      const step = Math.min(LINE_WIDTHS.length - 1, Math.floor(share * LINE_WIDTHS.length * 0.999));
      const width = isKnown ? step : DEFAULT_WIDTH;
      const kind = lines === "type" ? this.map.lineStyleOf(tie) : -1;
      const isUnconfirmed = graph.unconfirmed.has(tie);
      const name = `${emphasis} ${width} ${kind} ${isUnconfirmed}`;
      const bundle = bundles.get(name);
      if (bundle) bundle.ties.push(tie);
      else bundles.set(name, { emphasis, width, kind, isUnconfirmed, ties: [tie] });
    }
    return [...bundles.values()].sort((a, b) => a.emphasis - b.emphasis || a.width - b.width);
  }

  /** @param {Bundle} bundle */
  tieStyle({ emphasis, width, kind, isUnconfirmed }) {
    const { colors, data } = this.map;
    const line = kind >= 0 ? colors.lines[kind] : null;
    const usual = data.tie_opacity * (line ? 1.5 : 1) * (colors === data.palettes.dark ? DARK_BOOST : 1);
    const opacity = [0.03, 0.06, Math.min(1, usual), 0.95, 1][emphasis];
    const plain = emphasis === NEAR ? colors.ink : colors.muted;
    const color = emphasis === ON_PATH ? colors.accent : line ? line.color : plain;
    return {
      color: withAlpha(color, opacity),
      width: LINE_WIDTHS[width] + (emphasis === ON_PATH ? 2.5 : 0),
      dashes: isUnconfirmed ? [4, 5] : line ? line.dashes : [],
    };
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {{ scale: number, isMoving: boolean, visible: Bounds }} frame
   */
  draw(pen, { scale, isMoving, visible }) {
    this.scale = scale;
    this.drawTies(pen, isMoving, visible);
    this.drawHighlights(pen);
    this.map.presenter.tour.drawLines(pen, scale);
    if (this.map.graph.count > (isMoving ? SMALL_NETWORK : LARGE_NETWORK)) this.drawCrowd(pen, visible);
    else this.drawPeople(pen, visible);
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {boolean} isMoving
   * @param {Bounds} visible
   */
  drawTies(pen, isMoving, visible) {
    const { graph, positions } = this.map;
    const { x, y } = positions;
    // While a large map moves, only some of its ties are drawn; the rest come back when it is still.
    const count = graph.from.length;
    const step = isMoving && count > MOST_TIES_WHILE_MOVING ? Math.ceil(count / MOST_TIES_WHILE_MOVING) : 1;
    pen.lineCap = "butt";
    for (const bundle of this.bundles) {
      if (step > 1 && bundle.emphasis < USUAL) continue;
      const { color, width, dashes } = this.tieStyle(bundle);
      const bundleStep = bundle.emphasis > USUAL ? 1 : step;
      pen.strokeStyle = color;
      pen.lineWidth = Math.max(width, 0.45 / this.scale);
      pen.setLineDash(dashes);
      pen.beginPath();
      let drawn = 0;
      for (let place = 0; place < bundle.ties.length; place += bundleStep) {
        const tie = bundle.ties[place];
        const [a, b] = [graph.from[tie], graph.to[tie]];
        const [ax, ay, bx, by] = [x[a], y[a], x[b], y[b]];
        if ((ax < visible.left && bx < visible.left) || (ax > visible.right && bx > visible.right)) continue;
        if ((ay < visible.top && by < visible.top) || (ay > visible.bottom && by > visible.bottom)) continue;
        pen.moveTo(ax, ay);
        pen.lineTo(bx, by);
        drawn += 1;
        if (drawn % SHAPES_PER_PATH === 0) {
          pen.stroke();
          pen.beginPath();
        }
      }
      pen.stroke();
    }
    pen.setLineDash([]);
  }

  /**
   * Show what is new: a growing ring around people, the accent color along ties.
   * @param {CanvasRenderingContext2D} pen
   */
  drawHighlights(pen) {
    const { map } = this;
    const { x, y } = map.positions;
    const now = performance.now();
    for (const [id, begun] of map.highlights.people) {
      const person = map.graph.indexById.get(id);
      if (person === undefined) continue;
      const age = prefersReducedMotion() ? 0.3 : ((now - begun) % 1500) / 1500;
      pen.beginPath();
      pen.arc(x[person], y[person], this.radius[person] + 4 + 22 * age, 0, 2 * Math.PI);
      pen.strokeStyle = withAlpha(map.colors.accent, 1 - age);
      pen.lineWidth = 4;
      pen.stroke();
    }
    if (!map.highlights.ties.size) return;
    pen.strokeStyle = map.colors.accent;
    pen.lineWidth = 4;
    pen.beginPath();
    for (const tie of map.highlights.ties) {
      const [a, b] = [map.graph.from[tie], map.graph.to[tie]];
      pen.moveTo(x[a], y[a]);
      pen.lineTo(x[b], y[b]);
    }
    pen.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Bounds} visible
   */
  drawPeople(pen, visible) {
    const { graph, positions, colors } = this.map;
    for (const person of this.order) {
      const [x, y] = [positions.x[person], positions.y[person]];
      const radius = this.drawnRadius(person);
      if (x + 2 * radius < visible.left || x - 2 * radius > visible.right) continue;
      if (y + 2 * radius < visible.top || y - 2 * radius > visible.bottom) continue;
      pen.globalAlpha = this.emphasis[person] === FAINT ? 0.14 : 1;
      const isFocus = person === this.map.focus;
      const color = this.map.groupColor(graph.groups[person]);
      const isHatched = this.map.nonrespondents.has(person);
      pen.beginPath();
      traceShape(pen, this.map.shapeOf(person), x, y, radius);
      pen.lineWidth = isFocus ? 3.5 : 1.5;
      pen.strokeStyle = isFocus ? colors.ink : isHatched ? color : colors.paper;
      pen.fillStyle = (isHatched && this.hatch(pen, color)) || color;
      // A rim that only separates neighbors goes under the shape.
      if (!isHatched && !isFocus) pen.stroke();
      pen.fill();
      if (isHatched || isFocus) pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  /**
   * Draw thousands of people, all that look alike in one path.
   * @param {CanvasRenderingContext2D} pen
   * @param {Bounds} visible
   */
  drawCrowd(pen, visible) {
    const { graph, positions, colors } = this.map;
    /** @type {Map<number, PersonIndex[]>} */
    const alike = new Map();
    for (let person = 0; person < graph.count; person += 1) {
      const [x, y] = [positions.x[person], positions.y[person]];
      if (x < visible.left - 60 || x > visible.right + 60 || y < visible.top - 60 || y > visible.bottom + 60) continue;
      const isHatched = this.map.nonrespondents.has(person) ? 1 : 0;
      const look = this.emphasis[person] * 64 + (graph.groups[person] + 1) * 2 + isHatched;
      const people = alike.get(look);
      if (people) people.push(person);
      else alike.set(look, [person]);
    }
    for (const [, people] of [...alike].sort(([a], [b]) => a - b)) {
      const [first] = people;
      const color = this.map.groupColor(graph.groups[first]);
      const isHatched = this.map.nonrespondents.has(first);
      pen.globalAlpha = this.emphasis[first] === FAINT ? 0.14 : 1;
      pen.fillStyle = isHatched ? colors.paper : color;
      pen.strokeStyle = isHatched ? color : colors.paper;
      pen.lineWidth = isHatched ? 1.2 / this.scale : 1.5;
      pen.beginPath();
      let drawn = 0;
      for (const person of people) {
        const [x, y, radius] = [positions.x[person], positions.y[person], this.drawnRadius(person)];
        // A dot of a few pixels needs no corners.
        if (radius * this.scale < 2.2) pen.rect(x - radius, y - radius, 2 * radius, 2 * radius);
        else traceShape(pen, this.map.shapeOf(person), x, y, radius);
        drawn += 1;
        if (drawn % SHAPES_PER_PATH === 0) {
          this.paintPath(pen, isHatched);
          pen.beginPath();
        }
      }
      this.paintPath(pen, isHatched);
    }
    pen.globalAlpha = 1;
    const { focus } = this.map;
    if (focus === null) return;
    pen.beginPath();
    traceShape(pen, this.map.shapeOf(focus), positions.x[focus], positions.y[focus], this.drawnRadius(focus));
    pen.strokeStyle = colors.ink;
    pen.lineWidth = 3 / this.scale;
    pen.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {boolean} isHatched
   */
  paintPath(pen, isHatched) {
    if (!isHatched && this.scale > 0.35) pen.stroke();
    pen.fill();
    if (isHatched) pen.stroke();
  }

  /** @param {PersonIndex} person */
  drawnRadius(person) {
    return Math.max(this.radius[person], this.minRadius / this.scale);
  }

  /**
   * Stripes in a person's color for people who did not respond, as wide on the screen at every zoom.
   * @param {CanvasRenderingContext2D} pen
   * @param {string} color
   */
  hatch(pen, color) {
    if (!this.hatches.has(color)) {
      const tile = document.createElement("canvas");
      tile.width = tile.height = 12;
      const brush = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
      brush.fillStyle = this.map.colors.paper;
      brush.fillRect(0, 0, 12, 12);
      brush.strokeStyle = color;
      brush.lineWidth = 3;
      for (const from of [-12, -6, 0, 6, 12]) {
        brush.beginPath();
        brush.moveTo(from - 2, 14);
        brush.lineTo(from + 14, -2);
        brush.stroke();
      }
      this.hatches.set(color, pen.createPattern(tile, "repeat"));
    }
    const pattern = this.hatches.get(color) ?? null;
    pattern?.setTransform(new DOMMatrix().scale(0.6 / this.scale));
    return pattern;
  }

  /**
   * The person nearest to a point of the map.
   * @param {Point} point
   * @param {number} reach how far off they may be, in map units
   * @returns {PersonIndex | null}
   */
  personAt(point, reach) {
    const { graph, positions } = this.map;
    let found = null;
    let nearest = Infinity;
    for (let person = 0; person < graph.count; person += 1) {
      const center = Math.hypot(positions.x[person] - point.x, positions.y[person] - point.y);
      const distance = center - this.drawnRadius(person);
      if (distance < reach && distance < nearest && this.map.isShown(person)) [found, nearest] = [person, distance];
    }
    return found;
  }

  /**
   * The tie nearest to a point of the map.
   * @param {Point} point
   * @param {number} reach how far off it may be, in map units
   * @returns {TieIndex | null}
   */
  tieAt(point, reach) {
    const { graph, positions } = this.map;
    const { x, y } = positions;
    let found = null;
    let nearest = reach;
    for (const bundle of this.bundles) {
      if (bundle.emphasis < USUAL) continue;
      for (const tie of bundle.ties) {
        const [a, b] = [graph.from[tie], graph.to[tie]];
        const [dx, dy] = [x[b] - x[a], y[b] - y[a]];
        const along = ((point.x - x[a]) * dx + (point.y - y[a]) * dy) / (dx * dx + dy * dy || 1);
        if (along < 0 || along > 1) continue;
        const distance = Math.hypot(x[a] + along * dx - point.x, y[a] + along * dy - point.y);
        if (distance < nearest) [found, nearest] = [tie, distance];
      }
    }
    return found;
  }
}

/**
 * How much smaller to draw everyone if most would cover their nearest neighbor, as when everyone is connected to
 * everyone. In larger networks all are small anyway.
 * @param {Graph} graph
 * @param {Float64Array} radius
 */
function sizeLimit({ count, x, y, ties }, radius) {
  if (count > SMALL_NETWORK) return 1;
  /** @type {number[]} */
  const overlaps = [];
  for (let person = 0; person < count; person += 1) {
    if (!ties[person]) continue;
    let nearest = -1;
    let distance = Infinity;
    for (let other = 0; other < count; other += 1) {
      const apart = Math.hypot(x[person] - x[other], y[person] - y[other]);
      if (other !== person && apart < distance) [nearest, distance] = [other, apart];
    }
    if (nearest >= 0) overlaps.push((radius[person] + radius[nearest]) / Math.max(distance, 1));
  }
  const median = overlaps.sort((a, b) => a - b)[Math.floor(overlaps.length / 2)] ?? 0;
  return Math.max(0.3, Math.min(1, MOST_OVERLAP / median));
}

/**
 * Everyone's radius: by their ties, by the share of shortest paths through them, or all the same.
 * @param {Graph} graph
 * @param {View["size"]} by
 */
function sizes(graph, by) {
  const { betweenness } = graph;
  if (by === "bridging" && betweenness) {
    const most = betweenness.reduce((high, share) => Math.max(high, share), 0) || 1;
    return Float64Array.from(betweenness, (share) => 8 + 27 * Math.sqrt(share / most));
  }
  if (by === "same") return new Float64Array(graph.count).fill(14);
  return Float64Array.from(graph.ties, (ties) => 9 + 3.2 * Math.sqrt(Math.min(ties, 60)));
}
