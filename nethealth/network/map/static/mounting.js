// The map as an element of the app's page: new data under the same key moves the map that is there already. The code
// that draws it and the network as a whole are handed over beside it; what comes here is what is to be seen of them.

const places = new WeakMap();

function seen(network, changes) {
  const [people, ties] = ["people", "ties"].map((name) => ({ ...network[name], ...changes[name] }));
  return { ...network, ...changes, people, ties };
}

// Where a map stands, or will as soon as it has all that it needs: either part may come first.
class Place {
  constructor({ parentElement, setTriggerValue }) {
    this.parent = parentElement;
    this.ask = (id) => setTriggerValue("ask", id);
    this.heard = ({ detail }) => {
      if (detail.map !== this.data.key) return;
      if (detail.what === "network") this.show();
      else this.map?.take(detail);
    };
    window.addEventListener("nethealth-told", this.heard);
  }

  told(what) {
    return window.nethealthTold?.get(`${what} of ${this.data.key}`);
  }

  show(data = this.data) {
    this.data = data;
    const network = this.told("network");
    if (network?.version !== data.on) return;
    this.map ??= this.begun();
    this.map.show({ ...seen(network, data.changes), base: data.base });
  }

  begun() {
    const { LivingMap, LOOK } = window.nethealthMap;
    const look = document.createElement("style");
    look.textContent = LOOK;
    const map = new LivingMap(this.parent, { ask: this.ask });
    map.root.prepend(look);
    map.key = this.data.key;
    for (const what of ["details", "words"]) if (this.told(what)) map.take(this.told(what));
    return map;
  }

  leave() {
    window.removeEventListener("nethealth-told", this.heard);
    window.nethealthStanding?.delete(this.data.key);
    this.map?.leave();
  }
}

export default function (component) {
  const { parentElement } = component;
  if (!places.has(parentElement)) places.set(parentElement, new Place(component));
  const place = places.get(parentElement);
  place.show(component.data);
  return () => {
    place.leave();
    places.delete(parentElement);
  };
}
