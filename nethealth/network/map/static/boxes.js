// Boxes on the screen, found again by the squares of a grid.

const SIDE = 64; // of a square, in pixels

export class BoxIndex {
  /** @type {Map<number, Box[]>} */
  bySquare = new Map();

  /** @param {Box} box */
  *squares(box) {
    for (let i = Math.floor(box.x / SIDE); i <= (box.x + box.w) / SIDE; i += 1)
      for (let j = Math.floor(box.y / SIDE); j <= (box.y + box.h) / SIDE; j += 1) yield i * 4096 + j;
  }

  /** @param {Box} box */
  add(box) {
    for (const square of this.squares(box)) {
      const boxes = this.bySquare.get(square);
      if (boxes) boxes.push(box);
      else this.bySquare.set(square, [box]);
    }
  }

  /** @param {Box} box @param {Box} [except] a box that may be covered */
  isFree(box, except) {
    for (const square of this.squares(box))
      if (this.bySquare.get(square)?.some((other) => other !== except && doOverlap(box, other))) return false;
    return true;
  }
}

/** @param {Box} a @param {Box} b */
export function doOverlap(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** @param {ArrayLike<number>} x @param {ArrayLike<number>} y @param {Iterable<PersonIndex>} people @returns {Bounds} */
export function boundsOf(x, y, people) {
  const bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const person of people) {
    bounds.left = Math.min(bounds.left, x[person]);
    bounds.right = Math.max(bounds.right, x[person]);
    bounds.top = Math.min(bounds.top, y[person]);
    bounds.bottom = Math.max(bounds.bottom, y[person]);
  }
  return bounds;
}
