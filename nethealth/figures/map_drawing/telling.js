// Hands what is known of people and ties to the map of the same name, now or as soon as that map is there.

export default function ({ data }) {
  window.nethealthDetails ??= {};
  window.nethealthDetails[data.map] = data;
  window.dispatchEvent(new CustomEvent("nethealth-details", { detail: data }));
  return () => {
    delete window.nethealthDetails[data.map];
  };
}
