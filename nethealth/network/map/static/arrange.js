// Where people stand on a stage of this size: the network turned and stretched to fill it, and people with no
// connections yet in a compact block where the network leaves room.

import { boundsOf } from "./boxes.js";

const MOST_STRETCH = 1.9; // more would make regions look like bands
const MOST_STRETCH_OF_FEW = 3; // a handful of people in a row
const FEW = 40;
const MOST_MISFIT = 0.25; // a network that would be so little wider or taller (as a logarithm) keeps its stretch
/** @type {Stretch} */
const UNSTRETCHED = { isTurned: false, across: 1, down: 1 };
const EDGES = { across: 80, down: 120 }; // pixels that the network leaves free on both sides together
const USUAL_TEXT = 13; // the size of names for which the following are, in pixels
const LIST = { across: 158, down: 21 }; // between people with no connections yet if their names are shown
const DOTS = { across: 17, down: 17 };
const MOST_LISTED = 12;
const HEADING = { width: 138, height: 36 };
const BLOCK_EDGE = 12;
const CLEARANCE = 26; // pixels from their block to everyone else

/**
 * @param {MapData} data @param {Stage} stage @param {Stretch} [was] of the network before, which stays if it nearly fits
 * @returns {{ x: Float64Array, y: Float64Array, isolates: IsolateArea | null, stretch: Stretch }}
 */
export function arrange(data, stage, was) {
  const { name, ties } = data.people;
  const [x, y] = [Float64Array.from(data.people.x), Float64Array.from(data.people.y)];
  const everyone = [...ties.keys()];
  const [connected, alone] = [true, false].map((isTied) => everyone.filter((person) => ties[person] > 0 === isTied));
  if (data.is_arranged || !connected.length || !(stage.width > 0 && stage.height > 0))
    return { x, y, isolates: data.isolates, stretch: UNSTRETCHED };
  const fitting = stretchFor(boundsOf(x, y, connected), connected.length, stage);
  const stretch = was && isNear(was, fitting) ? was : fitting;
  for (const person of connected) ({ x: x[person], y: y[person] } = placeOf({ x: x[person], y: y[person] }, stretch));
  if (!alone.length || !data.isolates) return { x, y, isolates: data.isolates, stretch };
  alone.sort((a, b) => (name[a] < name[b] ? -1 : 1));
  const { start, step, columns, isCompact, ...area } = placeBlock(alone.length, { x, y }, connected, stage);
  alone.forEach((person, at) => {
    x[person] = area.x + start.x + (at % columns) * step.x;
    y[person] = area.y + start.y + Math.floor(at / columns) * step.y;
  });
  return { x, y, isolates: { ...data.isolates, ...area, isCompact, headingHeight: start.y }, stretch };
}

/** Where a point of the data is on the map. @param {Point} point @param {Stretch} stretch @returns {Point} */
export function placeOf({ x, y }, { isTurned, across, down }) {
  return isTurned ? { x: -y * across, y: x * down } : { x: x * across, y: y * down };
}

/** @param {Stretch} one @param {Stretch} other */
function isNear(one, other) {
  const ratios = [one.across / other.across, one.down / other.down];
  return one.isTurned === other.isTurned && ratios.every((ratio) => Math.abs(Math.log(ratio)) < MOST_MISFIT);
}

/**
 * Turn a wide network for a tall stage, or a tall one for a wide stage, and stretch it toward the stage's shape.
 * @param {Bounds} box around them @param {number} people @param {Stage} stage @returns {Stretch}
 */
function stretchFor(box, people, stage) {
  const [width, height] = [box.right - box.left || 1, box.bottom - box.top || 1];
  const isTurned = (width / height - 1) * (stage.width / stage.height - 1) < 0 && Math.abs(Math.log(width / height)) > 0.1;
  const aspect = (stage.width - EDGES.across) / (stage.height - EDGES.down);
  const missing = (isTurned ? width / height : height / width) * aspect;
  const most = people < FEW ? MOST_STRETCH_OF_FEW : MOST_STRETCH;
  return { isTurned, across: Math.min(most, Math.max(1, missing)), down: Math.min(most, Math.max(1, 1 / missing)) };
}

/**
 * Choose the corner and the shape in which a block covers no one and takes no room, with names if they fit, too; if
 * there is none, next to the network or below it, whatever the stage has more room for.
 * @param {number} count @param {Positions} positions @param {PersonIndex[]} others @param {Stage} stage
 */
function placeBlock(count, { x: xs, y: ys }, others, stage) {
  const box = boundsOf(xs, ys, others);
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  // A pixel on the map.
  const unit = Math.max(width / (stage.width - EDGES.across), height / (stage.height - EDGES.down), 0.01);
  const half = { x: (stage.width / 2 - BLOCK_EDGE) * unit, y: ((stage.height - EDGES.down) / 2 + BLOCK_EDGE) * unit };
  const [left, right] = [(box.left + box.right) / 2 - half.x, (box.left + box.right) / 2 + half.x];
  const bottom = (box.top + box.bottom) / 2 + half.y;
  const gap = CLEARANCE * unit;
  const isFree = (/** @type {number} */ x, /** @type {number} */ y, /** @type {Size} */ block) =>
    others.every(
      (at) => xs[at] < x - gap || xs[at] > x + block.width + gap || ys[at] < y - gap || ys[at] > y + block.height + gap,
    );
  const spacings = stage.listsUnconnected ? [LIST] : count <= MOST_LISTED ? [LIST, DOTS] : [DOTS];
  const letter = (unit * stage.text) / USUAL_TEXT;
  for (const spacing of spacings)
    for (let columns = Math.max(1, Math.floor(HEADING.width / spacing.across)); columns <= 40; columns += 1) {
      const block = blockOf(count, columns, spacing, letter);
      for (const x of [right - block.width, left])
        if (isFree(x, bottom - block.height, block)) return { ...block, x, y: bottom - block.height };
    }
  const spacing = spacings[spacings.length - 1];
  if (stage.width > stage.height) {
    const rows = Math.max(1, Math.floor((height - HEADING.height * letter) / (spacing.down * letter)));
    const block = blockOf(count, Math.ceil(count / rows), spacing, letter);
    return { ...block, x: box.right + gap, y: Math.max(box.top, box.bottom - block.height) };
  }
  const most = Math.max(1, Math.floor((2 * half.x) / letter / spacing.across) - 1);
  return { ...blockOf(count, most, spacing, letter), x: left, y: box.bottom + gap };
}

/**
 * A block of people, below a heading.
 * @param {number} count @param {number} widest the most columns @param {{ across: number, down: number }} spacing
 * @param {number} unit
 */
function blockOf(count, widest, { across, down }, unit) {
  const rows = Math.ceil(count / widest);
  const columns = Math.ceil(count / rows);
  const isCompact = across < LIST.across;
  const edge = BLOCK_EDGE * unit;
  const people = (isCompact ? columns - 1 : columns) * across * unit;
  const width = Math.max(HEADING.width * unit, people + 2 * edge);
  return {
    isCompact,
    columns,
    step: { x: across * unit, y: down * unit },
    width,
    height: HEADING.height * unit + (rows - 1) * down * unit + edge,
    start: { x: isCompact ? (width - people) / 2 : edge, y: HEADING.height * unit },
  };
}

/**
 * What to arrange people for; null if the stage has hardly changed, because a little more or less moves no one.
 * @param {NetworkMap} map @returns {Stage | null}
 */
export function stageOf(map) {
  const { clientWidth: width, clientHeight: height } = map.stage;
  const was = map.arrangedFor;
  const now = { width, height, text: map.labels.fontSize(width), listsUnconnected: map.isPresenting };
  const ratios = [width / was.width, height / was.height, now.text / was.text];
  return width && height && ratios.some((ratio) => Math.abs(Math.log(ratio)) > 0.1) ? now : null;
}
