// The map as an element of the app's page: new data under the same key moves the map that is there already. What it
// draws comes in two parts: the network as a whole, handed over once beside it, and what is to be seen of it.

const living = new WeakMap();

function seen(network, changes) {
  const [people, ties] = ["people", "ties"].map((name) => ({ ...network[name], ...changes[name] }));
  return { ...network, ...changes, people, ties };
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  let map = living.get(parentElement);
  if (!map) {
    map = new LivingMap(parentElement, { ask: (id) => setTriggerValue("ask", id) });
    map.heard = ({ detail }) => {
      if (detail.map !== map.key) return;
      if (detail.what === "network") show();
      else map.take(detail);
    };
    window.addEventListener("nethealth-told", map.heard);
    living.set(parentElement, map);
  }
  const told = (what) => window.nethealthTold?.get(`${what} of ${map.key}`);

  // Either part may come first.
  function show() {
    const network = told("network");
    if (network?.version === map.seen.on) map.show({ ...seen(network, map.seen.changes), base: map.seen.base });
  }

  [map.key, map.seen] = [data.key, data];
  for (const what of ["details", "words"]) if (told(what)) map.take(told(what));
  show();
  return () => {
    window.removeEventListener("nethealth-told", map.heard);
    window.nethealthStanding?.delete(map.key);
    map.leave();
    living.delete(parentElement);
  };
}
