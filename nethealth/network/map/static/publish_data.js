// Publishes data for the map of the same key, now or as soon as that map exists: the network as a whole, details of
// people and ties, or the map's description.

/** @param {Component<PublishedData>} component */
export function publishData({ data }) {
  const key = `${data.what} of ${data.map}`;
  const published = (window.nethealthMapData ??= new Map());
  published.set(key, data);
  window.dispatchEvent(new CustomEvent("nethealth-map-data", { detail: data }));
  return () => published.delete(key);
}

export default publishData;
