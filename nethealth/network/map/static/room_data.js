// What a whole room may see of the network, and so what a picture of it may show: never who did not answer, what people
// said about their connections, or that someone who is connected only to people off the map is connected at all. Who
// has no connections is counted and not drawn, unless staff want their names. What is not in this data can't be shown.

import { formatCount } from "./elements.js";

/** @param {MapData} data @param {{ namesUnconnected: boolean }} options @returns {MapData} */
export function dataForRoom(data, { namesUnconnected }) {
  const { people } = data;
  const ties = tiesForRoom(data);
  const everyone = [...ties.keys()];
  const shown = namesUnconnected ? everyone : everyone.filter((person) => ties[person] > 0);
  const unconfirmed = new Set(data.ties.unconfirmed);
  const shownTies = [...data.ties.from.keys()].filter((tie) => !unconfirmed.has(tie));
  const isComplete = shown.length === everyone.length;
  return {
    ...data,
    version: `${data.version} for a room${namesUnconnected ? " with names" : ""}`,
    people: {
      id: pick(people.id, shown),
      name: pick(people.name, shown),
      x: pick(people.x, shown),
      y: pick(people.y, shown),
      ties: pick(ties, shown),
      group: pick(people.group, shown),
      cluster: pick(people.cluster, shown),
      betweenness: people.betweenness && pick(people.betweenness, shown),
      nonrespondents: [],
      organizations: placesIn(shown, people.organizations),
      hidden_ties: [],
    },
    name_styles: {
      ...data.name_styles,
      others: Object.fromEntries(
        Object.entries(data.name_styles.others).map(([style, names]) => [style, pick(names, shown)]),
      ),
    },
    attributes: data.attributes.map((column) => ({ ...column, indexes: pick(column.indexes, shown) })),
    ties: {
      ...data.ties,
      from: placesIn(shown, pick(data.ties.from, shownTies)),
      to: placesIn(shown, pick(data.ties.to, shownTies)),
      strength: pick(data.ties.strength, shownTies),
      kinds: pick(data.ties.kinds, shownTies),
      unconfirmed: [],
      introduced: [],
      one_sided: [],
      measures: [],
    },
    legend: { ...data.legend, entries: isComplete ? data.legend.entries : countAgain(data, shown) },
    regions: { ...data.regions, brokers: placesIn(shown, data.regions.brokers) },
    shown: shown.length,
    total: data.total - (everyone.length - shown.length),
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

/** @param {IsolateArea} area @param {number} count @returns {IsolateArea} */
function countIn(area, count) {
  return { ...area, label: area.label.replace(/[\d,]+$/, formatCount(count)) };
}

/** The legend with the people who are shown. @param {MapData} data @param {PersonIndex[]} shown */
function countAgain(data, shown) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const group of pick(data.people.group, shown)) counts.set(group, (counts.get(group) ?? 0) + 1);
  return data.legend.entries
    .map((entry) => ({ ...entry, count: counts.get(entry.group) ?? 0 }))
    .filter((entry) => entry.count > 0);
}

/**
 * Where these people are among those who are shown, if they are.
 * @param {PersonIndex[]} shown @param {PersonIndex[]} people @returns {PersonIndex[]}
 */
function placesIn(shown, people) {
  const places = new Map(shown.map((person, place) => [person, place]));
  return people.flatMap((person) => places.get(person) ?? []);
}

/** @template Item @param {Item[]} items @param {number[]} places */
function pick(items, places) {
  return places.map((place) => items[place]);
}
