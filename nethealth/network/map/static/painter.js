// Draws regions, ties, and people on vis-network's canvas, one path for all that look alike. Among thousands this takes
// a half to a third of the time that the library's own drawing takes.

import { withAlpha } from "./colors.js";
import { prefersReducedMotion, traceShape } from "./elements.js";
import { findHulls, middleOf } from "./hulls.js";
import { SMALL_NETWORK } from "./labels.js";

/** @typedef {{ emphasis: number, width: number, kind: number, isDashed: boolean, isIntroduced: boolean, isBetween: boolean, region: number, ties: TieIndex[] }} Bundle */

const MOST_TIES_WHILE_MOVING = 2_500;
const SHAPES_PER_PATH = 24; // measured close up: longer paths take longer than their parts
const LINE_WIDTHS = [0.6, 1, 1.5, 2.1, 2.8]; // in pixels while everyone is in view, as are all sizes here
const DEFAULT_WIDTH = 1; // the place of the width that ties have if no tie has a strength
const INTRODUCED_WIDTH = 2;
const SHARE_OF_SPACING = 0.16; // a usual person's radius, as a share of the usual distance between neighbors
const LARGEST = 9;
const MOST_OF_GAP = 0.46; // of the distance to the nearest neighbor, so that no one covers anyone
const INTRODUCED_OPACITY = 0.75; // of introductions after the wave
const DARK_BOOST = 1.3; // lines of the same opacity are harder to see on a dark page
const BEND = 0.7; // how far ties between two regions are drawn toward the middle between them
const MOST_BEND = 0.32; // of a tie's length
const RING = 3; // between a person who holds regions together and their ring
const NOWHERE = -1; // the region of ties that touch none
const [FAINT, PLAIN, STRONG] = [0, 1, 2]; // emphasis of people
const [HIDDEN, DIM, USUAL, NEAR, ON_PATH] = [0, 1, 2, 3, 4]; // emphasis of ties

const PROBE = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

export class Painter {
  /** @type {Float64Array} how large to draw people, where 1 is usual */
  sizes = new Float64Array();
  emphasis = new Uint8Array();
  /** @type {Bundle[]} ties that look alike, drawn in this order */
  bundles = [];
  /** @type {Hull[]} */
  hulls = [];
  /** @type {Map<number, string>} the color of each region, by its number */
  regionColors = new Map();
  /** @type {Map<number, Point>} the middle of each region, by its number */
  centers = new Map();
  opacityBetween = 0.5; // of ties between regions: the more there are, the less
  smallest = 2; // radius, in pixels
  usual = 4; // radius of a person of size 1 while everyone is in view, in pixels
  growth = 1; // how much larger than then everything is drawn
  scale = 1;

  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
  }

  // Work out sizes, emphasis, and which ties look alike: once per change, not per frame.
  prepare() {
    const { map } = this;
    const { graph, view } = map;
    const near = map.neighborhood();
    this.sizes = sizes(graph, view.size);
    this.emphasis = new Uint8Array(graph.count);
    for (let person = 0; person < graph.count; person += 1) {
      const isShown = map.isShown(person) && (!near || near.has(person));
      const isStrong = map.isStrong(person);
      this.emphasis[person] = !isShown ? FAINT : isStrong ? STRONG : PLAIN;
    }
    // The more thousands there are, the smaller the dots may get before they would cover each other.
    this.smallest = graph.count > 8_000 ? 1 : graph.count > 1_500 ? 1.25 : graph.count > SMALL_NETWORK ? 1.8 : 2.6;
    this.bundles = this.bundleTies(near);
    this.regionColors = new Map(graph.regions.map((region) => [region.number, map.look.regionColor(region)]));
  }

  placeRegions() {
    const { graph, positions } = this.map;
    this.hulls = findHulls(graph, positions);
    this.centers = new Map(graph.regions.map(({ number, members }) => [number, middleOf(positions, members)]));
  }

  /** @param {TieIndex} tie @param {{ has(person: PersonIndex): boolean } | null} near */
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
    const { graph } = this.map;
    const { lines } = this.map.look;
    const weights = graph.measures[lines]?.values || graph.strength;
    const strongest = weights.reduce((/** @type {number} */ most, weight) => Math.max(most, weight ?? 0), 0);
    // Strengths have five steps. Shares have none, so the largest is thickest.
    const isShare = strongest <= 1 && weights.some((weight) => weight !== null && weight > 0 && weight < 1);
    const most = isShare ? strongest : Math.max(5, strongest);
    const isKnown = weights.some((weight) => weight !== null);
    /** @type {Map<string, Bundle>} */
    const bundles = new Map();
    const outside = this.countTiesBetween();
    for (let tie = 0; tie < graph.from.length; tie += 1) {
      const emphasis = this.tieEmphasis(tie, near);
      const share = Math.max(0, (weights[tie] ?? 0) / most);
      const step = Math.min(LINE_WIDTHS.length - 1, Math.floor(share * LINE_WIDTHS.length * 0.999));
      const kind = lines === "type" ? this.map.look.lineStyleOf(tie) : -1;
      const isIntroduced = graph.introduced.has(tie);
      const width = isIntroduced ? INTRODUCED_WIDTH : isKnown ? step : DEFAULT_WIDTH;
      const isDashed = graph.unconfirmed.has(tie) || (lines === "reports" && graph.oneSided.has(tie));
      const [one, other] = [graph.regionOf[graph.from[tie]], graph.regionOf[graph.to[tie]]];
      const isBetween = graph.isBetweenRegions(tie);
      // A tie between two regions has the color of the one with fewer such ties, so that these can be followed.
      const isOfOne = (outside.get(one) ?? 0) <= (outside.get(other) ?? 0);
      const region = isBetween ? (isOfOne ? one : other) : one === other ? one : NOWHERE;
      const name = `${emphasis} ${width} ${kind} ${isDashed} ${isIntroduced} ${isBetween} ${region}`;
      const bundle = bundles.get(name);
      if (bundle) bundle.ties.push(tie);
      else bundles.set(name, { emphasis, width, kind, isDashed, isIntroduced, isBetween, region, ties: [tie] });
    }
    const between = [...outside.values()].reduce((sum, count) => sum + count, 0) / 2;
    this.opacityBetween = Math.max(0.2, Math.min(0.7, 7 / Math.sqrt(between)));
    return [...bundles.values()].sort(
      (a, b) => a.emphasis - b.emphasis || Number(a.isIntroduced) - Number(b.isIntroduced) || Number(a.isBetween) - Number(b.isBetween) || a.width - b.width,
    );
  }

  countTiesBetween() {
    const { graph } = this.map;
    /** @type {Map<number, number>} */
    const counts = new Map();
    for (let tie = 0; tie < graph.from.length; tie += 1)
      if (graph.isBetweenRegions(tie))
        for (const person of this.map.endsOf(tie))
          counts.set(graph.regionOf[person], (counts.get(graph.regionOf[person]) ?? 0) + 1);
    return counts;
  }

  /** @param {Bundle} bundle */
  tieStyle({ emphasis, width, kind, isDashed, isIntroduced, isBetween, region }) {
    const { map } = this;
    const { colors, data } = map;
    const line = kind >= 0 ? colors.lines[kind] : null;
    const usual = (isBetween ? this.opacityBetween : data.tie_opacity) * (line ? 1.5 : 1) * (colors === data.palettes.dark ? DARK_BOOST : 1);
    // Someone who recorded an introduction looks for it among many lines.
    const opacity = [0.03, 0.06, isIntroduced ? INTRODUCED_OPACITY : Math.min(1, usual), 0.95, 1][emphasis];
    const usualColor = this.regionColors.get(region) ?? (isBetween ? colors.ink : colors.muted);
    const plain = emphasis === NEAR || isIntroduced ? colors.ink : usualColor;
    const color = emphasis === ON_PATH ? colors.accent : line ? line.color : plain;
    return {
      color: withAlpha(color, opacity),
      width: LINE_WIDTHS[width] + (emphasis === ON_PATH ? 2 : 0),
      dashes: isDashed ? [4, 4] : line ? line.dashes : [],
    };
  }

  /** @param {CanvasRenderingContext2D} pen @param {{ scale: number, isMoving: boolean, visible: Bounds }} frame */
  draw(pen, { scale, isMoving, visible }) {
    const { graph, camera } = this.map;
    this.scale = scale;
    const fitted = camera.fittedScale || scale;
    this.growth = Math.sqrt(Math.max(0.2, scale / fitted));
    this.usual = Math.min(LARGEST, Math.max(this.smallest, SHARE_OF_SPACING * graph.spacing * fitted));
    this.drawHulls(pen);
    this.drawTies(pen, isMoving, visible);
    this.drawHighlights(pen);
    this.map.presenter.tour.drawnChanges?.drawLines(pen, scale);
    this.drawPeople(pen, visible);
  }

  /** @param {CanvasRenderingContext2D} pen */
  drawHulls(pen) {
    const { map } = this;
    const isDark = map.colors === map.data.palettes.dark;
    pen.lineWidth = 1.25 / this.scale;
    for (const { region, path } of this.hulls) {
      const isFaint = !region.members.some((person) => this.emphasis[person] !== FAINT);
      const color = this.regionColors.get(region.number) ?? map.colors.muted;
      pen.globalAlpha = isFaint ? 0.3 : 1;
      pen.fillStyle = withAlpha(color, isDark ? 0.13 : 0.09);
      pen.strokeStyle = withAlpha(color, isDark ? 0.4 : 0.3);
      pen.fill(path);
      pen.stroke(path);
    }
    pen.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} pen @param {boolean} isMoving @param {Bounds} visible */
  drawTies(pen, isMoving, visible) {
    const { graph, positions } = this.map;
    const { x, y } = positions;
    // While a large map moves, only some of its ties are drawn; the rest come back when it is still.
    const count = graph.from.length;
    const step = isMoving && count > MOST_TIES_WHILE_MOVING ? Math.ceil(count / MOST_TIES_WHILE_MOVING) : 1;
    // Where people are small, so are lines.
    const thickness = this.growth * Math.min(1, Math.max(0.55, this.usual / 6));
    pen.lineCap = "butt";
    for (const bundle of this.bundles) {
      if (step > 1 && bundle.emphasis < USUAL) continue;
      const { color, width, dashes } = this.tieStyle(bundle);
      const bundleStep = bundle.emphasis > USUAL ? 1 : step;
      pen.strokeStyle = color;
      pen.lineWidth = (width * thickness) / this.scale;
      pen.setLineDash(dashes.map((length) => (length * this.growth) / this.scale));
      pen.beginPath();
      let drawn = 0;
      for (let place = 0; place < bundle.ties.length; place += bundleStep) {
        const tie = bundle.ties[place];
        const [a, b] = [graph.from[tie], graph.to[tie]];
        const [ax, ay, bx, by] = [x[a], y[a], x[b], y[b]];
        if ((ax < visible.left && bx < visible.left) || (ax > visible.right && bx > visible.right)) continue;
        if ((ay < visible.top && by < visible.top) || (ay > visible.bottom && by > visible.bottom)) continue;
        this.traceTie(pen, tie, bundle.isBetween && step === 1);
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
   * Add a tie to the canvas's path. One between two regions bends toward the middle between them, so that such ties
   * gather and can be told from those inside.
   * @param {CanvasPath} pen @param {TieIndex} tie @param {boolean} bends
   */
  traceTie(pen, tie, bends) {
    const { graph, positions: { x, y } } = this.map;
    const [a, b] = [graph.from[tie], graph.to[tie]];
    pen.moveTo(x[a], y[a]);
    const [one, other] = [a, b].map((end) => this.centers.get(graph.regionOf[end]));
    if (!bends || !one || !other || one === other) return pen.lineTo(x[b], y[b]);
    const [middleX, middleY] = [(x[a] + x[b]) / 2, (y[a] + y[b]) / 2];
    const [across, down] = [(one.x + other.x) / 2 - middleX, (one.y + other.y) / 2 - middleY];
    const most = MOST_BEND * Math.hypot(x[a] - x[b], y[a] - y[b]);
    const share = Math.min(BEND, most / (Math.hypot(across, down) || 1));
    pen.quadraticCurveTo(middleX + share * across, middleY + share * down, x[b], y[b]);
  }

  /** @param {CanvasRenderingContext2D} pen */
  drawHighlights(pen) {
    const { map } = this;
    const { x, y } = map.positions;
    const age = prefersReducedMotion() ? 0.3 : ((performance.now() - map.highlights.begun) % 1500) / 1500;
    for (const person of map.highlights.people) {
      pen.beginPath();
      pen.arc(x[person], y[person], this.drawnRadius(person) + (3 + 16 * age) / this.scale, 0, 2 * Math.PI);
      pen.strokeStyle = withAlpha(map.colors.accent, 1 - age);
      pen.lineWidth = 3 / this.scale;
      pen.stroke();
    }
    if (!map.highlights.ties.size) return;
    pen.strokeStyle = map.colors.accent;
    pen.lineWidth = 3 / this.scale;
    pen.beginPath();
    for (const tie of map.highlights.ties) this.traceTie(pen, tie, true);
    pen.stroke();
  }

  /** Draw everyone, all that look alike in one path. @param {CanvasRenderingContext2D} pen @param {Bounds} visible */
  drawPeople(pen, visible) {
    const { map } = this;
    const { graph, positions, colors } = map;
    const edge = 40 / this.scale;
    /** @type {Map<number, PersonIndex[]>} */
    const alike = new Map();
    for (let person = 0; person < graph.count; person += 1) {
      const [x, y] = [positions.x[person], positions.y[person]];
      if (x < visible.left - edge || x > visible.right + edge) continue;
      if (y < visible.top - edge || y > visible.bottom + edge) continue;
      const isHollow = map.graph.nonrespondents.has(person) ? 1 : 0;
      const look = this.emphasis[person] * 64 + (graph.groups[person] + 1) * 2 + isHollow;
      const people = alike.get(look);
      if (people) people.push(person);
      else alike.set(look, [person]);
    }
    for (const [, people] of [...alike].sort(([a], [b]) => a - b)) {
      const [first] = people;
      const color = map.look.groupColor(graph.groups[first]);
      const isHollow = map.graph.nonrespondents.has(first);
      pen.globalAlpha = this.emphasis[first] === FAINT ? 0.14 : 1;
      pen.fillStyle = isHollow ? colors.paper : color;
      pen.strokeStyle = isHollow ? color : colors.paper;
      pen.lineWidth = (isHollow ? 1.5 : 2) / this.scale;
      pen.beginPath();
      people.forEach((person, drawn) => {
        if (drawn % SHAPES_PER_PATH === 0 && drawn) {
          this.paintPath(pen, isHollow);
          pen.beginPath();
        }
        const [x, y, radius] = [positions.x[person], positions.y[person], this.drawnRadius(person)];
        // A dot of a few pixels needs no corners.
        if (radius * this.scale < 1.6) pen.rect(x - radius, y - radius, 2 * radius, 2 * radius);
        else traceShape(pen, map.look.shapeOf(person), x, y, isHollow ? radius - 0.75 / this.scale : radius);
      });
      this.paintPath(pen, isHollow);
    }
    pen.globalAlpha = 1;
    this.drawRings(pen);
  }

  /** @param {CanvasRenderingContext2D} pen @param {boolean} isHollow */
  paintPath(pen, isHollow) {
    // A rim that only separates people from lines goes under the shape.
    if (!isHollow && this.usual > 2) pen.stroke();
    pen.fill();
    if (isHollow) pen.stroke();
  }

  /** @param {CanvasRenderingContext2D} pen */
  drawRings(pen) {
    const { map } = this;
    const { positions, colors } = map;
    pen.strokeStyle = colors.ink;
    const brokers = map.presenter.tour.isPlain ? [] : map.graph.brokers;
    for (const person of [...brokers, ...(map.focus === null ? [] : [map.focus])]) {
      if (!this.emphasis[person]) continue;
      const isFocus = person === map.focus;
      pen.beginPath();
      pen.arc(positions.x[person], positions.y[person], this.outerRadius(person), 0, 2 * Math.PI);
      pen.lineWidth = (isFocus ? 3 : 1.75) / this.scale;
      pen.stroke();
    }
  }

  /** A person's radius as it is drawn, in map units. @param {PersonIndex} person */
  drawnRadius(person) {
    const wanted = (this.sizes[person] * this.usual * this.growth) / this.scale;
    return Math.max(this.smallest / this.scale, Math.min(wanted, MOST_OF_GAP * this.map.graph.nearest[person]));
  }

  /** The same with their ring, if they have one. @param {PersonIndex} person */
  outerRadius(person) {
    const hasRing = person === this.map.focus || this.map.graph.brokers.has(person);
    const radius = this.drawnRadius(person);
    if (!hasRing) return radius;
    // The rings of two neighbors don't touch.
    return radius + Math.max(1.5 / this.scale, Math.min(RING / this.scale, 0.47 * this.map.graph.nearest[person] - radius));
  }

  /** @param {Point} point @param {number} reach how far off they may be, in map units @returns {PersonIndex | null} */
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

  /** @param {Point} point @param {number} reach how far off it may be, in map units @returns {TieIndex | null} */
  tieAt(point, reach) {
    const { graph, positions: { x, y } } = this.map;
    for (const share of [0.2, 0.5, 1]) {
      PROBE.lineWidth = 2 * reach * share;
      for (const bundle of this.bundles)
        for (const tie of bundle.emphasis < USUAL ? [] : bundle.ties) {
          const [a, b] = [graph.from[tie], graph.to[tie]];
          const length = Math.hypot(x[a] - x[b], y[a] - y[b]);
          if (Math.hypot((x[a] + x[b]) / 2 - point.x, (y[a] + y[b]) / 2 - point.y) > length / 2 + reach) continue;
          const path = new Path2D();
          this.traceTie(path, tie, bundle.isBetween);
          if (PROBE.isPointInStroke(path, point.x, point.y)) return tie;
        }
    }
    return null;
  }
}

/**
 * How large to draw everyone: by their ties, by the share of shortest paths through them, or all the same.
 * @param {Graph} graph @param {View["size"]} by
 */
function sizes(graph, by) {
  const { betweenness, ties, count } = graph;
  if (by === "same") return new Float64Array(count).fill(1);
  const weights = by === "bridging" && betweenness ? betweenness : ties.map((each) => Math.min(each, 60));
  const most = weights.reduce((high, weight) => Math.max(high, weight), 0) || 1;
  return Float64Array.from(weights, (weight) => 0.75 + Math.sqrt(weight / most));
}
