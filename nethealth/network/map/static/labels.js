// Names on the map: those of regions first, then people who connect regions, then the best connected. None covers a
// mark or another name. There are more of them, and they are larger, the closer the reader looks.

import { BoxIndex } from "./boxes.js";
import { coveredBoxes } from "./camera.js";
import { withAlpha } from "./colors.js";
import { isolateDirection, truncate } from "./elements.js";
import { SHORT_NAME } from "./graph.js";
import { RegionNames } from "./region_names.js";

/** @typedef {{ person: PersonIndex, text: string, font: string, dx: number, dy: number, box: Box, lead: Lead | null }} Label */
/** @typedef {{ from: Point, to: Point }} Lead */
/** @typedef {{ pen: CanvasRenderingContext2D, size: number, taken: BoxIndex, people: BoxIndex, marks: Map<PersonIndex, Box>, frame: Frame }} Room */

export const SMALL_NETWORK = 400; // up to so many people, everything is drawn in full even while the map moves
const CLOSE = 1.7; // times as close as when everyone is in view: names are longer, and isolates have some
const LARGEST_GROWTH = 1.6;
const GAP = 3; // pixels between a mark and its name
const FARTHEST = 104; // pixels from a mark to the name of someone who must be found
const SHARES = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]; // of a line to such a name, where it is checked

export class Labels {
  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
    this.regionNames = new RegionNames(map, this);
    /** @type {Label[]} */
    this.last = [];
  }

  /** How many times as close the reader is as when everyone is in view. @param {number} scale */
  closeness(scale) {
    return scale / (this.map.camera.fittedScale || scale);
  }

  /** @param {number} width of the stage, in pixels @param {number} [closeness] */
  fontSize(width, closeness = 1) {
    const { isPresenting } = this.map;
    const narrow = isPresenting ? 13 : 12;
    const usual = width < 560 ? narrow : isPresenting ? Math.max(18, Math.round(width / 74)) : 13;
    return usual * Math.min(LARGEST_GROWTH, Math.max(1, closeness ** 0.35));
  }

  /** @param {CanvasRenderingContext2D} pen @param {Frame} frame */
  draw(pen, frame) {
    const { ratio, scale, origin, width, height, isMoving, top = 0 } = frame;
    const { graph, positions, colors } = this.map;
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, top * ratio);
    pen.textBaseline = "alphabetic";
    pen.lineJoin = "round";
    const size = Math.round(2 * this.fontSize(width, this.closeness(scale))) / 2;
    // In large networks, names keep their places and lose their outline, which costs most, while the map moves.
    const isQuick = isMoving && graph.count > SMALL_NETWORK;
    const heading = this.placeIsolatesHeading(frame);
    if (!isQuick) this.place(pen, size, heading, frame);
    this.regionNames.draw(pen, frame);
    this.drawLeads(pen, frame);
    pen.strokeStyle = withAlpha(colors.paper, 0.88);
    pen.lineWidth = size / 4 + 0.25;
    pen.fillStyle = colors.ink;
    for (const { person, text, font, dx, dy } of this.last) {
      const [x, y] = [origin.x + positions.x[person] * scale + dx, origin.y + positions.y[person] * scale + dy];
      pen.font = font;
      if (x > width || y < 0 || y > height + size) continue;
      if (!isQuick) pen.strokeText(text, x, y);
      pen.fillText(text, x, y);
    }
    pen.restore();
  }

  /** @param {CanvasRenderingContext2D} pen @param {Frame} frame */
  drawLeads(pen, { origin, scale }) {
    const { positions, colors } = this.map;
    pen.beginPath();
    for (const { person, lead } of this.last) {
      const [x, y] = [origin.x + positions.x[person] * scale, origin.y + positions.y[person] * scale];
      if (lead) pen.moveTo(x + lead.from.x, y + lead.from.y);
      if (lead) pen.lineTo(x + lead.to.x, y + lead.to.y);
    }
    // Told from connections by its edge.
    for (const [width, color] of /** @type {[number, string][]} */ ([[5, colors.paper], [1.25, colors.muted]])) {
      [pen.lineWidth, pen.strokeStyle] = [width, color];
      pen.stroke();
    }
  }

  /**
   * Put the button that says what the block of isolates is above it.
   * @param {Frame} frame @returns {Box | null} the room that it takes
   */
  placeIsolatesHeading({ scale, origin, width, height }) {
    const { graph: { isolates }, isolatesHeading: heading, pictureSize } = this.map;
    if (pictureSize) return null;
    heading.hidden = !isolates;
    if (!isolates) return null;
    if (heading.textContent !== isolates.label) heading.textContent = isolates.label;
    const [w, h] = [heading.offsetWidth, heading.offsetHeight];
    const middle = origin.x + (isolates.x + isolates.width / 2) * scale;
    const x = Math.min(Math.max(4, middle - w / 2), width - w - 4);
    // Above the first name in the block.
    const above = h + 3 + 0.6 * this.fontSize(width, this.closeness(scale));
    const y = origin.y + (isolates.y + (isolates.headingHeight ?? 0)) * scale - above;
    heading.style.translate = `${x}px ${y}px`;
    // With a focusable element out of view, the browser could scroll the map.
    heading.style.visibility = middle > 0 && middle < width && y > 0 && y + h < height ? "visible" : "hidden";
    return { x, y, w, h };
  }

  /** Where people are on the screen, those who are in view and not faint. @param {Frame} frame */
  markBoxes({ scale, origin, width, height }) {
    const { graph, positions, painter } = this.map;
    /** @type {Map<PersonIndex, Box>} */
    const boxes = new Map();
    for (let person = 0; person < graph.count; person += 1) {
      if (!painter.emphasis[person]) continue;
      const [x, y] = [origin.x + positions.x[person] * scale, origin.y + positions.y[person] * scale];
      if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
      const radius = painter.outerRadius(person) * scale + 1;
      boxes.set(person, { x: x - radius, y: y - radius, w: 2 * radius, h: 2 * radius });
    }
    return boxes;
  }

  /** @param {CanvasRenderingContext2D} pen @param {number} size @param {Box | null} heading of isolates @param {Frame} frame */
  place(pen, size, heading, frame) {
    const { map } = this;
    const { graph } = map;
    const [taken, people, marks] = [new BoxIndex(), new BoxIndex(), this.markBoxes(frame)];
    for (const box of [...coveredBoxes(map), ...coveredBoxes(map, ".panel"), ...(heading ? [heading] : []), ...marks.values()]) taken.add(box);
    for (const box of marks.values()) people.add(box);
    const room = { pen, size, taken, people, marks, frame };
    const named = map.presenter.tour.namedPeople;
    const strong = [...(map.path?.people ?? []), ...(map.focus === null ? [] : [map.focus]), ...(named ?? [])];
    const sought = new Set([...strong, ...(named ? [] : graph.brokers)]);
    /** @type {Label[]} */
    this.last = [];
    for (const person of sought) this.placeName(person, { isStrong: map.isStrong(person), isSought: true }, room);
    this.regionNames.place(pen, size, taken, frame);
    if (named) return;
    // No region is nameless.
    for (const person of graph.leaders)
      if (!sought.has(person)) this.placeName(person, { isStrong: false, isSought: false, mayBeFar: true }, room);
    const { width, height, scale } = frame;
    const closeness = this.closeness(scale);
    const most = Math.max(10, Math.round(((width * height) / (75 * size * size)) * Math.max(1, closeness)));
    const near = map.neighborhood();
    const { isolates } = graph;
    const listed = isolates && !isolates.isCompact ? graph.ranked.filter((person) => !graph.ties[person]) : [];
    let tried = 0;
    const done = new Set([...sought, ...graph.leaders]);
    for (const person of new Set([...listed, ...graph.ranked])) {
      if (done.has(person) || !marks.has(person)) continue;
      if (isolates?.isCompact && !graph.ties[person] && closeness < CLOSE) continue;
      tried += 1;
      if ((this.last.length >= most && !near) || tried > 8 * most + 400) break;
      this.placeName(person, { isStrong: false, isSought: false }, room);
    }
  }

  /**
   * Place a person's name, if there is room next to them; a name that must be found may stand farther off, with a line.
   * @param {PersonIndex} person @param {{ isStrong: boolean, isSought: boolean, mayBeFar?: boolean }} importance
   * @param {Room} room
   */
  placeName(person, { isStrong, isSought, mayBeFar = isSought }, { pen, size, taken, people, marks, frame }) {
    const { map } = this;
    const mark = marks.get(person);
    if (!mark) return;
    const { width, height, scale } = frame;
    const fontSize = isStrong ? size * 1.15 : size;
    const font = `${isSought ? 600 : 400} ${fontSize}px ${map.data.fonts.text}`;
    const longest = isSought || this.closeness(scale) > CLOSE ? 40 : SHORT_NAME;
    const text = isolateDirection(truncate(map.nameOf(person), longest));
    pen.font = font;
    const w = pen.measureText(text).width;
    const isFree = (/** @type {Box} */ box) =>
      box.x > 0 && box.x + box.w < width && box.y > 2 && box.y + box.h < height - 2 && taken.isFree(box, mark);
    const boxAt = (/** @type {number} */ x, /** @type {number} */ y) => ({ x: x - 3, y: y - fontSize * 0.82 - 1, w: w + 6, h: fontSize * 1.06 + 2 });
    const [centerX, centerY] = [mark.x + mark.w / 2, mark.y + mark.h / 2];
    // Away from its mark, if there is room, it keeps clear of others' marks, and its line covers none.
    const isClear = (/** @type {Box} */ box, /** @type {Lead} */ { to }) =>
      people.isFree({ ...box, x: box.x - fontSize / 2, w: box.w + fontSize }, mark) &&
      SHARES.every((share) => people.isFree({ x: centerX + share * to.x - 2, y: centerY + share * to.y - 2, w: 4, h: 4 }, mark));
    for (const mustBeClear of mayBeFar ? [true, false] : [false])
      for (const [x, y, isFar] of spots(mark, w, fontSize, mayBeFar)) {
        const box = boxAt(x, y);
        const lead = isFar ? leadTo(box, mark) : null;
        if (!isFree(box) || (lead && mustBeClear && !isClear(box, lead))) continue;
        taken.add(box);
        this.last.push({ person, text, font, dx: x - centerX, dy: y - centerY, box, lead });
        return;
      }
  }
}

/**
 * Where a name may stand next to a mark: the left end and the baseline of each place, the best first, and whether it is
 * so far off that it needs a line.
 * @param {Box} mark @param {number} w of the name @param {number} size of its font @param {boolean} mayBeFar
 * @returns {Generator<[number, number, boolean]>}
 */
function* spots(mark, w, size, mayBeFar) {
  const [x, y, radius] = [mark.x + mark.w / 2, mark.y + mark.h / 2, mark.w / 2];
  const [beside, middle] = [radius + GAP, y + size * 0.34];
  yield [x + beside, middle, false];
  yield [x - beside - w, middle, false];
  yield [x - w / 2, y + beside - 2 + size * 0.82, false];
  yield [x - w / 2, y - beside, false];
  const diagonal = 0.7 * radius + GAP;
  for (const down of [y - diagonal + 2, y + diagonal - 2 + size * 0.7]) {
    yield [x + diagonal, down, false];
    yield [x - diagonal - w, down, false];
  }
  if (!mayBeFar) return;
  for (let far = 14; far <= FARTHEST; far += 10)
    for (let turn = 0; turn < 16; turn += 1) {
      const [across, down] = [Math.cos((turn * Math.PI) / 8), Math.sin((turn * Math.PI) / 8)];
      yield [x + across * (radius + far + w / 2) - w / 2, middle + down * (radius + far + size / 2), true];
    }
}

/**
 * The line from a mark to its name, as offsets from the middle of the mark.
 * @param {Box} box of the name @param {Box} mark
 */
function leadTo(box, mark) {
  const [x, y] = [mark.x + mark.w / 2, mark.y + mark.h / 2];
  const to = {
    x: Math.min(Math.max(0, box.x - x), box.x + box.w - x),
    y: Math.min(Math.max(0, box.y + 3 - y), box.y + box.h - 3 - y),
  };
  const share = mark.w / 2 / (Math.hypot(to.x, to.y) || 1);
  return { from: { x: to.x * share, y: to.y * share }, to };
}
