// The regions of the map: the clusters, or the values of the column in color if the clusters follow it.

/** @import { MapData, PersonIndex, Region, TieIndex } from "./types" */

/**
 * The number of the region that each person is in; -1 for none, as for people with no connections.
 * @param {MapData} data
 * @returns {number[]}
 */
export function regionNumbers({ people, regions }) {
  const known = new Set(regions.entries.map(({ number }) => number));
  const numbers = regions.kind === "category" ? people.group : people.cluster;
  return numbers.map((number, person) => (people.ties[person] && known.has(number) ? number : -1));
}

/**
 * @param {MapData} data
 * @returns {Region[]} the largest cluster, or the first value of the legend, first
 */
export function regionsOf(data) {
  const { kind, entries } = data.regions;
  /** @type {Map<number, PersonIndex[]>} */
  const members = new Map(entries.map(({ number }) => [number, []]));
  regionNumbers(data).forEach((number, person) => members.get(number)?.push(person));
  return entries.map(({ number, name }) => ({ number, name, kind, members: members.get(number) ?? [] }));
}

/**
 * Whether a tie runs from one region to another.
 * @param {MapData} data
 * @param {number[]} numbers what `regionNumbers` gives
 * @param {TieIndex} tie
 */
export function crossesRegions({ ties }, numbers, tie) {
  const [one, other] = [numbers[ties.from[tie]], numbers[ties.to[tie]]];
  return one >= 0 && other >= 0 && one !== other;
}
