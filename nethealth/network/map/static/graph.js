// The network as a graph: people and ties by number, where people stand, neighbors, and shortest paths.

import { truncate } from "./elements.js";
import { crossesRegions, regionNumbers, regionsOf } from "./regions.js";

/** @import { IsolateArea, MapData, NameStyle, Path, PersonIndex, Positions, TieIndex, TieMeasure } from "./types" */

export const SHORT_NAME = 22;
const ISOLATE_GAP = 210; // between connected people and the area for people with no connections yet
const AREA_EDGE = 36; // around the people in that area
const COLUMN = 250; // between its columns of names, unless a name needs more
const LETTER = 23;
const CLEARLY_LARGER = 1.2;

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
 * Fit the drawing to the page: spread it a little on a wide page, with people who have no connections listed next to
 * the others; on a tall page they are listed below. Very many of them stand in a dense block.
 * @param {MapData} data
 * @param {number} aspect
 * @returns {{ x: number[], y: number[], isolates: IsolateArea | null }}
 */
function arrange(data, aspect) {
  const { name, ties } = data.people;
  const [x, y] = [[...data.people.x], [...data.people.y]];
  /** @type {PersonIndex[]} */
  const alone = [];
  /** @type {PersonIndex[]} */
  const connected = [];
  for (let person = 0; person < ties.length; person += 1) (ties[person] ? connected : alone).push(person);
  if (!connected.length || !(aspect > 0)) return { x, y, isolates: data.isolates };
  alone.sort((a, b) => (name[a] < name[b] ? -1 : 1));
  const [left, right] = extent(x, connected);
  const [top, bottom] = extent(y, connected);
  const wide = aspect > 1;
  const spread = wide ? Math.min(1.45, Math.max(1, (0.8 * aspect * (bottom - top + 120)) / (right - left + 120))) : 1;
  for (const person of connected) x[person] *= spread;
  if (!alone.length || !data.isolates) return { x, y, isolates: data.isolates };
  const dense = alone.length > 36;
  const longest = alone.reduce((most, person) => Math.max(most, truncate(name[person], SHORT_NAME).length), 0);
  const column = Math.max(COLUMN, longest * LETTER);
  const [stepX, stepY] = dense ? [78, 78] : wide ? [column, 56] : [390, 56];
  const tail = dense ? 0 : stepX - 45;
  const [width, height] = [(right - left) * spread, bottom - top];
  const rows = wide
    ? isolateRows(alone.length, { stepX, stepY, tail, width, height, aspect })
    : Math.ceil(alone.length / Math.max(1, Math.floor((right - left) / stepX)));
  const columns = Math.ceil(alone.length / rows);
  const [startX, startY] = wide
    ? [right * spread + ISOLATE_GAP, (top + bottom) / 2 - ((rows - 1) * stepY) / 2]
    : [(left + right) / 2 - ((columns - 1) * stepX + tail) / 2, bottom + 150];
  alone.forEach((person, place) => {
    x[person] = startX + Math.floor(place / rows) * stepX;
    y[person] = startY + (place % rows) * stepY;
  });
  const isolates = {
    ...data.isolates,
    columnWidth: dense ? 0 : stepX,
    x: startX - AREA_EDGE,
    y: startY - AREA_EDGE,
    width: (columns - 1) * stepX + tail + 2 * AREA_EDGE,
    height: (rows - 1) * stepY + 2 * AREA_EDGE,
  };
  return { x, y, isolates };
}
