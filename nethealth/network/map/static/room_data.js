// What a whole room may see of the network, and so what a picture of it may show: never who did not answer, what people
// said about their connections, or that someone who is connected only to people off the map is connected at all. Who
// has no connections is counted and not drawn, unless staff want their names. What is not in this data can't be shown.

import { formatCount } from "./elements.js";

/** @import { IsolateArea, MapData, PersonIndex } from "./types" */

/**
 * The part of the data that a room may see.
 * @param {MapData} data
 * @param {{ namesUnconnected: boolean }} options
 * @returns {MapData}
 */
export function dataForRoom(data, { namesUnconnected }) {
  const ties = [...data.people.ties];
  for (const [person, hidden] of data.people.hidden_ties) ties[person] -= hidden;
  const everyone = ties.map((_, person) => person);
  const kept = namesUnconnected ? everyone : everyone.filter((person) => ties[person] > 0);
  const unconfirmed = new Set(data.ties.unconfirmed);
  const keptTies = data.ties.from.map((_, tie) => tie).filter((tie) => !unconfirmed.has(tie));
  const isComplete = kept.length === everyone.length;
  return {
    ...data,
    version: `${data.version} for a room${namesUnconnected ? " with names" : ""}`,
    people: peopleForRoom({ ...data.people, ties }, kept),
    name_styles: {
      ...data.name_styles,
      others: Object.fromEntries(
        Object.entries(data.name_styles.others).map(([style, names]) => [style, pick(names, kept)]),
      ),
    },
    attributes: data.attributes.map((column) => ({ ...column, indexes: pick(column.indexes, kept) })),
    ties: tiesForRoom(data.ties, keptTies, kept),
    legend: { ...data.legend, entries: isComplete ? data.legend.entries : countAgain(data, kept) },
    regions: { ...data.regions, brokers: placesIn(kept, data.regions.brokers) },
    shown: kept.length,
    total: data.total - (everyone.length - kept.length),
    isolates: namesUnconnected && data.isolates ? countIn(data.isolates, ties.filter((count) => !count).length) : null,
  };
}

/**
 * How many people have no connections that a room may see.
 * @param {MapData} data as it was sent
 */
export function countUnconnected(data) {
  const hidden = new Map(data.people.hidden_ties);
  return data.people.ties.filter((ties, person) => ties <= (hidden.get(person) ?? 0)).length;
}

/**
 * @param {MapData["people"]} people
 * @param {PersonIndex[]} kept
 * @returns {MapData["people"]}
 */
function peopleForRoom(people, kept) {
  return {
    id: pick(people.id, kept),
    name: pick(people.name, kept),
    x: pick(people.x, kept),
    y: pick(people.y, kept),
    ties: pick(people.ties, kept),
    group: pick(people.group, kept),
    betweenness: people.betweenness && pick(people.betweenness, kept),
    nonrespondents: [],
    organizations: kept.flatMap((person, place) => (people.organizations.includes(person) ? [place] : [])),
    hidden_ties: [],
    cluster: pick(people.cluster, kept),
  };
}

/**
 * @param {MapData["ties"]} ties
 * @param {number[]} keptTies
 * @param {PersonIndex[]} kept
 * @returns {MapData["ties"]}
 */
function tiesForRoom(ties, keptTies, kept) {
  return {
    ...ties,
    from: placesIn(kept, pick(ties.from, keptTies)),
    to: placesIn(kept, pick(ties.to, keptTies)),
    strength: pick(ties.strength, keptTies),
    kinds: pick(ties.kinds, keptTies),
    unconfirmed: [],
    one_sided: [],
    measures: [],
  };
}

/**
 * The area for people with no connections, labeled with how many a room sees there.
 * @param {IsolateArea} area
 * @param {number} count
 * @returns {IsolateArea}
 */
function countIn(area, count) {
  return { ...area, label: area.label.replace(/[\d,]+$/, formatCount(count)) };
}

/**
 * The legend with the people who are kept.
 * @param {MapData} data
 * @param {PersonIndex[]} kept
 */
function countAgain(data, kept) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const group of pick(data.people.group, kept)) counts.set(group, (counts.get(group) ?? 0) + 1);
  return data.legend.entries
    .map((entry) => ({ ...entry, count: counts.get(entry.group) ?? 0 }))
    .filter((entry) => entry.count > 0);
}

/**
 * Where these people are among those who are kept.
 * @param {PersonIndex[]} kept
 * @param {PersonIndex[]} people all of them kept
 * @returns {PersonIndex[]}
 */
function placesIn(kept, people) {
  const places = new Map(kept.map((person, place) => [person, place]));
  return people.map((person) => /** @type {PersonIndex} */ (places.get(person)));
}

/**
 * @template Item
 * @param {Item[]} items
 * @param {number[]} places
 */
function pick(items, places) {
  return places.map((place) => items[place]);
}
