// What one looks at stands in the page's address, so that a link opens the same view. People stand there by their
// codes, values by a short sum of their letters: no name and no cell is ever written there.

const SAID = ["person", "steps", "to", "tie", "legend", "size", "lines", "names", "presenter"];

function lettersOf(label) {
  let sum = 0x811c9dc5;
  for (const letter of label) sum = Math.imul(sum ^ letter.codePointAt(0), 0x01000193) >>> 0;
  return sum.toString(36);
}

// The address of the app's page, or the part behind # where the map is a file of its own.
class Address {
  constructor({ alone }) {
    this.alone = alone;
  }

  said() {
    return new URLSearchParams(this.alone ? location.hash.slice(1) : location.search);
  }

  read() {
    const said = this.said();
    return Object.fromEntries(SAID.map((name) => [name, said.get(`map-${name}`) ?? ""]));
  }

  write(state) {
    const said = this.said();
    for (const name of SAID) {
      if (state[name]) said.set(`map-${name}`, state[name]);
      else said.delete(`map-${name}`);
    }
    const words = said.toString();
    if (words === this.said().toString()) return;
    const place = this.alone ? `#${words}` : `${location.pathname}${words ? `?${words}` : ""}${location.hash}`;
    try {
      // Replaced, not pushed: going back leaves the page, not the last ten clicks; and the page is not run again.
      history.replaceState(history.state, "", place);
    } catch {
      // A file opened where addresses may not change simply has no links.
    }
  }
}

// What one looks at, into the address.
function remembered(map) {
  const { picture, view } = map;
  const labels = new Map(map.data.legend.entries.map((entry) => [entry.group, lettersOf(entry.label)]));
  map.address.write({
    person: map.focus === null ? "" : picture.ids[map.focus],
    steps: map.focus !== null && map.steps > 1 ? String(map.steps) : "",
    to: map.target === null ? "" : picture.ids[map.target],
    tie: map.tieInFocus === null ? "" : picture.tieId(map.tieInFocus),
    legend: [...map.only].map((group) => (group === SILENT ? SILENT : labels.get(group))).join("."),
    size: view.size === "ties" ? "" : view.size,
    lines: view.lines === "strength" ? "" : view.lines,
    names: view.names === map.data.called.style ? "" : view.names,
    presenter: map.presenting ? "yes" : "",
  });
}

// What the address says, as far as this map has it, into what one looks at.
function restored(map) {
  const said = map.address.read();
  const { picture, data } = map;
  map.focus = picture.number.get(said.person) ?? null;
  map.target = map.focus === null ? null : (picture.number.get(said.to) ?? null);
  map.steps = said.steps === "2" ? 2 : 1;
  map.tieInFocus = map.focus === null ? picture.tieOf(said.tie) : null;
  const sought = new Set(said.legend.split("."));
  const groups = data.legend.entries.filter((entry) => sought.has(lettersOf(entry.label))).map((entry) => entry.group);
  map.only = new Set(sought.has(SILENT) && picture.silent.size ? [...groups, SILENT] : groups);
  if (said.size === "same" || (said.size === "bridging" && picture.bridging)) map.view.size = said.size;
  if (said.lines === "type" && data.ties.kind_names.length > 1) map.view.lines = "type";
  if (Object.hasOwn(picture.said, said.lines)) map.view.lines = said.lines;
  map.view.names = Object.hasOwn(picture.called, said.names) ? said.names : data.called.style;
  map.presenting = said.presenter === "yes";
}
