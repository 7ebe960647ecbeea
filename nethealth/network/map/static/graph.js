// The network as a graph: people and ties by number, where people stand, neighbors, and shortest paths.

import { truncate } from "./elements.js";
import { crossesRegions, regionNumbers, regionsOf } from "./regions.js";

/** @import { IsolateArea, MapData, NameStyle, Path, PersonIndex, Positions, TieIndex, TieMeasure } from "./types" */

export const SHORT_NAME = 22;
const ISOLATE_GAP = 210; // between connected people and the area for people with no connections yet
const AREA_EDGE = 26; // around the people in that area
const COLUMN = 250; // between its columns of names, unless a name needs more
const LETTER = 23;
const CLEARLY_LARGER = 1.2;
const FIT_EDGE = 120; // what the camera leaves around people
const MOST_STRETCH = 1.45;
const MOST_LISTED = 36; // people whose names are listed
const STEP = 46; // between people in a block without names
const MOST_CORNER_ROWS = 6;
const CLEARANCE = 70; // between that block and others
const [LABEL_ROOM, LABEL_HEIGHT] = [230, 40]; // what its heading takes

// People and ties by number, made from what `NetworkMap.as_json` gives.
export class Graph {
  x = new Float64Array();
  y = new Float64Array();
  /** @type {IsolateArea | null} */
  isolates = null;

  /**
   * @param {MapData} data
   * @param {number} aspect the stage's width divided by its height
   */
  constructor(data, aspect) {
    const { people, ties } = data;
    this.data = data;
    this.count = people.id.length;
    this.ids = people.id;
    this.indexById = new Map(this.ids.map((id, person) => [id, person]));
    /** @type {Partial<Record<NameStyle, string[]>>} */
    this.names = { [data.name_styles.shown]: people.name, ...data.name_styles.others };
    this.groups = people.group;
    this.ties = people.ties;
    this.betweenness = people.betweenness;
    this.nonrespondents = new Set(people.nonrespondents);
    this.from = ties.from;
    this.to = ties.to;
    this.strength = ties.strength;
    this.kinds = ties.kinds;
    this.unconfirmed = new Set(ties.unconfirmed);
    // Measures of ties, such as trust, by their ids in addresses. For staff only.
    /** @type {Record<string, TieMeasure>} */
    this.measures = Object.fromEntries(ties.measures.map((measure) => [measure.id, measure]));
    this.regions = regionsOf(data);
    // The number of the region that each person is in; -1 for none.
    this.regionOf = regionNumbers(data);
    this.brokers = data.regions.brokers;
    this.tiesByPerson = indexTies(this.count, ties.from, ties.to);
    this.arrange(aspect);
    /** @type {PersonIndex[]} the best connected first */
    this.ranked = Array.from({ length: this.count }, (_, person) => person).sort(
      (a, b) => this.ties[b] - this.ties[a] || (people.name[a] < people.name[b] ? -1 : 1),
    );
  }

  /**
   * Place everyone for a stage of this shape.
   * @param {number} aspect
   */
  arrange(aspect) {
    const { x, y, isolates } = arrange(this.data, aspect);
    this.x = Float64Array.from(x);
    this.y = Float64Array.from(y);
    this.isolates = isolates;
  }

  /**
   * Whether a tie runs from one region to another.
   * @param {TieIndex} tie
   */
  isBetweenRegions(tie) {
    return crossesRegions(this.data, this.regionOf, tie);
  }

  /** @param {TieIndex} tie */
  tieId(tie) {
    const [a, b] = [this.ids[this.from[tie]], this.ids[this.to[tie]]];
    return a < b ? `${a}-${b}` : `${b}-${a}`;
  }

  /**
   * @param {string | null} id
   * @returns {TieIndex | null}
   */
  tieWithId(id) {
    const found = id ? this.from.findIndex((_, tie) => this.tieId(tie) === id) : -1;
    return found < 0 ? null : found;
  }

  /**
   * The person at the other end of a tie.
   * @param {TieIndex} tie
   * @param {PersonIndex} person
   */
  otherEnd(tie, person) {
    return this.from[tie] === person ? this.to[tie] : this.from[tie];
  }

  /** @param {PersonIndex} person */
  shape(person) {
    return this.groups[person] < 0 ? this.data.shapes.other : this.data.shapes.groups[this.groups[person]];
  }

  /**
   * How strong a tie is; its types if no one said.
   * @param {TieIndex} tie
   */
  tieLabel(tie) {
    const strength = this.strength[tie];
    if (strength !== null) return this.data.scale[strength] ?? String(strength);
    return this.kindsOf(tie).join(", ");
  }

  /** @param {TieIndex} tie */
  kindsOf(tie) {
    return (this.data.ties.kind_sets[this.kinds[tie]] || []).map((kind) => this.data.ties.kind_names[kind]);
  }

  /**
   * A person's attributes; without full names only the one that colors the map.
   * @param {PersonIndex} person
   * @param {{ showsNames: boolean }} options
   * @returns {[string, string][]}
   */
  attributesOf(person, { showsNames }) {
    const columns = this.data.attributes.filter((column) => showsNames || column.label === this.data.legend.title);
    return columns.flatMap(({ label, values, indexes }) => {
      const value = values[indexes[person]];
      return value === undefined ? [] : [/** @type {[string, string]} */ ([label, value])];
    });
  }

  /**
   * Everyone within some steps of a person, each with their distance. Unconfirmed ties lead nowhere.
   * @param {PersonIndex} person
   * @param {number} steps
   * @returns {Map<PersonIndex, number>}
   */
  within(person, steps) {
    const distances = new Map([[person, 0]]);
    let frontier = [person];
    for (let step = 1; step <= steps; step += 1) {
      /** @type {PersonIndex[]} */
      const next = [];
      for (const one of frontier)
        for (const tie of this.tiesByPerson[one]) {
          const other = this.otherEnd(tie, one);
          if (distances.has(other) || (step > 1 && this.unconfirmed.has(tie))) continue;
          distances.set(other, step);
          next.push(other);
        }
      frontier = next;
    }
    return distances;
  }

  /**
   * A shortest path along ties; of equally short ones, the one with the strongest first step.
   * @param {PersonIndex} start
   * @param {PersonIndex} end
   * @returns {Path | null} null if no path leads there
   */
  shortestPath(start, end) {
    const distances = new Map([[end, 0]]);
    const counts = new Map([[end, 1]]);
    const distance = (/** @type {PersonIndex} */ person) => distances.get(person) ?? Infinity;
    let frontier = [end];
    while (frontier.length && !distances.has(start)) {
      /** @type {PersonIndex[]} */
      const next = [];
      for (const one of frontier)
        for (const tie of this.tiesByPerson[one]) {
          if (this.unconfirmed.has(tie)) continue;
          const other = this.otherEnd(tie, one);
          if (!distances.has(other)) {
            distances.set(other, distance(one) + 1);
            next.push(other);
          }
          if (distance(other) === distance(one) + 1) counts.set(other, (counts.get(other) ?? 0) + (counts.get(one) ?? 0));
        }
      frontier = next;
    }
    if (!distances.has(start)) return null;
    const people = [start];
    const ties = [];
    for (let person = start; person !== end; ) {
      const ahead = this.tiesByPerson[person].filter(
        (tie) => !this.unconfirmed.has(tie) && distance(this.otherEnd(tie, person)) === distance(person) - 1,
      );
      ahead.sort((a, b) => (this.strength[b] || 0) - (this.strength[a] || 0));
      ties.push(ahead[0]);
      person = this.otherEnd(ahead[0], person);
      people.push(person);
    }
    return { people, ties, count: counts.get(start) ?? 1 };
  }

  /**
   * A copy of where everyone stands, for the map to move.
   * @returns {Positions}
   */
  copyPositions() {
    return { x: Float64Array.from(this.x), y: Float64Array.from(this.y) };
  }
}

/**
 * The ties of each person.
 * @param {number} count
 * @param {PersonIndex[]} from
 * @param {PersonIndex[]} to
 */
function indexTies(count, from, to) {
  /** @type {TieIndex[][]} */
  const ties = Array.from({ length: count }, () => []);
  for (let tie = 0; tie < from.length; tie += 1) {
    ties[from[tie]].push(tie);
    ties[to[tie]].push(tie);
  }
  return ties;
}

/**
 * The lowest and highest of the values at these places.
 * @param {ArrayLike<number>} values
 * @param {PersonIndex[]} places
 */
export function extent(values, places) {
  let [low, high] = [Infinity, -Infinity];
  for (const place of places) {
    if (values[place] < low) low = values[place];
    if (values[place] > high) high = values[place];
  }
  return [low, high];
}

/**
 * In how many rows people with no connections stand next to the others: as many as fill the others' height, unless
 * another number lets everything be drawn clearly larger, as when only a few people are connected.
 * @param {number} count
 * @param {{ stepX: number, stepY: number, tail: number, width: number, height: number, aspect: number }} size
 */
function isolateRows(count, { stepX, stepY, tail, width, height, aspect }) {
  const usual = Math.max(1, Math.min(count, Math.floor((0.86 * height) / stepY) || 1));
  const size = (/** @type {number} */ rows) => {
    const across = width + ISOLATE_GAP + (Math.ceil(count / rows) - 1) * stepX + tail + AREA_EDGE;
    return Math.max(across / aspect, height, (rows - 1) * stepY + 2 * AREA_EDGE);
  };
  let best = usual;
  for (let rows = 1; rows <= count; rows += 1) if (size(rows) < size(best)) best = rows;
  return size(usual) > CLEARLY_LARGER * size(best) ? best : usual;
}

/**
 * Fit the drawing to the page: turned on a tall one, and stretched a little to its shape. People with no connections
 * stand in a small block in a free corner, or below; if they are most of the network, they are listed next to the others.
 * @param {MapData} data
 * @param {number} aspect
 * @returns {{ x: number[], y: number[], isolates: IsolateArea | null }}
 */
function arrange(data, aspect) {
  const { name, ties } = data.people;
  const turned = aspect < 1;
  const [x, y] = turned ? [data.people.y.map((down) => -down), [...data.people.x]] : [[...data.people.x], [...data.people.y]];
  /** @type {PersonIndex[]} */
  const alone = [];
  /** @type {PersonIndex[]} */
  const connected = [];
  for (let person = 0; person < ties.length; person += 1) (ties[person] ? connected : alone).push(person);
  if (!connected.length || !(aspect > 0))
    return { x: [...data.people.x], y: [...data.people.y], isolates: data.isolates };
  alone.sort((a, b) => (name[a] < name[b] ? -1 : 1));
  let [left, right, top, bottom] = [...extent(x, connected), ...extent(y, connected)];
  const wider = (aspect * (bottom - top + FIT_EDGE)) / (right - left + FIT_EDGE);
  const stretch = (/** @type {number} */ factor) => Math.min(MOST_STRETCH, Math.max(1, factor));
  const [across, down] = [stretch(wider), stretch(1 / wider)];
  for (const person of connected) [x[person], y[person]] = [x[person] * across, y[person] * down];
  [left, right, top, bottom] = [left * across, right * across, top * down, bottom * down];
  if (!alone.length || !data.isolates) return { x, y, isolates: data.isolates };
  const isListed = alone.length >= connected.length && alone.length <= MOST_LISTED;
  const block = (isListed ? listBeside : blockInCorner)({ alone, connected, name, x, y, turned, aspect, left, right, top, bottom });
  alone.forEach((person, place) => {
    x[person] = block.x + Math.floor(place / block.rows) * block.stepX;
    y[person] = block.y + (place % block.rows) * block.stepY;
  });
  const isolates = {
    ...data.isolates,
    columnWidth: isListed ? block.stepX : 0,
    x: block.x - AREA_EDGE,
    y: block.y - AREA_EDGE,
    width: (Math.ceil(alone.length / block.rows) - 1) * block.stepX + block.tail + 2 * AREA_EDGE,
    height: (block.rows - 1) * block.stepY + 2 * AREA_EDGE,
  };
  return { x, y, isolates };
}

/**
 * @typedef {{ alone: PersonIndex[], connected: PersonIndex[], name: string[], x: number[], y: number[],
 *   turned: boolean, aspect: number, left: number, right: number, top: number, bottom: number }} Arrangement
 * @typedef {{ x: number, y: number, rows: number, stepX: number, stepY: number, tail: number }} IsolateBlock
 */

/**
 * A list of names next to the others; below them on a tall page.
 * @param {Arrangement} arrangement
 * @returns {IsolateBlock}
 */
function listBeside({ alone, name, turned, aspect, left, right, top, bottom }) {
  const longest = alone.reduce((most, person) => Math.max(most, truncate(name[person], SHORT_NAME).length), 0);
  const [stepX, stepY] = [turned ? 390 : Math.max(COLUMN, longest * LETTER), 56];
  const tail = stepX - 45;
  const rows = turned
    ? Math.ceil(alone.length / Math.max(1, Math.floor((right - left) / stepX)))
    : isolateRows(alone.length, { stepX, stepY, tail, width: right - left, height: bottom - top, aspect });
  const across = (Math.ceil(alone.length / rows) - 1) * stepX + tail;
  return turned
    ? { x: (left + right - across) / 2, y: bottom + 150, rows, stepX, stepY, tail }
    : { x: right + ISOLATE_GAP, y: (top + bottom) / 2 - ((rows - 1) * stepY) / 2, rows, stepX, stepY, tail };
}

/**
 * A dense block in a corner where no one else stands; below the others if there is none, or on a tall page.
 * @param {Arrangement} arrangement
 * @returns {IsolateBlock}
 */
function blockInCorner({ alone, connected, x, y, turned, left, right, top, bottom }) {
  const step = { stepX: STEP, stepY: STEP, tail: 0 };
  const most = Math.max(1, Math.floor((right - left) / STEP));
  for (let rows = 1; !turned && rows <= Math.min(alone.length, MOST_CORNER_ROWS); rows += 1) {
    const across = (Math.ceil(alone.length / rows) - 1) * STEP;
    const room = { w: Math.max(across, LABEL_ROOM) + CLEARANCE, h: (rows - 1) * STEP + CLEARANCE + LABEL_HEIGHT };
    for (const isLeft of [true, false]) {
      const isFree = connected.every(
        (person) => (isLeft ? x[person] > left + room.w : x[person] < right - room.w) || y[person] < bottom - room.h,
      );
      if (isFree && across <= right - left)
        return { x: isLeft ? left : right - across, y: bottom - (rows - 1) * STEP, rows, ...step };
    }
  }
  return { x: left, y: bottom + CLEARANCE + (turned ? 3 : 1) * LABEL_HEIGHT, rows: Math.ceil(alone.length / most), ...step };
}
