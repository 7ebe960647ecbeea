// The map as an element of the app's page: new data under the same key moves the map that is already there. The code
// that draws it and the network as a whole are published separately; what comes here is how this view differs.

/** @type {WeakMap<Node, MapMount>} */
const mounts = new WeakMap();

/** @param {MapData} network @param {MountData["changes"]} changes @returns {MapData} */
function applyChanges(network, changes) {
  const people = { ...network.people, ...changes.people };
  const ties = { ...network.ties, ...changes.ties };
  return { ...network, ...changes, people, ties };
}

// Shows the map as soon as both parts of its data are here, whichever comes first.
class MapMount {
  /** @type {NetworkMap | undefined} */
  map;

  /** @param {Component<MountData>} component */
  constructor({ parentElement, data, setTriggerValue }) {
    this.parent = parentElement;
    this.data = data;
    this.requestDetails = (/** @type {string} */ id) => setTriggerValue("request", id);
    this.onData = (/** @type {CustomEvent<PublishedData>} */ { detail }) => {
      if (detail.map !== this.data.key) return;
      if (detail.what === "network") this.show();
      else this.map?.receive(detail);
    };
    window.addEventListener("nethealth-map-data", this.onData);
  }

  /** @param {PublishedData["what"]} what */
  published(what) {
    return window.nethealthMapData?.get(`${what} of ${this.data.key}`);
  }

  show(data = this.data) {
    this.data = data;
    const network = this.published("network");
    if (network?.what !== "network" || network.version !== data.network_version) return;
    this.map ??= this.createMap();
    this.map.show({ ...applyChanges(network, data.changes), base: data.base });
  }

  createMap() {
    const { NetworkMap, STYLES } = window.nethealthMap;
    const map = new NetworkMap(this.parent, { requestDetails: this.requestDetails });
    map.root.prepend(Object.assign(document.createElement("style"), { textContent: STYLES }));
    map.key = this.data.key;
    for (const what of /** @type {const} */ (["details", "description", "tour"])) {
      const data = this.published(what);
      if (data) map.receive(data);
    }
    return map;
  }

  remove() {
    window.removeEventListener("nethealth-map-data", this.onData);
    window.nethealthMapsReady?.delete(this.data.key);
    this.map?.remove();
  }
}

/** @param {Component<MountData>} component */
export default function mountMap(component) {
  const { parentElement, data } = component;
  const mount = mounts.get(parentElement) ?? new MapMount(component);
  mounts.set(parentElement, mount);
  mount.show(data);
  return () => {
    mount.remove();
    mounts.delete(parentElement);
  };
}
