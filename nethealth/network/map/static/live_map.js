// The map of a live session on a screen: a room watches connections appear, one after the other. It is the presenter
// view of the network map, without its controls: the facilitator controls it from another device. Its code is published
// separately, once; what comes here at each change is the network.

/** @import { NetworkMap } from "./network_map.js" */

const GROW_MS = 900; // in which what came since the last change appears
const MOST_STEPS = 12; // in which it does

/** @typedef {NetworkMap & { receiveNetwork: (data: LiveData) => void }} LiveMap */

/** @param {typeof NetworkMap} Base @returns {new (parent: HTMLElement | ShadowRoot) => LiveMap} */
function liveMapClass(Base) {
  return class extends Base {
    /** @type {Set<string> | null} ids of the ties that have appeared; null once all have */
    appeared = null;
    areNamesShown = false;
    focusedOn = "";
    counts = "";

    /** @param {HTMLElement | ShadowRoot} parent */
    constructor(parent) {
      super(parent);
      this.root.classList.add("live");
      this.address.parameters = () => new URLSearchParams("map-presenter=yes");
      this.address.write = () => {};
      const { presenter } = this;
      const { tour } = presenter;
      presenter.roomData = (data) => data;
      presenter.handleKey = () => {};
      const roleOf = tour.roleOf.bind(tour);
      tour.roleOf = (/** @type {TieIndex} */ tie) => (this.appeared?.has(this.graph.tieId(tie)) === false ? "hidden" : roleOf(tie));
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

    /** @param {LiveData} data */
    async receiveNetwork({ map: data, shows_names: showsNames, focus, focus_people: people, counts, base }) {
      [this.areNamesShown, this.counts] = [showsNames, counts];
      const isNew = this.nextData?.version !== data.version;
      if (isNew && this.graph && !matchMedia("(prefers-reduced-motion: reduce)").matches)
        this.appeared ??= new Set(this.graph.from.map((_, tie) => this.graph.tieId(tie)));
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

    grow() {
      clearInterval(this.timer);
      const { appeared, graph } = this;
      if (!appeared) return;
      const waiting = [...graph.from.keys()].filter((tie) => !appeared.has(graph.tieId(tie)));
      const perStep = Math.ceil(waiting.length / MOST_STEPS) || 1;
      this.highlights = { ...this.highlights, ties: new Set() };
      this.timer = setInterval(() => {
        for (const tie of waiting.splice(0, perStep)) {
          appeared.add(graph.tieId(tie));
          this.highlights.ties.add(tie);
        }
        if (!waiting.length) {
          clearInterval(this.timer);
          this.appeared = null;
        }
        if (!this.isRemoved) this.restyle();
      }, GROW_MS / Math.ceil(waiting.length / perStep || 1));
      this.transition.animateHighlights();
    }
  };
}

/** @type {WeakMap<Node, LiveMount>} */
const liveMounts = new WeakMap();

// Shows the network as soon as the code that draws it is here.
class LiveMount {
  /** @type {LiveMap | undefined} */
  map;

  /** @param {Component<LiveData>} component */
  constructor({ parentElement, data }) {
    this.parent = parentElement;
    this.data = data;
    this.onCode = () => this.show();
    window.addEventListener("nethealth-map-data", this.onCode);
  }

  show(data = this.data) {
    this.data = data;
    if (!window.nethealthMap) return;
    this.map ??= this.createMap(window.nethealthMap);
    this.map.receiveNetwork(data);
  }

  /** @param {Window["nethealthMap"]} code */
  createMap({ NetworkMap, STYLES }) {
    const map = new (liveMapClass(NetworkMap))(this.parent);
    map.root.prepend(Object.assign(document.createElement("style"), { textContent: STYLES }));
    return map;
  }

  remove() {
    window.removeEventListener("nethealth-map-data", this.onCode);
    this.map?.remove();
  }
}

/** @param {Component<LiveData>} component */
export default function mountLiveMap(component) {
  const { parentElement, data } = component;
  const mount = liveMounts.get(parentElement) ?? new LiveMount(component);
  liveMounts.set(parentElement, mount);
  mount.show(data);
  return () => {
    mount.remove();
    liveMounts.delete(parentElement);
  };
}
