// The map's controls: search, the legend, which filters, and the menu of how the map is drawn.

import {
  drawIcon, element, formatCount, lineIcon, normalize, shapeIcon, textButton,
} from "./elements.js";
import { countUnconnected } from "./room_data.js";

/** @import { LegendGroup, PersonIndex, View } from "./types" */
/** @import { Graph } from "./graph.js" */
/** @import { NetworkMap } from "./network_map.js" */

const FIND = "Find a person";
const MOST_RESULTS = 7;

export class Search {
  /** @type {Graph | undefined} */
  indexedGraph;
  /** @type {string | undefined} */
  indexedStyle;
  /** @type {string[]} normalized, in the order of `graph.ranked` */
  names = [];

  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
    this.root = element("div", "search");
    this.field = element("input");
    Object.assign(this.field, { type: "search", autocomplete: "off", spellcheck: false });
    this.results = element("div", "results");
    this.results.hidden = true;
    this.results.setAttribute("aria-live", "polite");
    this.root.append(this.field, this.results);
    this.setPrompt(FIND);
    for (const name of ["input", "focus"]) this.field.addEventListener(name, () => this.update());
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.results.querySelector("button")?.click();
      if (event.key === "ArrowDown") this.results.querySelector("button")?.focus();
      if (event.key !== "Escape" || (!this.field.value && !this.map.isChoosingTarget)) return;
      event.stopPropagation();
      this.clear();
      this.map.isChoosingTarget = false;
      this.setPrompt(FIND);
      this.map.stage.focus({ preventScroll: true });
    });
  }

  /** @param {string} [prompt] */
  setPrompt(prompt = FIND) {
    this.field.placeholder = prompt;
    this.field.setAttribute("aria-label", `${prompt} on the map`);
  }

  focus() {
    this.map.toggleControls(true);
    this.field.focus({ preventScroll: true });
    this.field.select();
  }

  indexedNames() {
    const { graph } = this.map;
    if (this.indexedGraph !== graph || this.indexedStyle !== this.map.view.names) {
      [this.indexedGraph, this.indexedStyle] = [graph, this.map.view.names];
      this.names = graph.ranked.map((person) => normalize(this.map.nameOf(person)));
    }
    return this.names;
  }

  update() {
    const query = normalize(this.field.value.trim());
    this.results.replaceChildren();
    this.results.hidden = !query;
    if (!query) return;
    /** @type {PersonIndex[]} people with a word that starts with the query */
    const starting = [];
    /** @type {PersonIndex[]} */
    const containing = [];
    this.indexedNames().forEach((name, rank) => {
      if (!name.includes(query)) return;
      const starts = name.split(/\s+/).some((word) => word.startsWith(query));
      (starts ? starting : containing).push(this.map.graph.ranked[rank]);
    });
    for (const person of [...starting, ...containing].slice(0, MOST_RESULTS)) this.results.append(this.result(person));
    if (!this.results.children.length) this.results.append(element("p", "", "No one on this map has that name"));
  }

  /** @param {PersonIndex} person */
  result(person) {
    const row = textButton("", "", () => {
      this.clear();
      this.map.choosePerson(person);
    });
    row.append(element("b", "", this.map.nameOf(person)), element("span", "", this.map.tieCountText(person)));
    row.addEventListener("keydown", (event) => {
      const [previous, next] = [row.previousElementSibling, row.nextElementSibling];
      if (event.key === "ArrowDown" && next instanceof HTMLElement) next.focus();
      if (event.key === "ArrowUp") (previous instanceof HTMLElement ? previous : this.field).focus();
      if (event.key !== "Escape") return;
      // Back to the field, not out of the presenter view.
      event.stopPropagation();
      this.focus();
    });
    return row;
  }

  clear() {
    this.field.value = "";
    this.results.hidden = true;
    this.results.replaceChildren();
  }
}

export const SILENT = "silent"; // the value that addresses have for people who did not respond

export class Legend {
  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
    this.root = element("div", "legend");
  }

  draw() {
    const { map } = this;
    const { title, entries } = map.data.legend;
    /** @type {HTMLElement[]} */
    const rows = [];
    if (map.activeGroups.size) rows.push(textButton("key all", "Show all", () => map.setFilter(new Set())));
    else if (entries.length) {
      rows.push(element("span", "of", title));
      rows[0].title = title;
    }
    for (const entry of entries) {
      const icon = shapeIcon(map.look.shapeOfGroup(entry.group));
      icon.style.fill = map.look.groupColor(entry.group);
      rows.push(this.filterButton(icon, entry.label, entry.count, entry.group, entries.length));
    }
    if (map.nonrespondents.size) {
      const icon = element("i", "hollow");
      const label = map.data.legend.nonresponse_label;
      rows.push(this.filterButton(icon, label, map.nonrespondents.size, SILENT, 0));
    }
    if (map.graph.isolates) rows.push(textButton("key unconnected", map.graph.isolates.label, () => map.showUnconnected()));
    if (map.graph.brokers.size) {
      const row = element("span", "key label");
      row.append(element("i", "ringed"), element("b", "", "Links different parts"));
      rows.push(row);
    }
    if (map.look.lines === "type" || map.look.lines === "reports") rows.push(...this.lineRows());
    if (map.look.lines in map.graph.measures) {
      const row = element("span", "key label");
      const line = lineIcon({ color: map.colors.muted, dashes: [], width: 4 });
      row.append(line, element("b", "", map.look.lineWidthNote()));
      rows.push(row);
    }
    const focused = activeElement(this.root);
    const place = focused && this.root.contains(focused) ? [...this.root.children].indexOf(focused) : -1;
    this.root.replaceChildren(...rows);
    // Keyboard focus stays where it was.
    if (place < 0) return;
    const same = this.root.children[place];
    (same instanceof HTMLButtonElement ? same : this.root.querySelector("button"))?.focus();
  }

  /**
   * @param {Element} icon
   * @param {string} label
   * @param {number} count
   * @param {LegendGroup} group
   * @param {number} groupCount how many groups there are; 0 if this is not one of them
   */
  filterButton(icon, label, count, group, groupCount) {
    const { map } = this;
    const row = textButton("key", "", () => {
      const active = new Set(map.activeGroups);
      if (!active.delete(group)) active.add(group);
      // All groups are the same as no filter.
      if (groupCount && [...active].filter((each) => each !== SILENT).length === groupCount) active.clear();
      map.setFilter(active);
    });
    row.append(icon, element("b", "", label), element("span", "", formatCount(count)));
    row.title = label;
    const isActive = map.activeGroups.has(group);
    row.setAttribute("aria-pressed", String(isActive));
    row.classList.toggle("off", map.activeGroups.size > 0 && !isActive);
    return row;
  }

  lineRows() {
    return this.map.look.lineLegend().map(({ label, line }) => {
      const row = element("span", "key label");
      row.append(lineIcon({ ...line, width: 2.4 }), element("b", "", label));
      row.title = label;
      return row;
    });
  }
}

// How the map is drawn. On a phone, the button that opens it holds all controls.
export class ViewMenu {
  /** @type {HTMLButtonElement | undefined} */
  opener;

  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
    this.root = element("div", "menu");
    this.root.hidden = true;
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-label", "Map display");
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.toggle(false);
    });
  }

  toggle(open = this.root.hidden) {
    this.root.hidden = !open;
    this.opener?.setAttribute("aria-expanded", String(open));
    if (open) {
      this.draw();
      this.root.querySelector("button")?.focus({ preventScroll: true });
    } else this.opener?.focus({ preventScroll: true });
  }

  draw() {
    const { map } = this;
    const focused = activeElement(this.root);
    const choice = focused instanceof HTMLElement ? focused.dataset.choice : undefined;
    /** @type {[View["size"], string][]} */
    const sizes = [["ties", "connections"], ["same", "same size"]];
    if (map.graph.betweenness) sizes.splice(1, 0, ["bridging", "paths through them"]);
    const parts = [this.choices("size", "Size people by", sizes)];
    /** @type {[string, string][]} */
    const lines = [["strength", "strength"]];
    for (const { id, label } of Object.values(map.graph.measures)) lines.push([id, label]);
    if (map.data.ties.kind_names.length > 1) lines.push(["type", "type"]);
    if (map.graph.oneSided.size) lines.push(["reports", "who reports it"]);
    if (lines.length > 1) parts.push(this.choices("lines", "Lines show", lines));
    if (map.data.legend.entries.length > 1)
      parts.push(this.choices("marks", "Tell categories apart by", [["color", "color"], ["shape", "color and shape"]]));
    const styles = /** @type {const} */ (["names", "initials", "codes"]).filter((style) => map.graph.names[style]);
    if (styles.length > 1) parts.push(this.choices("names", "Label people with", styles.map((style) => [style, style])));
    if (map.data.for_staff && countUnconnected(map.sentData)) parts.push(this.unconnectedChoice());
    const save = textButton("save", "", () => map.savePicture());
    save.append(drawIcon("picture"), element("b", "", "Save as a picture (PNG)"));
    this.root.replaceChildren(...parts, save);
    const again = choice ? this.root.querySelector(`[data-choice="${choice}"]`) : null;
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  }

  // Whether a room, and people who get a picture, see the names of people with no connections.
  unconnectedChoice() {
    const { presenter } = this.map;
    const group = element("div", "choice-of");
    group.setAttribute("role", "group");
    const label = "In presenter view and pictures";
    group.setAttribute("aria-label", label);
    const row = element("div", "choices");
    for (const [isNamed, text] of /** @type {const} */ ([[false, "count the unconnected"], [true, "show their names"]])) {
      const choice = textButton("choice", text, () => presenter.nameUnconnected(isNamed));
      choice.dataset.choice = `unconnected-${isNamed}`;
      choice.setAttribute("aria-pressed", String(presenter.namesUnconnected === isNamed));
      row.append(choice);
    }
    const note = element("p", "note", "With names, everyone in the room or with the picture sees who has no connections.");
    group.append(element("h5", "", label), row, note);
    return group;
  }

  /**
   * @param {keyof View} name
   * @param {string} label
   * @param {[string, string][]} options each with the text of its button
   */
  choices(name, label, options) {
    const { map } = this;
    const group = element("div", "choice-of");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", label);
    const row = element("div", "choices");
    for (const [value, text] of options) {
      const choice = textButton("choice", text, () => map.changeView({ [name]: value }));
      choice.dataset.choice = `${name}-${value}`;
      choice.setAttribute("aria-pressed", String((name === "lines" ? map.look.lines : map.view[name]) === value));
      row.append(choice);
    }
    group.append(element("h5", "", label), row);
    return group;
  }
}

/**
 * The element with keyboard focus in the same document or shadow tree.
 * @param {Node} node
 */
export function activeElement(node) {
  const root = node.getRootNode();
  return root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
}
