// The network as a graph: people and ties by number, where people stand, neighbors, and shortest paths.

import { arrange } from "./arrange.js";

export const SHORT_NAME = 22;
export const SILENT = "silent"; // the value that addresses have for people who did not respond

// People and ties by number, made from what `NetworkMap.as_json` gives.
export class Graph {
  x = new Float64Array();
  y = new Float64Array();
  /** @type {IsolateArea | null} */
  isolates = null;
  /** @type {Stretch} of the positions in the data */
  stretch;
  /** @type {Float64Array} how far each person's nearest neighbor on the map is */
  nearest = new Float64Array();
  spacing = 1; // the median of that, among people with ties

  /** @param {MapData} data @param {Stage} stage @param {Graph} [before] from which this one should hardly differ */
  constructor(data, stage, before) {
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
    this.organizations = new Set(people.organizations);
    this.from = ties.from;
    this.to = ties.to;
    this.strength = ties.strength;
    this.kinds = ties.kinds;
    this.unconfirmed = new Set(ties.unconfirmed);
    this.introduced = new Set(ties.introduced);
    this.oneSided = new Set(ties.one_sided);
    // Measures of ties, such as trust, by their ids in addresses. For staff only.
    /** @type {Record<string, TieMeasure>} */
    this.measures = Object.fromEntries(ties.measures.map((measure) => [measure.id, measure]));
    const { kind, entries } = data.regions;
    const known = new Set(entries.map(({ number }) => number));
    const numbers = kind === "category" ? people.group : people.cluster;
    /** The number of the region that each person is in; -1 for none, as for people with no connections. */
    this.regionOf = numbers.map((number, person) => (people.ties[person] && known.has(number) ? number : -1));
    const everyone = [...this.ids.keys()];
    /** @type {Region[]} the largest cluster, or the first value of the legend, first */
    this.regions = entries.map(({ number, name }) => ({
      number, name, kind, members: everyone.filter((person) => this.regionOf[person] === number),
    }));
    this.brokers = new Set(data.regions.brokers);
    this.tiesByPerson = indexTies(this.count, ties.from, ties.to);
    this.arrange(stage, before?.stretch);
    /** @type {PersonIndex[]} the best connected first */
    this.ranked = everyone.sort((a, b) => this.ties[b] - this.ties[a] || (people.name[a] < people.name[b] ? -1 : 1));
    /** @type {PersonIndex[]} the best connected of each region */
    this.leaders = this.regions.map(({ number }) => this.ranked.find((person) => this.regionOf[person] === number) ?? -1);
  }

  /** Place everyone for this stage. @param {Stage} stage @param {Stretch} [was] */
  arrange(stage, was) {
    Object.assign(this, arrange(this.data, stage, was));
    this.nearest = nearestDistances(this.x, this.y);
    const apart = [...this.nearest.filter((each, person) => this.ties[person] && each < Infinity)].sort((a, b) => a - b);
    this.spacing = apart[Math.floor(apart.length / 2)] || 60;
  }

  /** Whether a tie runs from one region to another. @param {TieIndex} tie */
  isBetweenRegions(tie) {
    const [one, other] = [this.regionOf[this.from[tie]], this.regionOf[this.to[tie]]];
    return one >= 0 && other >= 0 && one !== other;
  }

  /** @param {TieIndex} tie */
  tieId(tie) {
    const [a, b] = [this.ids[this.from[tie]], this.ids[this.to[tie]]];
    return a < b ? `${a}-${b}` : `${b}-${a}`;
  }

  /** @param {string | null} id @returns {TieIndex | null} */
  tieWithId(id) {
    const found = id ? this.from.findIndex((_, tie) => this.tieId(tie) === id) : -1;
    return found < 0 ? null : found;
  }

  /** Those of these people who are drawn. @param {string[]} ids */
  indexes(ids) {
    return ids.flatMap((id) => this.indexById.get(id) ?? []);
  }

  /** The person at the other end of a tie. @param {TieIndex} tie @param {PersonIndex} person */
  otherEnd(tie, person) {
    return this.from[tie] === person ? this.to[tie] : this.from[tie];
  }

  /** How strong a tie is; its types if no one said. @param {TieIndex} tie */
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
   * @param {PersonIndex} person @param {{ showsNames: boolean }} options @returns {[string, string][]}
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
   * @param {PersonIndex} person @param {number} steps @returns {Map<PersonIndex, number>}
   */
  within(person, steps) {
    const distances = new Map([[person, 0]]);
    // A map may grow while it is read: the people added are visited in turn, the nearest first.
    for (const [one, distance] of distances) {
      if (distance === steps) break;
      for (const tie of this.tiesByPerson[one]) {
        const other = this.otherEnd(tie, one);
        if (!distances.has(other) && !(distance && this.unconfirmed.has(tie))) distances.set(other, distance + 1);
      }
    }
    return distances;
  }

  /**
   * A shortest path along ties; of equally short ones, the one with the strongest first step.
   * @param {PersonIndex} start @param {PersonIndex} end @returns {Path | null} null if no path leads there
   */
  shortestPath(start, end) {
    const tiesOf = (/** @type {PersonIndex} */ one) => this.tiesByPerson[one].filter((tie) => !this.unconfirmed.has(tie));
    const distances = new Map([[end, 0]]);
    const counts = new Map([[end, 1]]);
    for (const [one, distance] of distances) {
      if (one === start) break;
      for (const tie of tiesOf(one)) {
        const other = this.otherEnd(tie, one);
        if (!distances.has(other)) distances.set(other, distance + 1);
        if (distances.get(other) === distance + 1) counts.set(other, (counts.get(other) ?? 0) + (counts.get(one) ?? 0));
      }
    }
    const length = distances.get(start);
    if (length === undefined) return null;
    const people = [start];
    const ties = [];
    for (let left = length - 1; left >= 0; left -= 1) {
      const person = people[people.length - 1];
      const ahead = tiesOf(person).filter((tie) => distances.get(this.otherEnd(tie, person)) === left);
      const strongest = ahead.reduce((best, tie) => ((this.strength[tie] || 0) > (this.strength[best] || 0) ? tie : best));
      ties.push(strongest);
      people.push(this.otherEnd(strongest, person));
    }
    return { people, ties, count: counts.get(start) ?? 1 };
  }

  /** A copy of where everyone stands, for the map to move. @returns {Positions} */
  copyPositions() {
    return { x: Float64Array.from(this.x), y: Float64Array.from(this.y) };
  }
}

/** The ties of each person. @param {number} count @param {PersonIndex[]} from @param {PersonIndex[]} to */
function indexTies(count, from, to) {
  /** @type {TieIndex[][]} */
  const ties = Array.from({ length: count }, () => []);
  for (let tie = 0; tie < from.length; tie += 1) {
    ties[from[tie]].push(tie);
    ties[to[tie]].push(tie);
  }
  return ties;
}

/** Infinity for someone alone. @param {Float64Array} x @param {Float64Array} y */
function nearestDistances(x, y) {
  const order = [...x.keys()].sort((a, b) => x[a] - x[b]);
  const nearest = new Float64Array(x.length).fill(Infinity);
  order.forEach((person, at) => {
    // Outward from each person, as far as someone nearer could be.
    for (const step of [-1, 1])
      for (let next = at + step; next >= 0 && next < order.length; next += step) {
        const across = Math.abs(x[order[next]] - x[person]);
        if (across >= nearest[person]) break;
        nearest[person] = Math.min(nearest[person], Math.hypot(across, y[order[next]] - y[person]));
      }
  });
  return nearest;
}
