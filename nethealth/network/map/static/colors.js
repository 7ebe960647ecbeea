// Colors that follow from those of the palette.

const TOWARD_INK = 0.4; // as in pictures to save

/** @param {string} color like #1a2b3c */
function channels(color) {
  return [1, 3, 5].map((start) => parseInt(color.slice(start, start + 2), 16));
}

/** @param {string} color like #1a2b3c @param {number} alpha */
export function withAlpha(color, alpha) {
  return `rgba(${channels(color).join(",")},${alpha})`;
}

/**
 * A color as text: mixed with the ink, so that the palest category can be read.
 * @param {string} color @param {{ ink: string }} palette
 */
export function asText(color, { ink }) {
  const [from, to] = [color, ink].map(channels);
  return `rgb(${from.map((each, at) => Math.round(each + TOWARD_INK * (to[at] - each))).join(",")})`;
}
