// The network as it arrives, in columns, made ready to draw: who stands where, and who is tied to whom by number.

const SHORT_NAME = 22;
const BESIDE = 210; // from the last who is tied to the first who is not
const EDGE = 36; // of the field of those without a tie
const COLUMN = 250; // in it, from one column of names to the next, or as wide as the longest needs
const LETTER = 23;
const CLEARLY_LARGER = 1.2;

// People by number, their ties by number; `data` is what `NetworkMap.as_json` gives.
class Picture {
  constructor(data, shape) {
    const { people, ties } = data;
    this.data = data;
    this.count = people.id.length;
    this.ids = people.id;
    this.number = new Map(this.ids.map((id, at) => [id, at]));
    this.called = { [data.called.style]: people.name, ...data.called.also };
    this.groups = people.group;
    this.ties = people.ties;
    this.bridging = people.bridging;
    this.silent = new Set(people.silent);
    this.from = ties.from;
    this.to = ties.to;
    this.strength = ties.strength;
    this.kinds = ties.kinds;
    this.waiting = new Set(ties.waiting);
    // Measures of ties (trust, say) by what stands for them in addresses, for staff.
    this.said = Object.fromEntries(ties.said.map((quality) => [quality.id, quality]));
    this.beside = besides(this.count, ties.from, ties.to);
    Object.assign(this, places(data, shape));
    this.ranked = Array.from({ length: this.count }, (_, at) => at).sort(
      (a, b) => this.ties[b] - this.ties[a] || (people.name[a] < people.name[b] ? -1 : 1),
    );
  }

  tieId(tie) {
    const [a, b] = [this.ids[this.from[tie]], this.ids[this.to[tie]]];
    return a < b ? `${a}-${b}` : `${b}-${a}`;
  }

  // The tie of that id; null where there is none.
  tieOf(id) {
    const found = id ? this.from.findIndex((_, tie) => this.tieId(tie) === id) : -1;
    return found < 0 ? null : found;
  }

  other(tie, at) {
    return this.from[tie] === at ? this.to[tie] : this.from[tie];
  }

  shape(at) {
    return this.groups[at] < 0 ? this.data.shapes.other : this.data.shapes.groups[this.groups[at]];
  }

  says(tie) {
    const strength = this.strength[tie];
    if (strength !== null) return this.data.scale[strength] ?? String(strength);
    return this.kindsOf(tie).join(", ");
  }

  kindsOf(tie) {
    return (this.data.ties.kind_sets[this.kinds[tie]] || []).map((kind) => this.data.ties.kind_names[kind]);
  }

  about(at, { named }) {
    const told = this.data.about.filter((column) => named || column.label === this.data.legend.title);
    return told.map(({ label, values, of }) => [label, values[of[at]]]).filter(([, value]) => value !== undefined);
  }

  // Everybody within so many steps, each with how far; ties that are told but not confirmed lead nowhere.
  around(at, steps) {
    const far = new Map([[at, 0]]);
    let edge = [at];
    for (let step = 1; step <= steps; step += 1) {
      const next = [];
      for (const one of edge)
        for (const tie of this.beside[one]) {
          const other = this.other(tie, one);
          if (far.has(other) || (step > 1 && this.waiting.has(tie))) continue;
          far.set(other, step);
          next.push(other);
        }
      edge = next;
    }
    return far;
  }

  // The shortest way along ties from one to another, the strongest first step of equal ways, and how many are as short.
  way(start, end) {
    const far = new Map([[end, 0]]);
    const ways = new Map([[end, 1]]);
    let edge = [end];
    while (edge.length && !far.has(start)) {
      const next = [];
      for (const one of edge)
        for (const tie of this.beside[one]) {
          if (this.waiting.has(tie)) continue;
          const other = this.other(tie, one);
          if (!far.has(other)) {
            far.set(other, far.get(one) + 1);
            next.push(other);
          }
          if (far.get(other) === far.get(one) + 1) ways.set(other, (ways.get(other) || 0) + ways.get(one));
        }
      edge = next;
    }
    if (!far.has(start)) return null;
    const people = [start];
    const ties = [];
    for (let at = start; at !== end; ) {
      const ahead = this.beside[at].filter(
        (tie) => !this.waiting.has(tie) && far.get(this.other(tie, at)) === far.get(at) - 1,
      );
      ahead.sort((a, b) => (this.strength[b] || 0) - (this.strength[a] || 0));
      ties.push(ahead[0]);
      at = this.other(ahead[0], at);
      people.push(at);
    }
    return { people, ties, ways: ways.get(start) };
  }
}

// Where everybody stands on a stage of this shape (width to height), and the field of those without a tie.
function places(data, shape) {
  const { x, y, apart } = arranged(data, shape);
  return { x: Float64Array.from(x), y: Float64Array.from(y), apart };
}

function besides(count, from, to) {
  const beside = Array.from({ length: count }, () => []);
  for (let tie = 0; tie < from.length; tie += 1) {
    beside[from[tie]].push(tie);
    beside[to[tie]].push(tie);
  }
  return beside;
}

function extent(values, chosen) {
  let [low, high] = [Infinity, -Infinity];
  for (const at of chosen) {
    if (values[at] < low) low = values[at];
    if (values[at] > high) high = values[at];
  }
  return [low, high];
}

// In how many rows people without a tie stand beside the others: as many as fill the height that those have, unless
// another number lets everything be drawn clearly larger, as where few are tied and stand in one line.
function rowsBeside(count, { stepX, stepY, tail, width, height, shape }) {
  const usual = Math.max(1, Math.min(count, Math.floor((0.86 * height) / stepY) || 1));
  const size = (rows) => {
    const across = width + BESIDE + (Math.ceil(count / rows) - 1) * stepX + tail + EDGE;
    return Math.max(across / shape, height, (rows - 1) * stepY + 2 * EDGE);
  };
  let best = usual;
  for (let rows = 1; rows <= count; rows += 1) if (size(rows) < size(best)) best = rows;
  return size(usual) > CLEARLY_LARGER * size(best) ? best : usual;
}

// The drawing takes the page's own shape: spread a little over a wide one, and people without a tie as a list beside
// the others there, beneath them on a high one. Very many of them keep a close block.
function arranged(data, shape) {
  const { name, ties } = data.people;
  const [x, y] = [[...data.people.x], [...data.people.y]];
  const alone = [];
  const tied = [];
  for (let at = 0; at < ties.length; at += 1) (ties[at] ? tied : alone).push(at);
  if (!tied.length || !(shape > 0)) return { x, y, apart: data.apart };
  alone.sort((a, b) => (name[a] < name[b] ? -1 : 1));
  const [left, right] = extent(x, tied);
  const [top, below] = extent(y, tied);
  const wide = shape > 1;
  const spread = wide ? Math.min(1.45, Math.max(1, (0.8 * shape * (below - top + 120)) / (right - left + 120))) : 1;
  for (const at of tied) x[at] *= spread;
  if (!alone.length) return { x, y, apart: data.apart };
  const close = alone.length > 36;
  const longest = alone.reduce((most, at) => Math.max(most, cut(name[at], SHORT_NAME).length), 0);
  const column = Math.max(COLUMN, longest * LETTER);
  const [stepX, stepY] = close ? [78, 78] : wide ? [column, 56] : [390, 56];
  const tail = close ? 0 : stepX - 45;
  const [width, height] = [(right - left) * spread, below - top];
  const rows = wide
    ? rowsBeside(alone.length, { stepX, stepY, tail, width, height, shape })
    : Math.ceil(alone.length / Math.max(1, Math.floor((right - left) / stepX)));
  const columns = Math.ceil(alone.length / rows);
  const [startX, startY] = wide
    ? [right * spread + BESIDE, (top + below) / 2 - ((rows - 1) * stepY) / 2]
    : [(left + right) / 2 - ((columns - 1) * stepX + tail) / 2, below + 150];
  alone.forEach((at, place) => {
    x[at] = startX + Math.floor(place / rows) * stepX;
    y[at] = startY + (place % rows) * stepY;
  });
  const apart = {
    ...data.apart,
    listed: close ? 0 : stepX,
    x: startX - EDGE,
    y: startY - EDGE,
    width: (columns - 1) * stepX + tail + 2 * EDGE,
    height: (rows - 1) * stepY + 2 * EDGE,
  };
  return { x, y, apart };
}
