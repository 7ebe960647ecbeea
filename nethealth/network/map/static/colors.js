// Colors that follow from those of the palette.

/** @param {string} color @param {number} alpha */
export function withAlpha(color, alpha) {
  return `color-mix(in srgb, ${color} ${100 * alpha}%, transparent)`;
}

/**
 * A color as text: mixed with the ink as in pictures to save, so that the palest category can be read.
 * @param {string} color @param {{ ink: string }} palette
 */
export function asText(color, { ink }) {
  return `color-mix(in srgb, ${color} 60%, ${ink})`;
}
