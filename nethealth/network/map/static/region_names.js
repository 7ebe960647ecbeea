// The names of regions, in the free space in or around them.

import { asText, withAlpha } from "./colors.js";
import { isolateDirection } from "./elements.js";
import { covers } from "./hulls.js";

/** @typedef {{ lines: string[], font: string, size: number, width: number, color: string, at: Point }} RegionName */

const LONGEST_LINE = 16;
const AROUND = 28; // places tried around a region

export class RegionNames {
  /** @type {RegionName[]} where `at` is the middle, in map units */
  placed = [];

  /** @param {NetworkMap} map @param {Labels} labels */
  constructor(map, labels) {
    this.map = map;
    this.labels = labels;
  }

  /**
   * @param {CanvasRenderingContext2D} pen @param {number} size of people's names
   * @param {BoxIndex} taken what must not be covered; the names are added @param {Frame} frame
   */
  place(pen, size, taken, frame) {
    const { map } = this;
    this.placed = [];
    // The largest of each region.
    const hulls = [...map.painter.hulls].sort((a, b) => a.outline.length - b.outline.length);
    for (const hull of new Map(hulls.map((each) => [each.region, each])).values()) {
      if (!hull.region.members.some((person) => map.painter.emphasis[person])) continue;
      const name = this.measure(pen, hull.region, Math.round(Math.max(1.3 * size, Math.min(24, frame.width / 75))));
      const box = this.findRoom(hull, name, taken, frame);
      if (!box) continue;
      taken.add(box);
      const { scale, origin } = frame;
      const at = { x: (box.x + box.w / 2 - origin.x) / scale, y: (box.y + box.h / 2 - origin.y) / scale };
      this.placed.push({ ...name, at });
    }
  }

  /** @param {CanvasRenderingContext2D} pen @param {Region} region @param {number} size */
  measure(pen, region, size) {
    const { map } = this;
    const font = `500 ${size}px ${map.data.fonts.title}`;
    const lines = breakName(region.name).map(isolateDirection);
    pen.font = font;
    const width = Math.max(...lines.map((line) => pen.measureText(line).width));
    return { lines, font, size, width, color: asText(map.look.regionColor(region), map.colors) };
  }

  /**
   * The best free place for a name: inside its region if it fits there, otherwise close around it.
   * @param {Hull} hull @param {{ lines: string[], size: number, width: number }} name @param {BoxIndex} taken
   * @param {Frame} frame @returns {Box | null}
   */
  findRoom(hull, { lines, size, width: w }, taken, { scale, origin, width, height }) {
    const h = size * (1.12 * lines.length - 0.05);
    const outline = hull.outline.map(({ x, y }) => ({ x: origin.x + x * scale, y: origin.y + y * scale }));
    const center = { x: origin.x + hull.center.x * scale, y: origin.y + hull.center.y * scale };
    let best = null;
    let least = Infinity;
    for (const { x, y, cost } of places(outline, center, w, h)) {
      if (cost >= least) continue;
      const box = { x: x - w / 2 - 4, y: y - h / 2 - 1, w: w + 8, h: h + 2 };
      if (box.x < 4 || box.y < 4 || box.x + box.w > width - 4 || box.y + box.h > height - 4) continue;
      if (!taken.isFree(box)) continue;
      const onMap = { x: (box.x - origin.x) / scale, y: (box.y - origin.y) / scale, w: box.w / scale, h: box.h / scale };
      const isInOther = this.map.painter.hulls.some((other) => other.region !== hull.region && covers(other, onMap));
      const total = cost + (isInOther ? 2 : 0);
      if (total < least) [best, least] = [box, total];
    }
    return best;
  }

  /** @param {CanvasRenderingContext2D} pen @param {Frame} frame */
  draw(pen, { scale, origin }) {
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (const { lines, font, size, color, at } of this.placed) {
      pen.font = font;
      pen.fillStyle = color;
      pen.strokeStyle = withAlpha(this.map.colors.paper, 0.88);
      pen.lineWidth = size / 4;
      lines.forEach((line, place) => {
        const [x, y] = [origin.x + at.x * scale, origin.y + at.y * scale + (place - (lines.length - 1) / 2) * size * 1.12];
        pen.strokeText(line, x, y);
        pen.fillText(line, x, y);
      });
    }
    pen.textAlign = "start";
    pen.textBaseline = "alphabetic";
  }
}

/** @param {string} name @returns {string[]} one line or two */
function breakName(name) {
  if (name.length <= LONGEST_LINE) return [name];
  const middle = name.length / 2;
  const spaces = [...name.matchAll(/\s/g)].map(({ index }) => index);
  if (!spaces.length) return [name];
  const cut = spaces.reduce((best, each) => (Math.abs(each - middle) < Math.abs(best - middle) ? each : best));
  return [name.slice(0, cut), name.slice(cut + 1)];
}

/**
 * Where the middle of a name may be, with how bad that is.
 * @param {Point[]} outline @param {Point} center @param {number} w @param {number} h
 */
function* places(outline, center, w, h) {
  for (let place = 0; place < AROUND; place += 1) {
    const point = outline[Math.floor((place / AROUND) * outline.length)];
    const [dx, dy] = [point.x - center.x, point.y - center.y];
    const length = Math.hypot(dx, dy) || 1;
    const [nx, ny] = [dx / length, dy / length];
    for (const [gap, cost] of [[-0.9, 0], [0.2, 0.3], [1.05, 0.6]]) {
      const reach = gap * (Math.abs(nx) * w * 0.5 + Math.abs(ny) * h * 0.5 + 4);
      // Above is where a heading is expected.
      yield { x: point.x + nx * reach, y: point.y + ny * reach, cost: cost + 0.35 * (1 + ny) };
    }
  }
}
