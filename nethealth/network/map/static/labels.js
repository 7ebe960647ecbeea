// Names on the map: the most connected first, never one over another, more of them the nearer one looks.

const SOME_PEOPLE = 400;
const FEWEST_LETTERS = 4; // in a list, with the dots at the end: of less nobody knows who it is

class Labels {
  constructor(map) {
    this.map = map;
    this.widths = new Map();
    this.last = [];
  }

  fontSize(width) {
    if (width < 560) return this.map.presenting ? 13 : 11.5;
    return this.map.presenting ? Math.max(17, Math.round(width / 74)) : 13;
  }

  width(pen, font, text) {
    const name = `${font}|${text}`;
    let width = this.widths.get(name);
    if (width === undefined) {
      if (this.widths.size > 40_000) this.widths.clear();
      pen.font = font;
      width = pen.measureText(text).width;
      this.widths.set(name, width);
    }
    return width;
  }

  // As much of a text as has room in so many pixels; nothing where that says too little.
  within(room, { pen, font, text }) {
    let shown = text;
    for (let letters = [...text].length - 1; this.width(pen, font, shown) > room; letters -= 1) {
      if (letters < FEWEST_LETTERS) return "";
      shown = cut(text, letters);
    }
    return shown;
  }

  forget() {
    this.widths.clear();
  }

  draw(pen, { ratio, scale, origin, width, height, moving }) {
    const { picture, place, colours } = this.map;
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.textBaseline = "alphabetic";
    pen.lineJoin = "round";
    const size = this.fontSize(width);
    const taken = [];
    if (picture.apart) taken.push(this.drawHeading(pen, { size, scale, origin, width }));
    // Among hundreds, names stay where they are beside their people while the map moves, without the rim that costs
    // most; they are set anew when it stands still.
    const quick = moving && picture.count > SOME_PEOPLE;
    if (!quick) this.last = this.placed(pen, { size, scale, origin, width, height, taken });
    for (const { at, text, font, dx, dy } of this.last) {
      const [x, y] = [origin.x + place.x[at] * scale + dx, origin.y + place.y[at] * scale + dy];
      pen.font = font;
      if (x > width || y < 0 || y > height + size) continue;
      if (!quick) {
        pen.strokeStyle = clear(colours.paper, 0.88);
        pen.lineWidth = size / 4 + 0.25;
        pen.strokeText(text, x, y);
      }
      pen.fillStyle = colours.ink;
      pen.fillText(text, x, y);
    }
    pen.restore();
  }

  drawHeading(pen, { size, scale, origin, width }) {
    const { apart } = this.map.picture;
    const font = `italic 500 ${size + 2}px ${this.map.data.fonts.title}`;
    pen.font = font;
    // Measured each time: the heading's letters may come after those of the names.
    const w = pen.measureText(apart.text).width;
    // A narrow field at the edge must not cut its own heading off, nor push it beneath the tools.
    const { left, right, top } = this.field({ scale, origin });
    const end = width - this.map.margins().side;
    const x = left + w > end && right < width ? Math.max(10, end - w) : left;
    const y = top - 8;
    pen.fillStyle = this.map.colours.muted;
    pen.fillText(apart.text, x, y);
    return { x, y: y - size - 4, w, h: size + 8 };
  }

  // Which names stand where: each as the offset from its person on the screen.
  placed(pen, { size, scale, origin, width, height, taken }) {
    const { map } = this;
    const { picture, place, painter } = map;
    const near = map.near();
    const closer = scale / (map.camera.fitted || scale);
    const room = Math.max(10, Math.round(((width * height) / (70 * size * size)) * closer * closer));
    const gap = closer > 2.4 ? 1 : 4;
    const boxes = new Squares(96);
    for (const box of taken) boxes.add(box);
    const crowd = this.crowd({ scale, origin, width, height });
    const listed = picture.apart && picture.apart.listed;
    const first = [...(map.way ? map.way.people : []), ...(map.focus === null ? [] : [map.focus])];
    const alone = listed ? picture.ranked.filter((at) => !picture.ties[at]) : [];
    const field = this.field({ scale, origin });
    const placed = [];
    const done = new Set();
    let [drawn, tried] = [0, 0];
    for (const at of concatenated(first, alone, picture.ranked)) {
      if (done.has(at) || !map.isShown(at) || (near && !near.has(at))) continue;
      if (drawn >= room && !near && !(listed && !picture.ties[at])) break;
      if (tried > 12 * room + 400) break;
      done.add(at);
      const [x, y] = [origin.x + place.x[at] * scale, origin.y + place.y[at] * scale];
      if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
      tried += 1;
      const strong = at === map.focus || (map.way?.people.includes(at) ?? false);
      const bold = strong || picture.ties[at] >= map.data.many;
      const own = strong ? size * 1.2 : size;
      const font = `${bold ? 600 : 400} ${own}px ${map.data.fonts.text}`;
      const name = map.nameOf(at);
      const isApart = picture.apart && !picture.ties[at];
      const inList = isApart && listed;
      const r = Math.max(2, painter.drawnRadius(at) * scale) + 3;
      let text = closer > 1.6 || strong ? cut(name, 40) : cut(name, SHORT_NAME);
      // In a list nobody's name runs over whoever stands in the next column.
      if (inList && !strong) text = this.within(listed * scale - 2 * r, { pen, font, text });
      if (!text) continue;
      text = isolated(text);
      const w = this.width(pen, font, text);
      const spots = [
        [-w / 2, r + own - 1],
        [-w / 2, -r - 3],
        [r + 1, own * 0.34],
        [-r - w - 1, own * 0.34],
      ];
      if (inList) spots.splice(0, 4, spots[2]);
      else if (!picture.ties[at]) spots.unshift(spots.splice(2, 1)[0]);
      // Of the spots that cover no other name, the one that covers the fewest people; none that would hide a crowd.
      let best = null;
      for (const [dx, dy] of spots) {
        const [sx, sy] = [x + dx, y + dy];
        const box = inList
          ? { x: sx, y: sy - own * 0.9, w, h: own * 0.95 }
          : { x: sx - gap, y: sy - own - gap / 2, w: w + 2 * gap, h: own + 3 + gap };
        if (boxes.meets(box)) continue;
        // Nor does a name in a close block leave its field, beside which others stand.
        if (isApart && !listed && !strong && !near && (sx < field.left || sx + w > field.right || sy > field.bottom)) continue;
        if (sx < 2 || sx + w > width - 2 || sy < own || sy > height - 2) continue;
        const covers = crowd({ x: sx, y: sy - own + 2, w, h: own });
        if (!best || covers < best.covers) best = { dx, dy, box, covers };
        if (!covers) break;
      }
      if (!best || (!strong && best.covers > (closer > 1.6 || near ? 3 : 1))) continue;
      boxes.add(best.box);
      placed.push({ at, text, font, dx: best.dx, dy: best.dy, box: best.box });
      if (!inList) drawn += 1;
    }
    return placed;
  }

  // Where the field of those without a tie lies on the screen.
  field({ scale, origin }) {
    const { apart } = this.map.picture;
    if (!apart) return null;
    const [left, top] = [origin.x + apart.x * scale, origin.y + apart.y * scale];
    return { left, top, right: left + apart.width * scale, bottom: top + apart.height * scale };
  }

  // How many people a box on the screen covers.
  crowd({ scale, origin, width, height }) {
    const { picture, place, painter } = this.map;
    const squares = new Squares(48);
    for (let at = 0; at < picture.count; at += 1) {
      const [x, y] = [origin.x + place.x[at] * scale, origin.y + place.y[at] * scale];
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const r = painter.radius[at] * scale * 0.6;
      squares.put(x, y, { x: x - r, y: y - r, w: 2 * r, h: 2 * r });
    }
    return (box) => squares.count(box, 12, 4);
  }
}

function* concatenated(...lists) {
  for (const list of lists) yield* list;
}

// Boxes on the screen, found again by the square that they lie in.
class Squares {
  constructor(side) {
    this.side = side;
    this.held = new Map();
  }

  put(x, y, box) {
    this.keep(Math.floor(x / this.side) * 4096 + Math.floor(y / this.side), box);
  }

  keep(square, box) {
    const held = this.held.get(square);
    if (held) held.push(box);
    else this.held.set(square, [box]);
  }

  *squares(box, margin) {
    for (let i = Math.floor((box.x - margin) / this.side); i <= (box.x + box.w + margin) / this.side; i += 1)
      for (let j = Math.floor((box.y - margin) / this.side); j <= (box.y + box.h + margin) / this.side; j += 1)
        yield i * 4096 + j;
  }

  add(box) {
    for (const square of this.squares(box, 0)) this.keep(square, box);
  }

  meets(box) {
    for (const square of this.squares(box, 0)) if (this.held.get(square)?.some((other) => overlap(box, other))) return true;
    return false;
  }

  count(box, margin, enough) {
    let covered = 0;
    for (const square of this.squares(box, margin))
      for (const other of this.held.get(square) || []) {
        if (overlap(box, other)) covered += 1;
        if (covered >= enough) return covered;
      }
    return covered;
  }
}

function overlap(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
