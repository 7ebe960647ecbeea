// The presenter view: the map on the whole screen. Controls appear with the mouse or a key, and go again.

import { saveView } from "./address.js";
import { SILENT } from "./controls.js";
import { element, formatCount, pluralize } from "./elements.js";

/** @import { NetworkMap } from "./network_map.js" */

const CONTROLS_STAY_MS = 2600;
/** @type {Record<string, [number, number]>} */
const PANS = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };

export class Presenter {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  hideTimer;
  isFullScreen = false;

  /** @param {NetworkMap} map */
  constructor(map) {
    this.map = map;
    this.headline = element("p", "headline");
    map.root.append(this.headline);
    const showControls = () => this.showControls();
    map.root.addEventListener("pointermove", showControls);
    map.root.addEventListener("pointerdown", showControls);
    this.onFullScreenChange = () => {
      if (!document.fullscreenElement && this.isFullScreen) this.stop();
    };
    document.addEventListener("fullscreenchange", this.onFullScreenChange);
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.handleKey(event);
    document.addEventListener("keydown", this.onKey);
  }

  /** @param {{ byPerson: boolean }} options */
  start({ byPerson }) {
    const { map } = this;
    map.isPresenting = true;
    map.root.classList.add("large", "presenting");
    map.setFilter(new Set([...map.activeGroups].filter((group) => group !== SILENT)));
    map.updatePanel();
    if (!map.viewMenu.root.hidden) map.viewMenu.toggle(false);
    // A link may open the presenter view, but browsers let only a click or key take the whole screen.
    if (byPerson && map.root.requestFullscreen) {
      map.root.requestFullscreen().then(() => (this.isFullScreen = true), () => {});
    }
    map.stage.focus({ preventScroll: true });
    this.updateHeadline();
    this.showControls();
    saveView(map);
    map.refit();
  }

  stop() {
    const { map } = this;
    map.isPresenting = false;
    map.root.classList.remove("large", "presenting", "awake");
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    this.isFullScreen = false;
    map.restyle();
    map.updatePanel();
    saveView(map);
    map.refit();
  }

  toggle() {
    if (this.map.isPresenting) this.stop();
    else this.start({ byPerson: true });
  }

  showControls() {
    if (!this.map.isPresenting) return;
    this.map.root.classList.add("awake");
    clearTimeout(this.hideTimer);
    this.hideTimer = setTimeout(() => this.map.root.classList.remove("awake"), CONTROLS_STAY_MS);
  }

  updateHeadline() {
    const { graph } = this.map;
    const alone = graph.ties.filter((ties) => ties === 0).length;
    const parts = [
      `${pluralize(graph.count, "person", "people")} shown`,
      pluralize(graph.from.length - graph.unconfirmed.size, "connection", "connections") + " between them",
      `${formatCount(alone)} not connected yet`,
    ];
    // A dot never starts a line.
    this.headline.textContent = parts.join("\u00a0· ");
  }

  /**
   * Keys work while the map has keyboard focus; in the presenter view, always.
   * @param {KeyboardEvent} event
   */
  handleKey(event) {
    const { map } = this;
    const isInside = event.composedPath().includes(map.root);
    if (!map.camera || (!map.isPresenting && !isInside) || event.ctrlKey || event.metaKey || event.altKey) return;
    const [target] = event.composedPath();
    const focused = target instanceof Element ? target : null;
    if (event.key === "Escape") return this.escape();
    if (focused?.matches("input, textarea, select")) return;
    this.showControls();
    /** @type {Record<string, () => void>} */
    const actions = {
      "+": () => map.camera.zoom(1.4),
      "=": () => map.camera.zoom(1.4),
      "-": () => map.camera.zoom(1 / 1.4),
      "0": () => map.camera.fit(true),
      "/": () => map.search.focus(),
    };
    const pan = PANS[event.key];
    const pans = pan && !focused?.closest(".results, .panel, .menu");
    const action = actions[event.key] ?? (pans ? () => map.camera.pan(...pan) : undefined);
    if (!action) return;
    event.preventDefault();
    action();
  }

  escape() {
    const { map } = this;
    if (map.focus !== null || map.focusTie !== null) map.closePanel();
    else if (map.isPresenting) this.stop();
    else map.toggleControls(false);
  }

  remove() {
    clearTimeout(this.hideTimer);
    document.removeEventListener("fullscreenchange", this.onFullScreenChange);
    document.removeEventListener("keydown", this.onKey);
    if (this.isFullScreen && document.fullscreenElement) document.exitFullscreen().catch(() => {});
  }
}
