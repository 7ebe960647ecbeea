// Draws ties and people on vis-network's canvas, one path for all that look alike: measured, its own way of drawing
// one by one takes two to three times as long among thousands.

const MANY_PEOPLE = 1_500;
const TIES_WHILE_MOVING = 2_500;
const ONE_PATH = 24; // so many marks a path: measured, longer paths take longer than their sum when seen from near
const WIDTHS = [0.9, 1.5, 2.2, 3.1, 4];
const CLOSEST = 1.15; // how large two marks may be drawn together, as a share of what parts them, in the middle case
const USUAL_WIDTH = 1; // of ties of which nobody has said how strong any is
const IN_DARK = 1.3; // the same share of a line is seen less on a dark page
const [FAINT, PLAIN, STRONG] = [0, 1, 2];
const [GONE, THIN, USUAL, NEAR, ON_THE_WAY] = [0, 1, 2, 3, 4];

class Painter {
  constructor(map) {
    this.map = map;
    this.hatches = new Map();
  }

  // Sizes, what is strong and what steps back, and which ties are drawn in one stroke. Done once a change, not a frame.
  prepare() {
    const { map } = this;
    const { picture, view } = map;
    const near = map.near();
    this.radius = sizes(picture, view.size);
    const share = roomFor(picture, this.radius);
    if (share < 1) this.radius = this.radius.map((radius) => radius * share);
    this.stands = new Uint8Array(picture.count);
    for (let at = 0; at < picture.count; at += 1) {
      const shown = map.isShown(at) && (!near || near.has(at));
      this.stands[at] = !shown ? FAINT : at === map.focus || map.way?.people.includes(at) ? STRONG : PLAIN;
    }
    this.order = Array.from({ length: picture.count }, (_, at) => at).sort(
      (a, b) => this.stands[a] - this.stands[b] || this.radius[b] - this.radius[a],
    );
    // The smallest that anybody is drawn on the screen, in pixels; of many thousands a little less, or they close up.
    this.least = picture.count > 8_000 ? 1 : picture.count > 3_000 ? 1.25 : 1.5;
    this.gather(near);
    this.hatches.clear();
  }

  tieStands(tie, near) {
    const { map } = this;
    const { picture } = map;
    const [a, b] = [picture.from[tie], picture.to[tie]];
    if (!map.isShown(a) || !map.isShown(b)) return GONE;
    // Ties that wait meet at whoever did not answer.
    if (map.presenting && picture.waiting.has(tie)) return GONE;
    if (map.way) return map.way.ties.includes(tie) ? ON_THE_WAY : THIN;
    if (map.tieInFocus === tie) return ON_THE_WAY;
    if (!near) return USUAL;
    if (a === map.focus || b === map.focus) return NEAR;
    return near.has(a) && near.has(b) ? USUAL : THIN;
  }

  gather(near) {
    const { picture, lines } = this.map;
    const weight = picture.said[lines]?.of || picture.strength;
    const strongest = weight.reduce((most, each) => Math.max(most, each ?? 0), 0);
    // Shares have no five steps: what is said most is thickest.
    const isShare = strongest <= 1 && weight.some((each) => each > 0 && each < 1);
    const most = isShare ? strongest : Math.max(5, strongest);
    const isSaid = weight.some((each) => each !== null);
    const bundles = new Map();
    for (let tie = 0; tie < picture.from.length; tie += 1) {
      const stands = this.tieStands(tie, near);
      const share = Math.max(0, (weight[tie] ?? 0) / most);
      const width = isSaid ? Math.min(WIDTHS.length - 1, Math.floor(share * WIDTHS.length * 0.999)) : USUAL_WIDTH;
      const kind = lines === "type" ? this.map.lineOf(tie) : -1;
      const waits = picture.waiting.has(tie);
      const name = `${stands} ${width} ${kind} ${waits}`;
      if (!bundles.has(name)) bundles.set(name, { stands, width, kind, waits, ties: [] });
      bundles.get(name).ties.push(tie);
    }
    this.bundles = [...bundles.values()].sort((a, b) => a.stands - b.stands || a.width - b.width);
  }

  look({ stands, width, kind, waits }) {
    const c = this.map.colours;
    const line = kind >= 0 ? c.lines[kind] : null;
    const usual = this.map.data.faint * (line ? 1.5 : 1) * (c === this.map.data.palettes.dark ? IN_DARK : 1);
    const share = [0.03, 0.06, Math.min(1, usual), 0.95, 1][stands];
    const hue = stands === ON_THE_WAY ? c.accent : line ? line.colour : stands === NEAR ? c.ink : c.muted;
    return {
      colour: clear(hue, share),
      width: WIDTHS[width] + (stands === ON_THE_WAY ? 2.5 : 0),
      dashes: waits ? [4, 5] : line ? line.dashes : [],
    };
  }

  draw(pen, { scale, moving, seen }) {
    this.scale = scale;
    this.drawTies(pen, { moving, seen });
    this.drawFresh(pen);
    if (this.map.picture.count > (moving ? SOME_PEOPLE : MANY_PEOPLE)) this.drawCrowd(pen, seen);
    else this.drawPeople(pen, seen);
  }

  drawTies(pen, { moving, seen }) {
    const { picture, place } = this.map;
    const { x, y } = place;
    // While the map moves, of very many ties some are left out; they are back as soon as it stands still.
    const all = picture.from.length;
    const each = moving && all > TIES_WHILE_MOVING ? Math.ceil(all / TIES_WHILE_MOVING) : 1;
    pen.lineCap = "butt";
    for (const bundle of this.bundles) {
      if (each > 1 && bundle.stands < USUAL) continue;
      const { colour, width, dashes } = this.look(bundle);
      const step = bundle.stands > USUAL ? 1 : each;
      pen.strokeStyle = colour;
      pen.lineWidth = Math.max(width, 0.45 / this.scale);
      pen.setLineDash(dashes);
      pen.beginPath();
      let drawn = 0;
      for (let turn = 0; turn < bundle.ties.length; turn += step) {
        const tie = bundle.ties[turn];
        const [a, b] = [picture.from[tie], picture.to[tie]];
        const [ax, ay, bx, by] = [x[a], y[a], x[b], y[b]];
        if ((ax < seen.left && bx < seen.left) || (ax > seen.right && bx > seen.right)) continue;
        if ((ay < seen.top && by < seen.top) || (ay > seen.bottom && by > seen.bottom)) continue;
        pen.moveTo(ax, ay);
        pen.lineTo(bx, by);
        drawn += 1;
        if (drawn % ONE_PATH === 0) {
          pen.stroke();
          pen.beginPath();
        }
      }
      pen.stroke();
    }
    pen.setLineDash([]);
  }

  // What has just come: a ring that widens around people, a ring of colour along ties.
  drawFresh(pen) {
    const { map } = this;
    const { x, y } = map.place;
    const now = performance.now();
    for (const [id, begun] of map.fresh.people) {
      const at = map.picture.number.get(id);
      if (at === undefined) continue;
      const age = CALM() ? 0.3 : ((now - begun) % 1500) / 1500;
      pen.beginPath();
      pen.arc(x[at], y[at], this.radius[at] + 4 + 22 * age, 0, 2 * Math.PI);
      pen.strokeStyle = clear(map.colours.accent, 1 - age);
      pen.lineWidth = 4;
      pen.stroke();
    }
    if (!map.fresh.ties.size) return;
    pen.strokeStyle = map.colours.accent;
    pen.lineWidth = 4;
    pen.beginPath();
    for (const tie of map.fresh.ties) {
      const [a, b] = [map.picture.from[tie], map.picture.to[tie]];
      pen.moveTo(x[a], y[a]);
      pen.lineTo(x[b], y[b]);
    }
    pen.stroke();
  }

  drawPeople(pen, seen) {
    const { picture, place, colours } = this.map;
    for (const at of this.order) {
      const [x, y] = [place.x[at], place.y[at]];
      const r = this.drawnRadius(at);
      if (x + 2 * r < seen.left || x - 2 * r > seen.right || y + 2 * r < seen.top || y - 2 * r > seen.bottom) continue;
      pen.globalAlpha = this.stands[at] === FAINT ? 0.14 : 1;
      const chosen = at === this.map.focus;
      const hue = this.map.hue(picture.groups[at]);
      const hatched = this.map.silent.has(at);
      pen.beginPath();
      trace(pen, picture.shape(at), x, y, r);
      pen.lineWidth = chosen ? 3.5 : 1.5;
      pen.strokeStyle = chosen ? colours.ink : hatched ? hue : colours.paper;
      pen.fillStyle = hatched ? this.hatch(pen, hue) : hue;
      // The rim lies beneath the mark where it only parts it from its neighbours.
      if (!hatched && !chosen) pen.stroke();
      pen.fill();
      if (hatched || chosen) pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  drawCrowd(pen, seen) {
    const { picture, place, colours } = this.map;
    const marks = new Map();
    for (let at = 0; at < picture.count; at += 1) {
      const [x, y] = [place.x[at], place.y[at]];
      if (x < seen.left - 60 || x > seen.right + 60 || y < seen.top - 60 || y > seen.bottom + 60) continue;
      const name = this.stands[at] * 64 + (picture.groups[at] + 1) * 2 + (this.map.silent.has(at) ? 1 : 0);
      if (!marks.has(name)) marks.set(name, []);
      marks.get(name).push(at);
    }
    for (const name of [...marks.keys()].sort((a, b) => a - b)) {
      const some = marks.get(name);
      const [first] = some;
      const hue = this.map.hue(picture.groups[first]);
      const hatched = this.map.silent.has(first);
      pen.globalAlpha = this.stands[first] === FAINT ? 0.14 : 1;
      pen.fillStyle = hatched ? colours.paper : hue;
      pen.strokeStyle = hatched ? hue : colours.paper;
      pen.lineWidth = hatched ? 1.2 / this.scale : 1.5;
      pen.beginPath();
      let drawn = 0;
      for (const at of some) {
        const r = this.drawnRadius(at);
        // What is hardly larger than a point on the screen needs no corners.
        if (r * this.scale < 2.2) pen.rect(place.x[at] - r, place.y[at] - r, 2 * r, 2 * r);
        else trace(pen, picture.shape(at), place.x[at], place.y[at], r);
        drawn += 1;
        if (drawn % ONE_PATH === 0) {
          this.close(pen, hatched);
          pen.beginPath();
        }
      }
      this.close(pen, hatched);
    }
    pen.globalAlpha = 1;
    if (this.map.focus === null) return;
    pen.beginPath();
    trace(pen, picture.shape(this.map.focus), place.x[this.map.focus], place.y[this.map.focus], this.drawnRadius(this.map.focus));
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 3 / this.scale;
    pen.stroke();
  }

  close(pen, hatched) {
    if (!hatched && this.scale > 0.35) pen.stroke();
    pen.fill();
    if (hatched) pen.stroke();
  }

  drawnRadius(at) {
    return Math.max(this.radius[at], this.least / this.scale);
  }

  // Who did not answer is hatched: stripes of their colour, as wide on the screen whatever the zoom.
  hatch(pen, hue) {
    if (!this.hatches.has(hue)) {
      const tile = document.createElement("canvas");
      tile.width = tile.height = 12;
      const brush = tile.getContext("2d");
      brush.fillStyle = this.map.colours.paper;
      brush.fillRect(0, 0, 12, 12);
      brush.strokeStyle = hue;
      brush.lineWidth = 3;
      for (const from of [-12, -6, 0, 6, 12]) {
        brush.beginPath();
        brush.moveTo(from - 2, 14);
        brush.lineTo(from + 14, -2);
        brush.stroke();
      }
      this.hatches.set(hue, pen.createPattern(tile, "repeat"));
    }
    const pattern = this.hatches.get(hue);
    pattern.setTransform(new DOMMatrix().scale(0.6 / this.scale));
    return pattern;
  }

  // Who lies beneath a point of the drawing, within so many units of it; null where nobody does.
  personAt(point, reach) {
    const { picture, place } = this.map;
    let [found, nearest] = [null, Infinity];
    for (let at = 0; at < picture.count; at += 1) {
      const away = Math.hypot(place.x[at] - point.x, place.y[at] - point.y) - this.drawnRadius(at);
      if (away < reach && away < nearest && this.map.isShown(at)) [found, nearest] = [at, away];
    }
    return found;
  }

  tieAt(point, reach) {
    const { picture, place } = this.map;
    let [found, nearest] = [null, reach];
    for (const bundle of this.bundles) {
      if (bundle.stands < USUAL) continue;
      for (const tie of bundle.ties) {
        const [a, b] = [picture.from[tie], picture.to[tie]];
        const [dx, dy] = [place.x[b] - place.x[a], place.y[b] - place.y[a]];
        const length = dx * dx + dy * dy || 1;
        const along = ((point.x - place.x[a]) * dx + (point.y - place.y[a]) * dy) / length;
        if (along < 0 || along > 1) continue;
        const away = Math.hypot(place.x[a] + along * dx - point.x, place.y[a] + along * dy - point.y);
        if (away < nearest) [found, nearest] = [tie, away];
      }
    }
    return found;
  }
}

// By how much marks are drawn smaller where most would lie on whoever stands next, as where everybody is tied to
// everybody: then size tells little, and a heap tells nothing. Of hundreds all are small anyway.
function roomFor({ count, x, y, ties }, radius) {
  const crowding = [];
  if (count > SOME_PEOPLE) return 1;
  for (let at = 0; at < count; at += 1) {
    if (!ties[at]) continue;
    let [next, away] = [-1, Infinity];
    for (let other = 0; other < count; other += 1) {
      const far = Math.hypot(x[at] - x[other], y[at] - y[other]);
      if (other !== at && far < away) [next, away] = [other, far];
    }
    if (next >= 0) crowding.push((radius[at] + radius[next]) / Math.max(away, 1));
  }
  const usual = crowding.sort((a, b) => a - b)[Math.floor(crowding.length / 2)] ?? 0;
  return Math.max(0.3, Math.min(1, CLOSEST / usual));
}

// How large each is drawn: by ties, by how many shortest ways lead through them, or all alike.
function sizes(picture, by) {
  if (by === "bridging" && picture.bridging) {
    const most = picture.bridging.reduce((high, each) => Math.max(high, each), 0) || 1;
    return Float64Array.from(picture.bridging, (each) => 8 + 27 * Math.sqrt(each / most));
  }
  if (by === "same") return new Float64Array(picture.count).fill(14);
  return Float64Array.from(picture.ties, (ties) => 9 + 3.2 * Math.sqrt(Math.min(ties, 60)));
}
