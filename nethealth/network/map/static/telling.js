// Hands something to the map of the same name, now or as soon as that map is there: the network as a whole, what is
// known of people and ties, or what it says in words.

export default function ({ data }) {
  const key = `${data.what} of ${data.map}`;
  (window.nethealthTold ??= new Map()).set(key, data);
  window.dispatchEvent(new CustomEvent("nethealth-told", { detail: data }));
  return () => window.nethealthTold.delete(key);
}
