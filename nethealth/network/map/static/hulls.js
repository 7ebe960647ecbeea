// Where the regions of the map are: smooth outlines around their people, which never overlap.

import { boundsOf, doOverlap } from "./boxes.js";

/** @typedef {{ region: Region, outline: Point[], path: Path2D, center: Point, box: Box }} Hull */

const REACH = 0.75; // how far a person’s part of a region reaches, in usual distances between neighbors
const LEVEL = 0.3; // where a region ends: alone, a person reaches 1.55 of that
const FEWEST_INSIDE = 3; // people; fewer get no hull of their own
const MOST_SQUARES = 110; // of the grid, along its longer side

export class Hulls {
  /** @type {Hull[]} */
  all = [];
  // The grid, in map units.
  left = 0;
  top = 0;
  side = 1;
  reach = 1;
  columns = 0;
  rows = 0;

  /** @param {Graph} graph @param {Positions} positions */
  constructor(graph, positions) {
    this.graph = graph;
    this.positions = positions;
    const regions = graph.regions.filter(({ members }) => members.length >= FEWEST_INSIDE);
    if (regions.length < 2) return; // A hull around everyone would say nothing.
    this.layGrid(regions.flatMap(({ members }) => members));
    const density = regions.map((region) => this.spread(region));
    for (const [place, region] of regions.entries()) this.outline(region, density, place);
  }

  /** @param {number[]} people */
  layGrid(people) {
    const { left, right, top, bottom } = boundsOf(this.positions.x, this.positions.y, people);
    this.reach = REACH * this.graph.spacing;
    const edge = 3.2 * this.reach;
    [this.left, this.top] = [left - edge, top - edge];
    const [width, height] = [right - left + 2 * edge, bottom - top + 2 * edge];
    this.side = Math.max(this.reach / 3, Math.max(width, height) / MOST_SQUARES);
    // In networks of thousands, squares are larger than the distances between people.
    this.reach = Math.max(this.reach, 1.2 * this.side);
    this.columns = Math.ceil(width / this.side) + 1;
    this.rows = Math.ceil(height / this.side) + 1;
  }

  /** How densely a region's people stand at each point of the grid. @param {Region} region */
  spread({ members }) {
    const { columns, rows, side, reach } = this;
    const { x, y } = this.positions;
    const density = new Float32Array(columns * rows);
    const steps = Math.ceil((2.6 * reach) / side);
    const fall = side ** 2 / (2 * reach ** 2);
    for (const person of members) {
      const [across, down] = [(x[person] - this.left) / side, (y[person] - this.top) / side];
      const [column, row] = [Math.round(across), Math.round(down)];
      for (let j = Math.max(0, row - steps); j <= Math.min(rows - 1, row + steps); j += 1)
        for (let i = Math.max(0, column - steps); i <= Math.min(columns - 1, column + steps); i += 1)
          density[j * columns + i] += Math.exp(-fall * ((i - across) ** 2 + (j - down) ** 2));
    }
    return density;
  }

  /**
   * Add the outlines of where a region is denser than all others.
   * @param {Region} region @param {Float32Array[]} density @param {number} place the region's among the densities
   */
  outline(region, density, place) {
    const own = density[place].map((value, at) => {
      let most = 0;
      if (value > LEVEL) for (let other = 0; other < density.length; other += 1)
        if (other !== place && density[other][at] > most) most = density[other][at];
      return value - most;
    });
    const { x, y } = this.positions;
    // Of each polygon, the outline without holes. The library's points are in the middle of squares.
    const polygons = window.vis?.contours().size([this.columns, this.rows]).contour(own, LEVEL).coordinates ?? [];
    for (const [ring] of polygons) {
      const outline = ring.slice(1).map(([column, row]) => ({
        x: this.left + (column - 0.5) * this.side, y: this.top + (row - 0.5) * this.side,
      }));
      const inside = region.members.filter((person) => isInside(outline, x[person], y[person]));
      if (inside.length < FEWEST_INSIDE) continue;
      const center = middleOf(this.positions, inside);
      const { left, right, top, bottom } = boundsOf(outline.map((at) => at.x), outline.map((at) => at.y), outline.keys());
      const box = { x: left, y: top, w: right - left, h: bottom - top };
      this.all.push({ region, outline, center, box, path: smoothPath(outline) });
    }
  }
}

/** The middle of where people stand. @param {Positions} positions @param {PersonIndex[]} people @returns {Point} */
export function middleOf({ x, y }, people) {
  const mean = (/** @type {Float64Array} */ values) => people.reduce((sum, person) => sum + values[person], 0) / people.length;
  return { x: mean(x), y: mean(y) };
}

/** Whether a point is inside a closed line. @param {Point[]} line @param {number} x @param {number} y */
function isInside(line, x, y) {
  let inside = false;
  for (let at = 0, before = line.length - 1; at < line.length; before = at, at += 1) {
    const [a, b] = [line[at], line[before]];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/** Whether a box is on a hull. @param {Hull} hull @param {Box} box in map units */
export function covers(hull, box) {
  const { x, y, w, h } = box;
  if (!doOverlap(box, hull.box)) return false;
  return [[0, 0], [1, 0], [0, 1], [1, 1], [0.5, 0.5]].some(([i, j]) => isInside(hull.outline, x + i * w, y + j * h));
}

/** A closed line without corners. @param {Point[]} line */
function smoothPath(line) {
  const path = new Path2D();
  line.forEach((point, at) => {
    const after = line[(at + 1) % line.length];
    const middle = { x: (point.x + after.x) / 2, y: (point.y + after.y) / 2 };
    if (at) path.quadraticCurveTo(point.x, point.y, middle.x, middle.y);
    else path.moveTo(middle.x, middle.y);
  });
  const [first, second] = line;
  path.quadraticCurveTo(first.x, first.y, (first.x + second.x) / 2, (first.y + second.y) / 2);
  path.closePath();
  return path;
}
