// The view is stored in the page's address, so that a link opens the same view. People are stored by their codes and
// values by a hash of their labels: no name and no cell is ever written there.

import { SILENT } from "./graph.js";

const PARAMETERS = /** @type {const} */ ([
  "person", "steps", "to", "tie", "legend", "size", "lines", "names", "marks", "presenter",
]);

/** @typedef {Record<(typeof PARAMETERS)[number], string>} AddressState */

/** @param {string} label */
function labelHash(label) {
  let sum = 0x811c9dc5;
  for (const letter of label) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return sum.toString(36);
}

// The query of the page's address; in the offline file the part after #.
export class Address {
  /** @param {{ isOffline: boolean }} options */
  constructor({ isOffline }) {
    this.isOffline = isOffline;
  }

  parameters() {
    return new URLSearchParams(this.isOffline ? location.hash.slice(1) : location.search);
  }

  /** @returns {AddressState} */
  read() {
    const parameters = this.parameters();
    const pairs = PARAMETERS.map((name) => [name, parameters.get(`map-${name}`) ?? ""]);
    return /** @type {AddressState} */ (Object.fromEntries(pairs));
  }

  /** @param {AddressState} state */
  write(state) {
    const parameters = this.parameters();
    for (const name of PARAMETERS) {
      if (state[name]) parameters.set(`map-${name}`, state[name]);
      else parameters.delete(`map-${name}`);
    }
    const text = parameters.toString();
    if (text === this.parameters().toString()) return;
    const url = this.isOffline ? `#${text}` : `${location.pathname}${text ? `?${text}` : ""}${location.hash}`;
    try {
      // Replaced, not pushed: the back button leaves the page, not the last ten clicks, and the page does not rerun.
      history.replaceState(history.state, "", url);
    } catch {
      // A file opened where addresses may not change has no links.
    }
  }
}

/** Write the map's view to the address. @param {NetworkMap} map */
export function saveView(map) {
  const { view } = map;
  const hashes = new Map(map.data.legend.entries.map((entry) => [entry.group, labelHash(entry.label)]));
  map.address.write({
    ...map.selectedIds(),
    steps: map.focus !== null && map.steps > 1 ? String(map.steps) : "",
    legend: [...map.activeGroups].map((group) => (group === SILENT ? SILENT : hashes.get(group))).join("."),
    size: view.size === "ties" ? "" : view.size,
    lines: view.lines === "strength" ? "" : view.lines,
    names: view.names === map.data.name_styles.shown ? "" : view.names,
    marks: view.marks === "color" ? "" : view.marks,
    presenter: map.isPresenting ? "yes" : "",
  });
}

/** Take the map's view from the address, as far as this network has what it names. @param {NetworkMap} map */
export function restoreView(map) {
  const state = map.address.read();
  const { graph, data } = map;
  map.selectIds(state);
  map.steps = state.steps === "2" ? 2 : 1;
  const hashes = new Set(state.legend.split("."));
  const entries = data.legend.entries.filter((entry) => hashes.has(labelHash(entry.label)));
  /** @type {LegendGroup[]} */
  const groups = entries.map((entry) => entry.group);
  map.activeGroups = new Set(hashes.has(SILENT) && graph.nonrespondents.size ? [...groups, SILENT] : groups);
  Object.assign(map.view, {
    size: ["same", "bridging"].includes(state.size) ? state.size : "ties",
    lines: state.lines || "strength", // `Look.lines` shows strength if these are unknown
    marks: state.marks === "shape" ? "shape" : "color",
    names: Object.hasOwn(graph.names, state.names) ? state.names : data.name_styles.shown,
  });
}
