// What a whole room may see of the network, and so what a picture of it may show: never who did not answer, what people
// said about their connections, or that someone who is connected only to people off the map is connected at all. Who
// has no connections is counted and not drawn, unless staff want their names. What is not in this data can't be shown.

import { formatCount } from "./elements.js";

/**
 * The part of the data that a room may see.
 * @param {MapData} data @param {{ namesUnconnected: boolean }} options @returns {MapData}
 */
export function dataForRoom(data, { namesUnconnected }) {
  const { people } = data;
  const ties = tiesForRoom(data);
  const everyone = [...ties.keys()];
  const kept = namesUnconnected ? everyone : everyone.filter((person) => ties[person] > 0);
  const unconfirmed = new Set(data.ties.unconfirmed);
  const keptTies = [...data.ties.from.keys()].filter((tie) => !unconfirmed.has(tie));
  const isComplete = kept.length === everyone.length;
  return {
    ...data,
    version: `${data.version} for a room${namesUnconnected ? " with names" : ""}`,
    people: {
      id: pick(people.id, kept),
      name: pick(people.name, kept),
      x: pick(people.x, kept),
      y: pick(people.y, kept),
      ties: pick(ties, kept),
      group: pick(people.group, kept),
      cluster: pick(people.cluster, kept),
      betweenness: people.betweenness && pick(people.betweenness, kept),
      nonrespondents: [],
      organizations: placesIn(kept, people.organizations),
      hidden_ties: [],
    },
    name_styles: {
      ...data.name_styles,
      others: Object.fromEntries(
        Object.entries(data.name_styles.others).map(([style, names]) => [style, pick(names, kept)]),
      ),
    },
    attributes: data.attributes.map((column) => ({ ...column, indexes: pick(column.indexes, kept) })),
    ties: {
      ...data.ties,
      from: placesIn(kept, pick(data.ties.from, keptTies)),
      to: placesIn(kept, pick(data.ties.to, keptTies)),
      strength: pick(data.ties.strength, keptTies),
      kinds: pick(data.ties.kinds, keptTies),
      unconfirmed: [],
      one_sided: [],
      measures: [],
    },
    legend: { ...data.legend, entries: isComplete ? data.legend.entries : countAgain(data, kept) },
    regions: { ...data.regions, brokers: placesIn(kept, data.regions.brokers) },
    shown: kept.length,
    total: data.total - (everyone.length - kept.length),
    isolates: namesUnconnected && data.isolates ? countIn(data.isolates, countUnconnected(data)) : null,
  };
}

/** How many people have no connections that a room may see. @param {MapData} data as it was sent */
export function countUnconnected(data) {
  return tiesForRoom(data).filter((ties) => !ties).length;
}

/** How many ties of each person a room may see. @param {MapData} data as it was sent */
function tiesForRoom({ people }) {
  const hidden = new Map(people.hidden_ties);
  return people.ties.map((ties, person) => ties - (hidden.get(person) ?? 0));
}

/**
 * The area for people with no connections, labeled with how many a room sees there.
 * @param {IsolateArea} area @param {number} count @returns {IsolateArea}
 */
function countIn(area, count) {
  return { ...area, label: area.label.replace(/[\d,]+$/, formatCount(count)) };
}

/** The legend with the people who are kept. @param {MapData} data @param {PersonIndex[]} kept */
function countAgain(data, kept) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const group of pick(data.people.group, kept)) counts.set(group, (counts.get(group) ?? 0) + 1);
  return data.legend.entries
    .map((entry) => ({ ...entry, count: counts.get(entry.group) ?? 0 }))
    .filter((entry) => entry.count > 0);
}

/**
 * Where these people are among those who are kept, if they are.
 * @param {PersonIndex[]} kept @param {PersonIndex[]} people @returns {PersonIndex[]}
 */
function placesIn(kept, people) {
  const places = new Map(kept.map((person, place) => [person, place]));
  return people.flatMap((person) => places.get(person) ?? []);
}

/** @template Item @param {Item[]} items @param {number[]} places */
function pick(items, places) {
  return places.map((place) => items[place]);
}
