// The map: one drawing that stays while its data changes. Every text is put in as text, never as HTML.

import { stageOf } from "./arrange.js";
import { Address, restoreView, saveView } from "./address.js";
import { Camera } from "./camera.js";
import { Legend, Search, ViewMenu } from "./controls.js";
import { button, element, formatCount, iconButton, loadLibrary } from "./elements.js";
import { Gestures } from "./gestures.js";
import { Graph, SILENT } from "./graph.js";
import { Labels } from "./labels.js";
import { Look } from "./look.js";
import { Painter } from "./painter.js";
import { Details, Panel } from "./panel.js";
import { Presenter } from "./presenter.js";
import { printPicture } from "./save_picture.js";
import { Tooltip } from "./tooltip.js";
import { noHighlights, Transition } from "./transition.js";

/** @typedef {Map<PersonIndex, number> | Set<PersonIndex>} Neighborhood */

export class NetworkMap {
  /** @type {MapData} what is drawn */
  data;
  /** @type {MapData} what was sent, of which a room sees only a part */
  sentData;
  /** @type {MapData | null} the latest data, drawn or not yet */
  nextData = null;
  /** @type {Graph} */
  graph;
  /** @type {Positions} where people stand now, while they move too */
  positions;
  /** @type {Palette} */
  colors;
  /** @type {Camera} set once there is data */
  camera;
  /** @type {Stage} what the graph is arranged for */
  arrangedFor = { width: 0, height: 0, text: 13, listsUnconnected: false };
  /** @type {MapDescription} */
  description = { description: "", description_names: "" };
  /** @type {View} */
  view = { size: "ties", lines: "strength", names: "names", marks: "color" };
  /** @type {Set<LegendGroup>} what the legend filters by; empty shows everyone */
  activeGroups = new Set();
  highlights = noHighlights();
  /** @type {PersonIndex | null} */
  focus = null;
  /** @type {PersonIndex | null} the other end of the path */
  target = null;
  /** @type {TieIndex | null} */
  focusTie = null;
  /** @type {Path | null} */
  path = null;
  /** @type {number} how far from the focus people are shown */
  steps = 1;
  isChoosingTarget = false;
  listsUnconnected = false;
  /** @type {Size | null} while a picture of it is drawn */
  pictureSize = null;
  isPresenting = false;
  isRemoved = false;
  key = "";
  /** @type {string | null} whose details were requested last */
  requestedId = null;
  legendTitle = "";

  /**
   * @param {HTMLElement | ShadowRoot} parent
   * @param {{ isOffline?: boolean, requestDetails?: ((id: string) => void) | null }} [options]
   */
  constructor(parent, { isOffline = false, requestDetails = null } = {}) {
    this.parent = parent;
    this.requestDetails = requestDetails;
    this.address = new Address({ isOffline });
    this.details = new Details();
    this.look = new Look(this);

    this.root = element("div", "map");
    this.root.networkMap = this;
    this.stage = Object.assign(element("div", "stage"), { role: "img", tabIndex: 0 });
    this.count = Object.assign(element("p", "count"), { ariaLive: "polite" });
    this.tooltip = new Tooltip(this);
    this.gestures = new Gestures(this);
    this.panel = new Panel(this);
    this.search = new Search(this);
    this.legend = new Legend(this);
    this.viewMenu = new ViewMenu(this);
    const tools = element(
      "div",
      "tools",
      iconButton("tool", "Zoom in", "zoomIn", () => this.camera?.zoom(1.4)),
      iconButton("tool", "Zoom out", "zoomOut", () => this.camera?.zoom(1 / 1.4)),
      iconButton("tool", "Show everyone", "fit", () => this.camera?.fit(true)),
      this.viewMenu.opener,
      iconButton("tool present", "Presenter view", "fullScreen", () => this.presenter.toggle()),
    );
    // On a phone, all controls are behind this button.
    this.controlsButton = iconButton("fold", "Map controls", "controls", () => this.toggleControls());
    this.controlsButton.ariaExpanded = "false";
    this.isolatesHeading = button("key unconnected", [], () => this.showUnconnected());
    this.isolatesHeading.hidden = true;
    this.root.append(this.stage, this.search.root, tools, this.viewMenu.root, this.controlsButton);
    this.root.append(this.isolatesHeading, this.legend.root, this.count, this.gestures.hint, this.tooltip.root, this.panel.root);
    this.root.inert = true; // until there is a map to search and to change
    this.presenter = new Presenter(this);
    this.themeSensor = element("i", "sensor"); // its color follows the theme with a transition, whose end we hear
    this.themeSensor.addEventListener("transitionend", () => this.updateTheme());
    this.root.append(this.themeSensor);
    (parent.querySelector(".nh-map") || parent).append(this.root);

    this.painter = new Painter(this);
    this.labels = new Labels(this);
    this.transition = new Transition(this);
    this.resizeObserver = new ResizeObserver(() => this.resize());
    this.resizeObserver.observe(this.stage);
    printPicture(this, this.presenter.listening.signal);
  }

  toggleControls(open = !this.root.classList.contains("opened")) {
    this.root.classList.toggle("opened", open);
    this.controlsButton.ariaExpanded = String(open);
    if (!open && !this.viewMenu.root.hidden) this.viewMenu.toggle(false);
  }

  // ---- data

  /** Draw this data, or move to it what is drawn already. @param {MapData} data */
  async show(data) {
    // Every run of the page sends the map again; equal data changes nothing on the screen.
    if (this.nextData?.version === data.version) return;
    this.nextData = data;
    let vis;
    try {
      vis = await loadLibrary(data.base);
      const [text, title] = [data.fonts.text, data.fonts.title].map((family) => family.split(",")[0]);
      const faces = [`400 13px ${text}`, `600 13px ${text}`, `italic 500 15px ${title}`];
      const loads = faces.map((face) => document.fonts.load(face));
      // The page has usually loaded the fonts of names; the heading's may come a moment after the drawing.
      const names = Promise.all(loads.slice(0, 2)).catch(() => {});
      await Promise.race([names, new Promise((resolve) => setTimeout(resolve, 120))]);
      Promise.all(loads).then(() => this.redraw(), () => {});
    } catch {
      this.nextData = null;
      this.root.inert = false;
      this.root.classList.add("failed");
      this.count.textContent = "We couldn’t draw the map. The Table tab has the same data.";
      return;
    }
    if (this.isRemoved || this.nextData !== data) return;
    if (data.details) this.details.add(data.details);
    if (data.description) this.description = data;
    if (data.tour) this.presenter.tour.receive(data.tour);
    this.sentData = data;
    if (!this.graph) this.isPresenting = this.address.read().presenter === "yes";
    this.showSentData({ vis });
  }

  /**
   * Draw the data that was sent; in the presenter view, what a room may see of it.
   * @param {{ vis?: VisLibrary, isSameNetwork?: boolean }} [options] the same network highlights nothing as new
   */
  showSentData({ vis, isSameNetwork = false } = {}) {
    const before = this.graph;
    const data = this.isPresenting ? this.presenter.roomData(this.sentData) : this.sentData;
    this.data = data;
    const ids = before && this.selectedIds();
    const stage = stageOf(this);
    this.arrangedFor = stage ?? this.arrangedFor;
    this.graph = new Graph(data, this.arrangedFor, stage ? undefined : before);
    this.colors = data.palettes[this.look.isDark() ? "dark" : "light"];
    if (!before) restoreView(this);
    else {
      const isSameLegend = this.legendTitle === data.legend.title;
      const isThere = (/** @type {LegendGroup} */ group) => group === SILENT || data.legend.entries.some((entry) => entry.group === group);
      this.activeGroups = new Set([...this.activeGroups].filter((group) => isSameLegend && isThere(group)));
      this.selectIds(ids);
    }
    this.legendTitle = data.legend.title;
    if (!(this.view.names in this.graph.names)) this.view.names = data.name_styles.shown;
    this.updateDescription();
    if (before) this.transition.begin(before, { isSameNetwork });
    else if (vis) this.start(vis);
    if (!this.viewMenu.root.hidden) this.viewMenu.draw();
    this.presenter.tour.update();
    this.updatePanel();
    if (!before) this.refit();
    saveView(this);
  }

  /** @param {VisLibrary} vis */
  start(vis) {
    this.positions = this.graph.copyPositions();
    this.prepare();
    this.painter.placeRegions();
    this.camera = new Camera(this, vis);
    this.root.inert = false;
    if (this.isPresenting) this.presenter.start({ byPerson: false });
    requestAnimationFrame(() => requestAnimationFrame(() => this.reportReady()));
  }

  // The map is on the screen; the rest of the page, which waited for it, may follow.
  reportReady() {
    if (this.isRemoved) return;
    this.root.dataset.ready = "true";
    (window.nethealthMapsReady ??= new Set()).add(this.key);
    window.dispatchEvent(new CustomEvent("nethealth-map-ready", { detail: this.key }));
  }

  // ---- what is shown

  /** @param {PersonIndex} person */
  isShown(person) {
    const { activeGroups, graph } = this;
    const isSilent = activeGroups.has(SILENT);
    if (isSilent && !graph.nonrespondents.has(person)) return false;
    return activeGroups.size === Number(isSilent) || activeGroups.has(graph.groups[person]);
  }

  /** The people around what is in focus; null if nothing is. @returns {Neighborhood | null} */
  neighborhood() {
    if (this.path) return new Set(this.path.people);
    if (this.focusTie !== null) return new Set(this.endsOf(this.focusTie));
    if (this.focus === null) return this.presenter.tour.shownPeople;
    return this.graph.within(this.focus, this.steps);
  }

  /** True if the person is in focus, on the path, or whom a step of the tour is about. @param {PersonIndex} person */
  isStrong(person) {
    return person === this.focus || this.path?.people.includes(person) || this.presenter.tour.leads(person);
  }

  /** @param {TieIndex} tie */
  endsOf(tie) {
    return [this.graph.from[tie], this.graph.to[tie]];
  }

  /** @param {PersonIndex} person */
  nameOf(person) {
    return this.graph.names[this.view.names]?.[person] ?? "";
  }

  // True if people are shown by their full names: then the map shows more about them.
  get showsNames() {
    return this.view.names === "names";
  }

  // What people took part in and who reported what is for someone at a desk, not for a room.
  get showsDetails() {
    return this.showsNames && !this.isPresenting;
  }

  /** @param {PersonIndex} person */
  tieCountText(person) {
    const count = this.graph.ties[person];
    return count === 1 ? "1 connection" : `${count ? formatCount(count) : "no"} connections`;
  }

  updateTheme() {
    if (!this.data || !this.camera) return;
    this.colors = this.data.palettes[this.look.isDark() ? "dark" : "light"];
    this.restyle();
    this.updatePanel();
  }

  redraw() {
    if (!this.isRemoved) this.camera?.net.redraw();
  }

  // Draw again what depends on the view, the filter, or the theme.
  restyle() {
    if (!this.camera) return;
    this.prepare();
    this.camera.net.redraw();
  }

  prepare() {
    this.painter.prepare();
    this.legend.draw();
    const { total } = this.data;
    const shown = this.graph.ids.filter((_, person) => this.isShown(person)).length;
    const some = shown === total ? "" : `${formatCount(shown)} of `;
    this.count.textContent = `${some}${formatCount(total)} ${total === 1 ? "person" : "people"}`;
  }

  // ---- what the reader does

  /**
   * Change what is in focus; who is stays unless given, as do steps, and the path goes.
   * @param {{ focus?: PersonIndex | null, steps?: number, target?: PersonIndex | null, tie?: TieIndex | null, takesFocus?: boolean, flies?: boolean }} options
   */
  select({ focus = this.focus, steps = this.steps, target = null, tie = null, takesFocus = false, flies = false }) {
    Object.assign(this, { focus, steps, target, focusTie: tie, isChoosingTarget: false });
    this.listsUnconnected = false;
    this.search.setPrompt();
    this.findPath();
    this.updatePanel({ takesFocus });
    saveView(this);
    this.camera.showSelection({ flies });
    this.restyle(); // names keep clear of the card
  }

  // What is selected, by ids, which stay the same when the data changes; empty texts for nothing.
  selectedIds() {
    const { focus, target, focusTie, graph } = this;
    const [person, to] = [focus, target].map((each) => (each === null ? "" : graph.ids[each]));
    return { person, to, tie: focusTie === null ? "" : graph.tieId(focusTie) };
  }

  /** @param {{ person: string, to: string, tie: string }} ids */
  selectIds({ person, to, tie }) {
    const { graph } = this;
    this.focus = graph.indexById.get(person) ?? null;
    this.target = this.focus === null ? null : (graph.indexById.get(to) ?? null);
    this.focusTie = this.focus === null ? graph.tieWithId(tie) : null;
    this.findPath();
  }

  selectedPeople() {
    if (this.path) return this.path.people;
    if (this.focusTie !== null) return this.endsOf(this.focusTie);
    if (this.focus === null) return [];
    return [...this.graph.within(this.focus, this.steps).keys()];
  }

  findPath() {
    const { focus, target } = this;
    const hasEnds = focus !== null && target !== null && focus !== target;
    this.path = hasEnds ? this.graph.shortestPath(focus, target) : null;
  }

  /**
   * Take a person that the reader chose: as the end of a path if one is wanted, otherwise as the focus.
   * @param {PersonIndex} person @param {{ flies?: boolean }} [options]
   */
  choosePerson(person, { flies = true } = {}) {
    this.toggleControls(false);
    if (this.isChoosingTarget && this.focus !== null) this.select({ target: person, takesFocus: true });
    else this.select({ focus: person, takesFocus: true, flies });
  }

  /** @param {TieIndex} tie */
  chooseTie(tie) {
    this.select({ focus: null, tie, takesFocus: true });
  }

  toggleTargetSearch() {
    this.isChoosingTarget = !this.isChoosingTarget;
    this.search.setPrompt(this.isChoosingTarget ? "Find the other person" : undefined);
    this.updatePanel();
    if (this.isChoosingTarget) this.search.focus();
  }

  updatePanel({ takesFocus = false } = {}) {
    this.tooltip.hide();
    const { graph, details } = this;
    if (this.focusTie !== null) {
      this.requestIfMissing(graph.ids[graph.from[this.focusTie]], details.tie(graph.tieId(this.focusTie)));
      this.panel.showTie(this.focusTie, { takesFocus });
    } else if (this.focus !== null) {
      this.requestIfMissing(graph.ids[this.focus], details.person(graph.ids[this.focus]));
      this.panel.showPerson(this.focus, { takesFocus });
    } else if (this.listsUnconnected && graph.isolates) this.panel.showUnconnected();
    else this.panel.hide();
  }

  /** Where there are thousands, details come on request. @param {string} id @param {unknown} known */
  requestIfMissing(id, known) {
    if (known !== undefined || this.isPresenting || this.details.known.complete || !this.requestDetails || this.requestedId === id) return;
    this.requestedId = id;
    this.requestDetails(id);
  }

  /** Take data that is published next to the drawing. @param {PublishedData} published */
  receive(published) {
    if (published.what === "description") {
      this.description = published;
      this.updateDescription();
    } else if (published.what === "details") {
      this.details.add(published);
      this.requestedId = null;
      if (this.graph) this.updatePanel();
    } else if (published.what === "tour") this.presenter.tour.receive(published);
  }

  closePanel() {
    if (this.panel.root.hidden) return;
    this.select({ focus: null });
    this.stage.focus({ preventScroll: true });
  }

  showUnconnected() {
    this.select({ focus: null });
    this.listsUnconnected = true;
    this.updatePanel();
  }

  /** @param {Set<LegendGroup>} groups */
  setFilter(groups) {
    this.activeGroups = groups;
    this.restyle();
    this.camera?.fit(true);
    saveView(this);
  }

  // The description includes names only while the map shows them.
  updateDescription() {
    if (!this.data) return;
    const { description, description_names: names } = this.description;
    const text = this.view.names === this.data.name_styles.shown ? `${description} ${names}`.trim() : description;
    const arrows = this.isPresenting ? "left and right arrow keys for the tour" : "arrow keys to move";
    const keys = `Press + and − to zoom, ${arrows}, and / to find a person.`;
    this.stage.ariaLabel = `${text} ${keys}`.trim();
  }

  /** @param {Partial<View>} changes */
  changeView(changes) {
    Object.assign(this.view, changes);
    this.updateDescription();
    this.restyle();
    this.viewMenu.draw();
    this.updatePanel();
    saveView(this);
  }

  // ---- the window

  resize() {
    if (!this.camera || !this.stage.clientHeight) return;
    this.camera.resize();
    const stage = stageOf(this);
    if (stage) {
      this.arrangedFor = stage;
      this.graph.arrange(this.arrangedFor);
      this.positions = this.graph.copyPositions();
      this.painter.placeRegions();
    }
    if (!this.camera.isMoved || this.selectedPeople().length) this.refit();
  }

  refit() {
    this.camera.fit(false);
    const people = this.selectedPeople();
    if (people.length) this.camera.show(people, { duration: 0 });
  }

  remove() {
    this.isRemoved = true;
    this.resizeObserver.disconnect();
    this.presenter.remove();
    this.camera?.net.destroy();
    this.root.remove();
  }
}
