// The panel about a person, a connection, or the path between two people. Every text is put in as text.

import { replaceKeepingFocus, toggleButton } from "./controls.js";
import { element, formatCount, iconButton, isolateDirection, button } from "./elements.js";

const FIRST_TIES = 10;
const MOST_TIES = 200;

export class Panel {
  /** @type {string | null} the id of the person or tie that is shown */
  shownId = null;
  /** @type {PersonIndex | null} whose connections are listed in full */
  unfolded = null;

  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
    this.root = Object.assign(element("section", "panel"), { hidden: true, tabIndex: -1 });
  }

  /**
   * Fill the panel. Something new is shown from its top; the same person or tie stays scrolled where it was.
   * @param {string} label @param {Element[]} parts @param {{ id: string, takesFocus: boolean }} options
   */
  show(label, parts, { id, takesFocus }) {
    this.root.ariaLabel = label;
    replaceKeepingFocus(this.root, parts);
    this.root.hidden = false;
    this.map.root.classList.add("paneled");
    if (this.shownId !== id) this.root.scrollTop = 0;
    this.shownId = id;
    if (takesFocus) this.root.focus({ preventScroll: true });
  }

  hide() {
    this.root.hidden = true;
    this.shownId = null;
    this.map.root.classList.remove("paneled");
  }

  /** @param {string} title */
  header(title) {
    return element("header", "", element("h4", "", title), iconButton("close", "Close", "close", () => this.map.closePanel()));
  }

  /** @param {[string, string][]} pairs */
  definitions(pairs) {
    return element("dl", "", ...pairs.flatMap(([label, value]) => [element("dt", "", label), element("dd", "", value)]));
  }

  /** A person in a list, with a note. @param {PersonIndex} person @param {string} note */
  personRow(person, note) {
    const { map } = this;
    const parts = [map.look.personIcon(person), element("b", "", map.nameOf(person)), element("span", "", note)];
    return element("li", "", button("", parts, () => map.select({ focus: person, takesFocus: true, flies: true })));
  }

  /** @param {PersonIndex} person @param {{ takesFocus: boolean }} options */
  showPerson(person, { takesFocus }) {
    const { map } = this;
    const { graph } = map;
    const ties = graph.tiesByPerson[person];
    const parts = [this.header(map.nameOf(person))];
    const attributes = graph.attributesOf(person, { showsNames: map.showsNames });
    if (attributes.length) parts.push(this.definitions(attributes));
    if (map.graph.nonrespondents.has(person))
      parts.push(element("p", "note", "Didn’t answer in this wave. You see what others reported."));
    if (ties.length) parts.push(this.viewChoices());
    if (map.target !== null) parts.push(...this.pathParts(map.target));
    parts.push(element("h5", "", map.tieCountText(person)), this.tieList(person));
    const onMap = ties.filter((tie) => !graph.unconfirmed.has(tie)).length;
    const hidden = graph.ties[person] - onMap;
    if (hidden > 0)
      parts.push(element("p", "note", `${onMap ? "Plus " : ""}${formatCount(hidden)} with people not shown here`));
    parts.push(...this.detailParts(map.details.person(graph.ids[person]), "activities"));
    this.show(map.nameOf(person), parts, { id: graph.ids[person], takesFocus });
  }

  showUnconnected() {
    const { map } = this;
    const { graph } = map;
    const people = graph.ranked.filter((person) => !graph.ties[person]);
    const list = element("ul");
    for (const person of people.slice(0, MOST_TIES))
      list.append(this.personRow(person, graph.attributesOf(person, { showsNames: map.showsNames })[0]?.[1] ?? ""));
    if (people.length > MOST_TIES) list.append(element("li", "note", `and ${people.length - MOST_TIES} more`));
    const title = "No connections yet";
    this.show(title, [this.header(title), list], { id: title, takesFocus: true });
  }

  viewChoices() {
    const { map } = this;
    const row = element("div", "choices");
    for (const [steps, label] of /** @type {const} */ ([[1, "Connections"], [2, "Two steps"]]))
      row.append(toggleButton(label, map.steps === steps && map.target === null, () => map.select({ steps })));
    const label = map.isChoosingTarget ? "Choose a person…" : "Path to…";
    row.append(toggleButton(label, map.isChoosingTarget || map.target !== null, () => map.toggleTargetSearch()));
    return row;
  }

  /** @param {PersonIndex} target */
  pathParts(target) {
    const { map } = this;
    if (target === map.focus) return [element("p", "path", "That’s the same person.")];
    if (!map.path) return [element("p", "path", `There’s no path to ${isolateDirection(map.nameOf(target))}.`)];
    const { people, count } = map.path;
    const steps = people.length - 1;
    const rows = people.map((person) => element("li", "", map.look.personIcon(person), element("b", "", map.nameOf(person))));
    const through = steps === 2 ? "one person" : `${steps - 1} people`;
    const text = steps === 1 ? "They’re connected." : `${steps} steps apart, through ${through}.`;
    const more = count > 1 ? ` One of ${formatCount(count)} shortest paths.` : "";
    const clear = button("choice", ["Clear path"], () => map.select({ target: null }));
    return [element("p", "path", text + more), element("ol", "steps", ...rows), clear];
  }

  /** @param {PersonIndex} person */
  tieList(person) {
    const { map } = this;
    const { graph } = map;
    const ties = graph.tiesByPerson[person].map((tie) => ({ tie, other: graph.otherEnd(tie, person) }));
    ties.sort(
      (a, b) =>
        (graph.strength[b.tie] || 0) - (graph.strength[a.tie] || 0) ||
        (map.nameOf(a.other) < map.nameOf(b.other) ? -1 : 1),
    );
    const list = element("ul");
    const isUnfolded = this.unfolded === person;
    const shown = ties.slice(0, isUnfolded ? MOST_TIES : FIRST_TIES);
    list.append(...shown.map(({ tie, other }) => this.personRow(other, graph.tieLabel(tie))));
    const unfold = () => {
      this.unfolded = person;
      this.showPerson(person, { takesFocus: false });
    };
    const more = isUnfolded
      ? element("span", "", `and ${ties.length - shown.length} more`)
      : button("all", [`Show all ${ties.length}`], unfold);
    if (ties.length > shown.length) list.append(element("li", "", more));
    return list;
  }

  /**
   * What a person took part in, or who reported a tie; while that is loaded, a note.
   * @param {DetailSection[] | undefined} sections @param {string} className
   */
  detailParts(sections, className) {
    if (!this.map.showsDetails) return [];
    if (!sections) return !this.map.details.known.complete ? [element("p", "note", "Loading…")] : [];
    return sections.flatMap(({ title, lines, more }) => {
      const rows = lines.map(([text, note]) => element("li", "", element("b", "", text), element("span", "", note)));
      if (more) rows.push(element("li", "note", `and ${more} more`));
      return [element("h5", "", title), element("ul", className, ...rows)];
    });
  }

  /** @param {TieIndex} tie @param {{ takesFocus: boolean }} options */
  showTie(tie, { takesFocus }) {
    const { map } = this;
    const { graph } = map;
    const [a, b] = [graph.from[tie], graph.to[tie]];
    const title = `${isolateDirection(map.nameOf(a))} and ${isolateDirection(map.nameOf(b))}`;
    const parts = [this.header(title)];
    /** @type {[string, string][]} */
    const facts = [];
    if (graph.strength[tie] !== null) facts.push(["Strength", graph.tieLabel(tie)]);
    const kinds = graph.kindsOf(tie);
    if (kinds.length) facts.push(["Type", kinds.join(", ")]);
    if (graph.introduced.has(tie)) facts.push(["Status", "Introduced after this wave, so not counted in it"]);
    else if (graph.unconfirmed.has(tie))
      facts.push(["Status", "Not counted yet, because the other person didn’t answer"]);
    if (facts.length) parts.push(this.definitions(facts));
    parts.push(...this.detailParts(map.details.tie(graph.tieId(tie)), "reports"));
    const people = [a, b].map((person) => this.personRow(person, map.tieCountText(person)));
    parts.push(element("h5", "", "People"), element("ul", "", ...people));
    this.show(title, parts, { id: graph.tieId(tie), takesFocus });
  }
}

// Details of people and ties. Those of a small network come with the map; those of thousands are requested one by one.
export class Details {
  /** @type {MapDetails} */
  known = { version: "", complete: true, people: {}, ties: {} };

  /** @param {MapDetails} details */
  add(details) {
    const { version, people, ties } = this.known;
    const isSame = details.version === version;
    this.known = isSame ? { ...details, people: { ...people, ...details.people }, ties: { ...ties, ...details.ties } } : details;
  }

  /** @param {string} id @returns {DetailSection[] | undefined} */
  person(id) {
    return this.known.people[id];
  }

  /** @param {string} id @returns {DetailSection[] | undefined} */
  tie(id) {
    const reports = this.known.ties[id];
    /** @type {[string, string][] | undefined} */
    const lines = reports?.map(({ who, lines: said }) => [who, said.join(" · ")]);
    return lines && (lines.length ? [{ title: "How we know", lines, more: 0 }] : []);
  }
}
