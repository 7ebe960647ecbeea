// Tells the app when the map of this name stands on the screen; in any case after a while, so that nothing is missed.

const PATIENCE = 2_000;

export default function ({ data, setTriggerValue }) {
  const heard = (event) => event.detail === data.map && tell();
  const late = setTimeout(tell, PATIENCE);
  window.addEventListener("nethealth-stands", heard);
  if (window.nethealthStanding?.has(data.map)) tell();

  function leave() {
    clearTimeout(late);
    window.removeEventListener("nethealth-stands", heard);
  }

  function tell() {
    leave();
    setTriggerValue("stands", true);
  }

  return leave;
}
