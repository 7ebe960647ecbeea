// Tells the app when the map of this key is on the screen, or after a while in any case, so that the page goes on.

const PATIENCE_MS = 2_000;

/** @param {Component<{ map: string }>} component */
export default function reportReady({ data, setTriggerValue }) {
  const onReady = (/** @type {CustomEvent<string>} */ event) => event.detail === data.map && report();
  const timer = setTimeout(report, PATIENCE_MS);
  window.addEventListener("nethealth-map-ready", onReady);
  if (window.nethealthMapsReady?.has(data.map)) report();

  function stop() {
    clearTimeout(timer);
    window.removeEventListener("nethealth-map-ready", onReady);
  }

  function report() {
    stop();
    setTriggerValue("ready", true);
  }

  return stop;
}
