// What one looks at stands in the page's address, so that a link opens the same view. People stand there by their
// codes, values by a short sum of their letters: no name and no cell is ever written there.

const SAID = ["person", "steps", "to", "legend", "size", "lines", "names", "presenter"];

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
