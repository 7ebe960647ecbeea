// How people, regions, and ties look: their colors, shapes, and lines, and what the legend says about lines.

import { shapeIcon } from "./elements.js";

export class Look {
  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
  }

  /** @param {number} group */
  groupColor(group) {
    if (this.map.presenter.tour.isPlain) return this.map.colors.other;
    return group < 0 ? this.map.colors.other : this.map.colors.groups[group % this.map.colors.groups.length];
  }

  /**
   * The color of a region: its category's, or for a cluster that of the category that most of its people are in.
   * @param {Region} region
   */
  regionColor({ kind, number, members }) {
    if (kind === "category") return this.groupColor(number);
    /** @type {Map<number, number>} */
    const counts = new Map();
    for (const person of members) counts.set(this.map.graph.groups[person], (counts.get(this.map.graph.groups[person]) ?? 0) + 1);
    const [group, count] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most));
    return count > members.length / 2 ? this.groupColor(group) : this.map.colors.muted;
  }

  /** The same for all, unless the reader wants shapes, too. @param {number} group */
  shapeOfGroup(group) {
    if (this.map.view.marks === "color") return "dot";
    return group < 0 ? this.map.data.shapes.other : this.map.data.shapes.groups[group];
  }

  /** @param {PersonIndex} person */
  shapeOf(person) {
    if (this.map.presenter.tour.isPlain) return "dot";
    const shape = this.shapeOfGroup(this.map.graph.groups[person]);
    return shape === "dot" && this.map.graph.organizations.has(person) ? "square" : shape;
  }

  /** @param {number} group @param {string} [shape] */
  groupIcon(group, shape = this.shapeOfGroup(group)) {
    const icon = shapeIcon(shape);
    icon.style.fill = this.groupColor(group);
    return icon;
  }

  /** @param {PersonIndex} person */
  personIcon(person) {
    return this.groupIcon(this.map.graph.groups[person], this.shapeOf(person));
  }

  /**
   * The line style of a tie. The most frequent types have their own; the last is for all others and for several types.
   * @param {TieIndex} tie
   */
  lineStyleOf(tie) {
    const kinds = this.map.data.ties.kind_sets[this.map.graph.kinds[tie]] || [];
    const last = this.map.colors.lines.length - 1;
    return kinds.length === 1 ? Math.min(kinds[0], last) : last;
  }

  get brokerLabel() {
    return `Key link to another ${this.map.data.regions.noun}`;
  }

  /** What larger marks mean; empty if all have one size. */
  get sizeLabel() {
    const { size } = this.map.view;
    return size === "same" ? "" : `Larger dots: ${size === "ties" ? "more connections" : "on more paths"}`;
  }

  // What lines mean, if they show more than strength.
  lineLegend() {
    const { lines: kinds, muted } = this.map.colors;
    const { graph, data } = this.map;
    const { lines } = this;
    const plain = { color: muted, dashes: [], width: 2.4 };
    if (lines in graph.measures)
      return [{ label: `Thicker lines: more ${graph.measures[lines].label}`, line: { ...plain, width: 4 } }];
    if (lines === "reports")
      return [{ label: "Both report it", line: plain }, { label: "Only one does", line: { ...plain, dashes: [4, 4] } }];
    if (lines !== "type") return [];
    const last = kinds.length - 1;
    const entries = data.ties.kind_names.slice(0, last).map((label, kind) => ({ label, line: { ...plain, ...kinds[kind] } }));
    const usesLast = graph.from.some((_, tie) => this.lineStyleOf(tie) === last);
    return usesLast ? [...entries, { label: "Several, other, or no type", line: { ...plain, ...kinds[last] } }] : entries;
  }

  // What a dashed line is that is there whatever lines show.
  introducedLegend() {
    if (!this.map.graph.introduced.size) return [];
    return [{ label: "Introduced after this wave", line: { color: this.map.colors.ink, dashes: [4, 4], width: 2 } }];
  }

  // What lines show. Not every wave has measures such as trust.
  get lines() {
    const { lines } = this.map.view;
    const isKnown = lines === "type" || (lines === "reports" && this.map.graph.oneSided.size) || lines in this.map.graph.measures;
    return isKnown ? lines : "strength";
  }

  isDark() {
    const channels = getComputedStyle(this.map.themeSensor).color.match(/[\d.]+/g) || ["255", "255", "255"];
    const [r, g, b] = channels.map(Number);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128;
  }
}
