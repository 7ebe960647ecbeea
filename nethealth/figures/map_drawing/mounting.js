// The map as an element of the app's page: new data under the same key moves the map that is there already.

const living = new WeakMap();

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  let map = living.get(parentElement);
  if (!map) {
    map = new LivingMap(parentElement, { ask: (id) => setTriggerValue("ask", id) });
    map.heard = (event) => event.detail.map === map.key && map.takeDetails(event.detail);
    window.addEventListener("nethealth-details", map.heard);
    living.set(parentElement, map);
  }
  map.key = data.key;
  const early = window.nethealthDetails?.[data.key];
  if (early) map.details.take(early);
  map.show(data);
  return () => {
    window.removeEventListener("nethealth-details", map.heard);
    window.nethealthStanding?.delete(map.key);
    map.leave();
    living.delete(parentElement);
  };
}
