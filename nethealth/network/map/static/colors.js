// Colors that follow from those of the palette.

/** @param {string} color like #1a2b3c */
function channels(color) {
  return [1, 3, 5].map((start) => parseInt(color.slice(start, start + 2), 16));
}

/** @param {string} color like #1a2b3c @param {number} alpha */
export function withAlpha(color, alpha) {
  return `rgba(${channels(color).join(",")},${alpha})`;
}

/** @param {number[]} color in sRGB */
function luminance(color) {
  const [r, g, b] = color.map((each) => (each <= 10.3 ? each / 3294.6 : ((each / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * A color as text: mixed with the ink until its contrast with the paper is as high as text needs.
 * @param {string} color @param {{ ink: string, paper: string }} palette
 */
export function asText(color, { ink, paper }) {
  const [from, to, ground] = [color, ink, paper].map(channels);
  let mixed = from;
  for (let share = 0; share <= 1; share += 0.05) {
    mixed = from.map((each, at) => Math.round(each + (to[at] - each) * share));
    const [light, dark] = [luminance(mixed), luminance(ground)].sort((a, b) => b - a);
    if ((light + 0.05) / (dark + 0.05) >= 5.2) break; // 4.5 on a hull, which is a little darker than paper
  }
  return `rgb(${mixed.join(",")})`;
}
