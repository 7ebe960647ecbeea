// Replaces the colors of a dark page by those of paper.

/**
 * Replace colors in a heat map, which Plotly paints as pixels.
 * @param {SVGImageElement} image
 * @param {Element} copy of it in the picture
 * @param {Record<string, string>} colors
 */
export function recolorPixels(image, copy, colors) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width.baseVal.value, image.height.baseVal.value];
  const painted = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  painted.imageSmoothingEnabled = false;
  painted.drawImage(image, 0, 0, canvas.width, canvas.height);
  const pixels = painted.getImageData(0, 0, canvas.width, canvas.height);
  const values = new DataView(pixels.data.buffer);
  const replaced = new Map(Object.entries(colors).map(([from, to]) => [Number.parseInt(from.slice(1), 16), Number.parseInt(to.slice(1), 16)]));
  for (let at = 0; at < values.byteLength; at += 4) {
    const value = values.getUint32(at);
    const color = replaced.get(value >>> 8);
    if (color !== undefined && value & 255) values.setUint32(at, ((color << 8) | (value & 255)) >>> 0);
  }
  painted.putImageData(pixels, 0, 0);
  copy.setAttribute("href", canvas.toDataURL());
}

/**
 * Replace the page's colors by those of paper, and make references work outside of the page.
 * @param {string} svg
 * @param {Record<string, string>} colors
 */
export function recolor(svg, colors) {
  return svg
    .replace(/url\((&quot;|"|')?[^)#]*(#[^)"'&]+)(&quot;|"|')?\)/g, "url($2)")
    .replace(/rgb\((\d+), ?(\d+), ?(\d+)\)|#[0-9a-f]{6}\b/gi, (color, ...rgb) => {
      const hex = rgb[0] === undefined ? color : `#${rgb.slice(0, 3).map((each) => Number(each).toString(16).padStart(2, "0")).join("")}`;
      return colors[hex.toLowerCase()] ?? color;
    });
}
