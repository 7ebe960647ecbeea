// The presenter view: the map on the whole screen, for a room. It shows only what a room may see, explains itself in
// one sentence at a time, and goes through a prepared tour with the arrow keys or a clicker.

import { SILENT } from "./graph.js";
import { element } from "./elements.js";
import { dataForRoom } from "./room_data.js";
import { Tour } from "./tour.js";

const CONTROLS_STAY_MS = 2600;
/** @type {Record<string, [number, number]>} */
const PANS = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
/** @type {Record<string, number>} the keys that clickers send, too */
const TOUR_STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

export class Presenter {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  hideTimer;
  isFullScreen = false;
  listening = new AbortController();
  /** True if staff turned on the names of people with no connections. It is never in a link. */
  namesUnconnected = false;

  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
    this.place = element("p", "place");
    this.headline = Object.assign(element("p", "headline"), { ariaLive: "polite" });
    this.banner = element("div", "banner", this.place, this.headline);
    this.tour = new Tour(map, { onStep: () => this.updateHeadline() });
    map.root.append(this.banner, this.tour.keys, this.tour.root);
    const showControls = () => this.showControls();
    map.root.addEventListener("pointermove", showControls);
    map.root.addEventListener("pointerdown", showControls);
    const { signal } = this.listening;
    document.addEventListener("fullscreenchange", () => this.leaveFullScreen(), { signal });
    document.addEventListener("keydown", (event) => this.handleKey(event), { signal });
  }

  /** What a room may see of the data. @param {MapData} data as it was sent */
  roomData(data) {
    return dataForRoom(data, { namesUnconnected: this.namesUnconnected && data.for_staff });
  }

  /** @param {{ byPerson: boolean }} options */
  start({ byPerson }) {
    const { map } = this;
    map.isPresenting = true;
    map.root.classList.add("large", "presenting");
    map.activeGroups.delete(SILENT);
    map.toggleControls(false);
    // A link may open the presenter view, but browsers let only a click or key take the whole screen.
    if (byPerson) this.enterFullScreen();
    if (byPerson) map.showSentData({ isSameNetwork: true });
    map.stage.focus({ preventScroll: true });
    this.showControls();
    map.refit();
  }

  stop() {
    const { map } = this;
    map.isPresenting = false;
    map.root.classList.remove("large", "presenting", "awake", "card-left");
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    this.isFullScreen = false;
    map.camera.before = null;
    this.tour.place = 0;
    map.showSentData({ isSameNetwork: true });
    map.stage.focus({ preventScroll: true }); // what had keyboard focus may be gone
    map.refit();
  }

  toggle() {
    if (this.map.isPresenting) this.stop();
    else this.start({ byPerson: true });
  }

  async enterFullScreen() {
    // On a phone, there may be none.
    await this.map.root.requestFullscreen?.().catch(() => {});
    this.isFullScreen = Boolean(document.fullscreenElement);
    // Where a browser allows it, Escape first closes what is open and only then leaves the full screen.
    if (this.isFullScreen) navigator.keyboard?.lock?.(["Escape"]).catch(() => {});
  }

  // Where a browser takes Escape for itself, it has left the full screen: the same as one press of Escape.
  leaveFullScreen() {
    if (document.fullscreenElement || !this.isFullScreen) return;
    this.isFullScreen = false;
    this.escape();
  }

  /** @param {boolean} namesUnconnected */
  nameUnconnected(namesUnconnected) {
    this.namesUnconnected = namesUnconnected;
    if (this.map.isPresenting) this.map.showSentData({ isSameNetwork: true });
    this.map.viewMenu.draw();
  }

  showControls() {
    if (!this.map.isPresenting) return;
    this.map.root.classList.add("awake");
    clearTimeout(this.hideTimer);
    this.hideTimer = setTimeout(() => this.map.root.classList.remove("awake"), CONTROLS_STAY_MS);
  }

  updateHeadline() {
    const { map } = this;
    if (!map.data) return;
    // Staff count more people and connections at their desk.
    const isPartial = map.sentData.people.hidden_ties.length > 0;
    const parts = [map.data.title, map.data.wave, isPartial && "not counting people who asked not to appear"];
    this.place.textContent = parts.filter(Boolean).join(" · ");
    this.headline.textContent = this.tour.step?.text ?? map.data.counts;
  }

  /** Keys work while the map has keyboard focus; in the presenter view, always. @param {KeyboardEvent} event */
  handleKey(event) {
    const { map } = this;
    const isInside = event.composedPath().includes(map.root);
    if (!map.camera || (!map.isPresenting && !isInside) || event.ctrlKey || event.metaKey || event.altKey) return;
    const [target] = event.composedPath();
    const focused = target instanceof Element ? target : null;
    if (event.key === "Escape") return this.escape();
    if (focused?.matches("input, textarea, select")) return;
    this.showControls();
    const action = this.actionOf(event, focused);
    if (!action) return;
    event.preventDefault();
    action();
  }

  /** @param {KeyboardEvent} event @param {Element | null} focused @returns {(() => void) | undefined} */
  actionOf({ key, shiftKey }, focused) {
    const { map } = this;
    /** @type {Record<string, () => void>} */
    const actions = {
      "+": () => map.camera.zoom(1.4),
      "=": () => map.camera.zoom(1.4),
      "-": () => map.camera.zoom(1 / 1.4),
      "0": () => map.camera.fit(true),
      "/": () => map.search.focus(),
    };
    if (actions[key]) return actions[key];
    if (focused?.closest(".results, .panel, .menu")) return undefined;
    const steps = TOUR_STEPS[key];
    if (map.isPresenting && steps && !shiftKey) return () => this.tour.move(steps);
    const pan = PANS[key];
    return pan && (() => map.camera.pan(...pan));
  }

  escape() {
    const { map } = this;
    if (!map.viewMenu.root.hidden) map.viewMenu.toggle(false);
    else if (!map.panel.root.hidden) map.closePanel();
    else if (map.isPresenting) this.stop();
    else map.toggleControls(false);
  }

  remove() {
    this.listening.abort();
    if (this.isFullScreen && document.fullscreenElement) document.exitFullscreen().catch(() => {});
  }
}
