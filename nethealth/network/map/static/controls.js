// The map's controls: search, the legend, which filters, and the menu of how the map is drawn.

import { button, drawIcon, element, formatCount, iconButton, lineIcon, normalize } from "./elements.js";
import { SILENT } from "./graph.js";
import { countUnconnected } from "./room_data.js";
import { savePicture } from "./save_picture.js";

const FIND = "Find a person";
const MOST_RESULTS = 7;

export class Search {
  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
    this.field = Object.assign(element("input"), { type: "search", autocomplete: "off", spellcheck: false });
    this.results = Object.assign(element("div", "results"), { ariaLive: "polite" });
    this.root = element("div", "search", this.field, this.results);
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
    this.field.ariaLabel = `${prompt} on the map`;
  }

  focus() {
    this.map.toggleControls(true);
    this.field.focus({ preventScroll: true });
    this.field.select();
  }

  update() {
    const query = normalize(this.field.value.trim());
    this.results.replaceChildren();
    if (!query) return;
    const nameOf = (/** @type {PersonIndex} */ person) => normalize(this.map.nameOf(person));
    const found = this.map.graph.ranked.filter((person) => nameOf(person).includes(query));
    // First those with a word that starts with the query.
    const isStart = (/** @type {PersonIndex} */ person) => nameOf(person).split(/\s+/).some((word) => word.startsWith(query));
    const [starting, containing] = [true, false].map((starts) => found.filter((person) => isStart(person) === starts));
    for (const person of [...starting, ...containing].slice(0, MOST_RESULTS)) this.results.append(this.result(person));
    if (!this.results.children.length) this.results.append(element("p", "", "No one on this map has that name"));
  }

  /** @param {PersonIndex} person */
  result(person) {
    const parts = [element("b", "", this.map.nameOf(person)), element("span", "", this.map.tieCountText(person))];
    const row = button("", parts, () => {
      this.clear();
      this.map.choosePerson(person);
    });
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
    this.results.replaceChildren();
  }
}

export class Legend {
  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
    this.root = element("div", "legend");
  }

  draw() {
    const { map } = this;
    const { look, graph, activeGroups } = map;
    const { title, entries, nonresponse_label: silent } = map.data.legend;
    /** @type {HTMLElement[]} */
    const rows = [];
    if (activeGroups.size) rows.push(button("key all", ["Show all"], () => map.setFilter(new Set())));
    else if (entries.length) rows.push(element("span", "of", title));
    for (const { group, label, count } of entries) rows.push(this.filterButton(look.groupIcon(group), label, count, group));
    if (map.graph.nonrespondents.size)
      rows.push(this.filterButton(element("i", "hollow"), silent, map.graph.nonrespondents.size, SILENT));
    const unconnected = map.isPresenting && !graph.isolates && entries.length ? countUnconnected(map.sentData) : 0;
    if (unconnected) rows.push(element("span", "of", `${formatCount(unconnected)} without connections`));
    if (map.data.regions.brokers.length) rows.push(keyOf(element("i", "ringed"), look.brokerLabel));
    rows.push(...[...look.lineLegend(), ...look.introducedLegend()].map(({ label, line }) => keyOf(lineIcon(line), label)));
    // At a desk, the menu says it.
    if (map.isPresenting && look.sizeLabel) rows.push(element("span", "of", look.sizeLabel));
    if (rows.length) rows.unshift(this.foldButton());
    for (const row of rows) row.title = row.querySelector("b")?.textContent ?? "";
    replaceKeepingFocus(this.root, rows);
  }

  // On a phone, the legend is this one line until it is opened.
  foldButton() {
    const { activeGroups, look, data: { legend: { title, entries } } } = this.map;
    const shown = entries.filter(({ group }) => !activeGroups.size || activeGroups.has(group));
    const names = activeGroups.size ? shown.map(({ label }) => label).join(", ") : "";
    const parts = [...shown.map(({ group }) => look.groupIcon(group)), element("b", "", names || title || "Legend")];
    const row = button("key legend-fold", parts, () => {
      this.root.classList.toggle("opened");
      this.draw();
    });
    row.ariaExpanded = String(this.root.classList.contains("opened"));
    return row;
  }

  /** @param {Element} icon @param {string} label @param {number} count @param {LegendGroup} group */
  filterButton(icon, label, count, group) {
    const { map } = this;
    const parts = [icon, element("b", "", label), element("span", "", formatCount(count))];
    const row = button("key", parts, () => {
      const active = new Set(map.activeGroups);
      if (!active.delete(group)) active.add(group);
      // All groups are the same as no filter.
      if (map.data.legend.entries.every((entry) => active.has(entry.group))) active.clear();
      map.setFilter(active);
    });
    const isActive = map.activeGroups.has(group);
    row.ariaPressed = String(isActive);
    row.classList.toggle("off", map.activeGroups.size > 0 && !isActive);
    return row;
  }
}

/** An entry of a legend. @param {Element} icon @param {string} label */
export function keyOf(icon, label) {
  return element("span", "key label", icon, element("b", "", label));
}

// How the map is drawn. On a phone, the button that opens it holds all controls.
export class ViewMenu {
  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
    this.opener = iconButton("tool", "Map display", "view", () => this.toggle());
    this.opener.ariaExpanded = "false";
    this.root = Object.assign(element("div", "menu"), { hidden: true, role: "group", ariaLabel: "Map display" });
  }

  toggle(open = this.root.hidden) {
    this.root.hidden = !open;
    this.opener.ariaExpanded = String(open);
    if (open) {
      this.draw();
      this.root.querySelector("button")?.focus({ preventScroll: true });
    } else this.opener.focus({ preventScroll: true });
  }

  draw() {
    const { map } = this;
    /** @type {[View["size"], string][]} */
    const sizes = [["ties", "connections"], ["same", "same size"]];
    if (map.graph.betweenness) sizes.splice(1, 0, ["bridging", "paths through them"]);
    const parts = [this.viewChoices("size", "Size people by", sizes)];
    /** @type {[string, string][]} */
    const lines = [["strength", "strength"]];
    for (const { id, label } of Object.values(map.graph.measures)) lines.push([id, label]);
    if (map.data.ties.kind_names.length > 1) lines.push(["type", "type"]);
    if (map.graph.oneSided.size) lines.push(["reports", "who reports it"]);
    parts.push(this.viewChoices("lines", "Lines show", lines));
    if (map.data.legend.entries.length > 1)
      parts.push(this.viewChoices("marks", "Tell categories apart by", [["color", "color"], ["shape", "color and shape"]]));
    const styles = /** @type {const} */ (["names", "initials", "codes"]).filter((style) => map.graph.names[style]);
    parts.push(this.viewChoices("names", "Label people with", styles.map((style) => [style, style])));
    if (map.data.for_staff && countUnconnected(map.sentData)) {
      /** @type {[boolean, string][]} */
      const options = [[false, "count the unconnected"], [true, "show their names"]];
      const { presenter } = map;
      const choose = (/** @type {boolean} */ isNamed) => presenter.nameUnconnected(isNamed);
      const group = this.choices("In presenter view and pictures", options, presenter.namesUnconnected, choose);
      group.append(element("p", "note", "With names, everyone in the room or with the picture sees who has no connections."));
      parts.push(group);
    }
    const save = button("save", [drawIcon("picture"), element("b", "", "Save as a picture (PNG)")], () => savePicture(map));
    const shown = parts.filter((part) => part.querySelectorAll("button").length > 1);
    replaceKeepingFocus(this.root, [...shown, save]);
  }

  /**
   * @param {keyof View} name @param {string} label @param {[string, string][]} options each with the text of its button
   */
  viewChoices(name, label, options) {
    const { map } = this;
    const chosen = name === "lines" ? map.look.lines : map.view[name];
    return this.choices(label, options, chosen, (value) => map.changeView({ [name]: value }));
  }

  /**
   * @template Value @param {string} label @param {[Value, string][]} options each with the text of its button
   * @param {Value} chosen @param {(value: Value) => void} choose
   */
  choices(label, options, chosen, choose) {
    const buttons = options.map(([value, text]) => toggleButton(text, value === chosen, () => choose(value)));
    const group = element("div", "choice-of", element("h5", "", label), element("div", "choices", ...buttons));
    return Object.assign(group, { role: "group", ariaLabel: label });
  }
}

/** @param {string} text @param {boolean} isPressed @param {() => void} onClick */
export function toggleButton(text, isPressed, onClick) {
  return Object.assign(button("choice", [text], onClick), { ariaPressed: String(isPressed) });
}

/**
 * Fill an element anew; keyboard focus stays on the same button, or else on the one in its place.
 * @param {HTMLElement} holder @param {Element[]} parts
 */
export function replaceKeepingFocus(holder, parts) {
  const root = holder.getRootNode();
  const focused = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
  const buttons = () => [...holder.querySelectorAll("button")];
  const place = focused instanceof HTMLButtonElement ? buttons().indexOf(focused) : -1;
  holder.replaceChildren(...parts);
  if (place < 0) return;
  const [at, isSame] = [buttons()[place], (/** @type {Element} */ each) => each.textContent === focused?.textContent];
  // One that has come before it, such as "Show all", moves it on.
  const next = at && isSame(at) ? at : (buttons().find(isSame) ?? at ?? buttons()[0] ?? holder);
  next.focus({ preventScroll: true });
}
