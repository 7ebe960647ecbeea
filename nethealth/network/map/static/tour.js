// The prepared tour of the presenter view: the whole network, its clusters, the people between them, what changed, and
// who could meet. Python writes each step's sentence and says who it is about; here the camera goes there.

import { Changes } from "./changes.js";
import { element, button } from "./elements.js";

const FLIGHT_MS = 1100;
/** @type {Set<PersonIndex>} */
const NO_ONE = new Set();

export class Tour {
  /** @type {TourStep[]} */
  steps = [];
  place = 0;
  /** @type {Set<PersonIndex> | null} the people the step is about; null if it's about everyone */
  people = null;
  /** @type {Set<PersonIndex>} those of them it is most about */
  leading = NO_ONE;
  /** @type {Changes | null} what is drawn over the map */
  changes = null;

  /** @param {NetworkMap} map @param {{ onStep: () => void }} options */
  constructor(map, { onStep }) {
    this.map = map;
    this.onStep = onStep;
    this.back = button("tour-step", ["Back"], () => this.move(-1));
    this.next = button("tour-step", ["Next"], () => this.move(1));
    this.count = element("span", "tour-count");
    this.root = element("nav", "tour", this.back, this.count, this.next);
    Object.assign(this.root, { hidden: true, ariaLabel: "Tour" });
    this.keys = Object.assign(element("div", "tour-keys"), { hidden: true });
  }

  /** @returns {TourStep | undefined} */
  get step() {
    return this.steps[this.place];
  }

  /** @param {TourData} data */
  receive(data) {
    const id = this.step?.id;
    this.steps = data.steps;
    // The same step of the new data, if it has it.
    this.place = Math.max(0, this.steps.findIndex((step) => step.id === id));
    this.root.hidden = this.steps.length < 2;
    this.update();
    if (this.map.isPresenting) this.map.restyle();
  }

  /** @param {number} by how many steps */
  move(by) {
    const place = Math.min(Math.max(0, this.place + by), this.steps.length - 1);
    if (place === this.place || place < 0) return;
    this.place = place;
    const { map } = this;
    map.camera.before = null;
    this.update();
    map.select({ focus: null });
    this.frame();
    this.changes?.play();
  }

  // The people who stand out in this step; null if no one does.
  get shownPeople() {
    if (!this.isShown) return null;
    return this.changes?.newcomers.size ? this.changes.peopleBefore : this.people;
  }

  // The people who are named in this step; null if it's those who stand out.
  get namedPeople() {
    if (!this.isShown) return null;
    // Until they have joined, no one is.
    if (this.changes?.newcomers.size) return this.changes.arriving > 0 ? this.changes.joined : NO_ONE;
    return this.leading.size ? this.leading : null;
  }

  /** @param {PersonIndex} person */
  leads(person) {
    return this.isShown && this.leading.has(person);
  }

  /**
   * How a tie is drawn in this step; null as usual.
   * @param {TieIndex} tie @returns {"hidden" | "faint" | "usual" | "near" | null}
   */
  roleOf(tie) {
    const { people, leading, changes, map } = this;
    if (!this.isShown) return null;
    if (changes?.ties.has(tie)) return "hidden";
    if (!people) return null;
    if (changes) return "faint";
    const [isFrom, isTo] = map.endsOf(tie).map((end) => (leading.size ? leading : people).has(end));
    if (leading.size) return (isFrom || isTo) && map.graph.isBetweenRegions(tie) ? "near" : "faint";
    return isFrom && isTo ? "near" : isFrom || isTo ? "usual" : "faint";
  }

  // The tour gives way to a card.
  get isShown() {
    const { focus, focusTie, isPresenting } = this.map;
    return isPresenting && focus === null && focusTie === null;
  }

  // True if people have one color, so that only what changed has another.
  get isPlain() {
    return this.drawnChanges !== null && !this.step?.pairs;
  }

  get drawnChanges() {
    return this.isShown ? this.changes : null;
  }

  // Find the step's people on the map as it is now.
  update() {
    const { map, step } = this;
    this.back.disabled = this.place === 0;
    this.next.disabled = this.place >= this.steps.length - 1;
    this.count.textContent = `${this.place + 1} of ${this.steps.length}`;
    this.changes?.stop();
    [this.people, this.leading, this.changes] = [null, NO_ONE, null];
    if (map.graph && map.isPresenting && step) {
      const people = new Set(map.graph.indexes(step.people));
      this.people = people.size ? people : null;
      this.leading = new Set(map.graph.indexes(step.leading));
      if (step.changes || step.pairs) this.changes = new Changes(map, step);
    }
    this.keys.replaceChildren(...(this.changes?.keys() ?? []));
    this.keys.hidden = !this.keys.children.length;
    map.root.classList.toggle("changing", !this.keys.hidden);
    this.onStep();
  }

  frame() {
    if (this.people) this.map.camera.show([...this.people], { duration: FLIGHT_MS });
    else this.map.camera.fit(true);
  }
}
