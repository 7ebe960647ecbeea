// Where the regions of the map are: smooth outlines around their people, which never overlap.

import { boundsOf, doOverlap } from "./boxes.js";

const REACH = 0.75; // how far a person’s part of a region reaches, in usual distances between neighbors
const LEVEL = 0.3; // where a region ends: alone, a person reaches 1.55 of that
const FEWEST_INSIDE = 3; // people; fewer get no hull of their own
const MOST_SQUARES = 110; // of the grid, along its longer side

/** @typedef {ReturnType<typeof layGrid>} Grid in map units */

/** @param {Graph} graph @param {Positions} positions @returns {Hull[]} */
export function findHulls(graph, positions) {
  const regions = graph.regions.filter(({ members }) => members.length >= FEWEST_INSIDE);
  if (regions.length < 2) return []; // A hull around everyone would say nothing.
  const grid = layGrid(regions.flatMap(({ members }) => members), graph.spacing, positions);
  const density = regions.map((region) => spread(region, positions, grid));
  return regions.flatMap((region, place) => outlines(region, density, place, positions, grid));
}

/** @param {PersonIndex[]} people @param {number} spacing @param {Positions} positions */
function layGrid(people, spacing, { x, y }) {
  const { left, right, top, bottom } = boundsOf(x, y, people);
  const edge = 3.2 * REACH * spacing;
  const [width, height] = [right - left + 2 * edge, bottom - top + 2 * edge];
  const side = Math.max((REACH * spacing) / 3, Math.max(width, height) / MOST_SQUARES);
  return {
    left: left - edge,
    top: top - edge,
    side,
    // In networks of thousands, squares are larger than the distances between people.
    reach: Math.max(REACH * spacing, 1.2 * side),
    columns: Math.ceil(width / side) + 1,
    rows: Math.ceil(height / side) + 1,
  };
}

/** How densely a region's people stand at each point of the grid. @param {Region} region @param {Positions} positions @param {Grid} grid */
function spread({ members }, { x, y }, { left, top, side, reach, columns, rows }) {
  const density = new Float32Array(columns * rows);
  const steps = Math.ceil((2.6 * reach) / side);
  const fall = side ** 2 / (2 * reach ** 2);
  for (const person of members) {
    const [across, down] = [(x[person] - left) / side, (y[person] - top) / side];
    const [column, row] = [Math.round(across), Math.round(down)];
    for (let j = Math.max(0, row - steps); j <= Math.min(rows - 1, row + steps); j += 1)
      for (let i = Math.max(0, column - steps); i <= Math.min(columns - 1, column + steps); i += 1)
        density[j * columns + i] += Math.exp(-fall * ((i - across) ** 2 + (j - down) ** 2));
  }
  return density;
}

/**
 * Where a region is denser than all others.
 * @param {Region} region @param {Float32Array[]} density @param {number} place the region's among the densities
 * @param {Positions} positions @param {Grid} grid @returns {Hull[]}
 */
function outlines(region, density, place, positions, { left, top, side, columns, rows }) {
  const own = density[place].map((value, at) => {
    let most = 0;
    if (value > LEVEL) for (let other = 0; other < density.length; other += 1)
      if (other !== place && density[other][at] > most) most = density[other][at];
    return value - most;
  });
  // Of each polygon, the outline without holes. The library's points are in the middle of squares.
  const polygons = window.vis?.contours().size([columns, rows]).contour(own, LEVEL).coordinates ?? [];
  return polygons.flatMap(([ring]) => {
    const outline = ring.slice(1).map(([column, row]) => ({ x: left + (column - 0.5) * side, y: top + (row - 0.5) * side }));
    const inside = region.members.filter((person) => isInside(outline, positions.x[person], positions.y[person]));
    if (inside.length < FEWEST_INSIDE) return [];
    const ends = boundsOf(outline.map((at) => at.x), outline.map((at) => at.y), outline.keys());
    const box = { x: ends.left, y: ends.top, w: ends.right - ends.left, h: ends.bottom - ends.top };
    return [{ region, outline, center: middleOf(positions, inside), box, path: smoothPath(outline) }];
  });
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
