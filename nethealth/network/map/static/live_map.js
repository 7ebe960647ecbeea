// The map of a live session on a screen: a room watches connections appear, one after the other. It is the presenter
// view of the network map, without its controls: the facilitator controls it from another device. Its code is published
// separately, once; what comes here at each change is the network.

/** @import { NetworkMap } from "./network_map.js" */

const GROW_MS = 900; // in which what came since the last change appears
const MOST_STEPS = 12; // in which it does
const NO_ADDRESS = { read: () => ({ person: "", steps: "", to: "", tie: "", legend: "", size: "", lines: "", names: "", marks: "", presenter: "yes" }), write() {} };
const LIVE_STYLES = `
.map.live.large { position: relative; inset: auto; width: 100%; height: var(--live-height, calc(100dvh - 9rem)); z-index: auto; }
.live :is(.search, .tools, .fold, .count, .menu, .tip, .panel, .place) { display: none !important; }
.live .stage { pointer-events: none; }
.map.live.presenting, .map.live.presenting:not(.awake) { cursor: auto; }
.presenting.live .banner { left: 1em; right: 1em; }
.presenting.live .legend { right: 1em; }
`;

/** @typedef {NetworkMap & { receiveNetwork: (data: LiveData, base: string) => void }} LiveMap */

/**
 * @param {typeof NetworkMap} Base
 * @returns {new (parent: HTMLElement | ShadowRoot) => LiveMap}
 */
function liveMapClass(Base) {
  return class extends Base {
    /** @type {string[]} ids of ties that are yet to appear, the next first */
    waiting = [];
    /** @type {Set<string>} the same */
    hidden = new Set();
    areNamesShown = false;
    focusedOn = "";
    counts = "";

    /** @param {HTMLElement | ShadowRoot} parent */
    constructor(parent) {
      super(parent);
      this.root.classList.add("live");
      this.address = /** @type {any} */ (NO_ADDRESS);
      const { presenter } = this;
      const { tour } = presenter;
      presenter.roomData = (data) => data;
      presenter.handleKey = () => {};
      const roleOf = tour.roleOf.bind(tour);
      tour.roleOf = (/** @type {TieIndex} */ tie) => (this.hidden.has(this.graph.tieId(tie)) ? "hidden" : roleOf(tie));
    }

    /** @param {number} person */
    nameOf(person) {
      return this.areNamesShown ? super.nameOf(person) : "";
    }

    // Nothing here takes keys.
    updateDescription() {
      this.stage.setAttribute("aria-label", this.counts);
      this.stage.tabIndex = -1;
    }

    /**
     * @param {LiveData} data
     * @param {string} base
     */
    async receiveNetwork({ map: data, shows_names: showsNames, focus, focus_people: people, counts }, base) {
      [this.areNamesShown, this.counts] = [showsNames, counts];
      const isNew = this.nextData?.version !== data.version;
      const before = this.graph && new Set(this.graph.from.map((_, tie) => this.graph.tieId(tie)));
      if (isNew && before && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.hide(tieIds(data).filter((id) => !before.has(id) || this.hidden.has(id)));
      await this.show({ ...data, base });
      if (!this.camera) return;
      this.presenter.tour.receive({ steps: [{ id: focus || "everyone", text: counts, people, leading: [] }] });
      // After the map has fitted everyone.
      if (focus || this.focusedOn) requestAnimationFrame(() => this.isRemoved || this.presenter.tour.frame());
      this.focusedOn = focus;
      this.updateDescription();
      this.restyle();
      if (isNew) this.grow();
    }

    /** @param {string[]} ids */
    hide(ids) {
      this.waiting = ids;
      this.hidden = new Set(ids);
    }

    // Let what waits appear, each highlighted for a moment.
    grow() {
      clearInterval(this.timer);
      const perStep = Math.ceil(this.waiting.length / MOST_STEPS);
      const steps = Math.ceil(this.waiting.length / (perStep || 1));
      if (!steps) return;
      this.highlights = { ...this.highlights, ties: new Set() };
      this.timer = setInterval(() => {
        for (const id of this.waiting.splice(0, perStep)) {
          this.hidden.delete(id);
          const tie = this.graph.tieWithId(id);
          if (tie !== null) this.highlights.ties.add(tie);
        }
        if (!this.waiting.length) clearInterval(this.timer);
        if (!this.isRemoved) this.restyle();
      }, GROW_MS / steps);
      this.transition.animateHighlights();
    }

    remove() {
      clearInterval(this.timer);
      super.remove();
    }
  };
}

/**
 * @param {MapData} data
 * @returns {string[]}
 */
function tieIds({ people, ties }) {
  return ties.from.map((from, tie) => {
    const [a, b] = [people.id[from], people.id[ties.to[tie]]];
    return a < b ? `${a}-${b}` : `${b}-${a}`;
  });
}

/** @type {WeakMap<Node, { show: (data: LiveData & { base: string }) => void, remove: () => void }>} */
const liveMounts = new WeakMap();

/** @param {Node & ParentNode} parent */
function createMount(parent) {
  /** @type {LiveMap | undefined} */
  let map;
  /** @type {(LiveData & { base: string }) | undefined} */
  let latest;
  const update = () => {
    if (!window.nethealthMap || !latest) return;
    if (!map) {
      const { NetworkMap, STYLES } = window.nethealthMap;
      map = new (liveMapClass(NetworkMap))(/** @type {HTMLElement | ShadowRoot} */ (parent));
      const styles = document.createElement("style");
      styles.textContent = STYLES + LIVE_STYLES;
      map.root.prepend(styles);
    }
    map.receiveNetwork(latest, latest.base);
  };
  window.addEventListener("nethealth-map-data", update);
  return {
    /** @param {LiveData & { base: string }} data */
    show(data) {
      latest = data;
      update();
    },
    remove() {
      window.removeEventListener("nethealth-map-data", update);
      map?.remove();
    },
  };
}

/** @param {Component<LiveData & { base: string }>} component */
export default function mountLiveMap({ parentElement, data }) {
  const mount = liveMounts.get(parentElement) ?? createMount(parentElement);
  liveMounts.set(parentElement, mount);
  mount.show(data);
  return () => {
    mount.remove();
    liveMounts.delete(parentElement);
  };
}
