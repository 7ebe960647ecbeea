// Building blocks of the map: loading the drawing library, small DOM elements, and the shapes that people are drawn as.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  zoomIn: "M12 5v14M5 12h14",
  zoomOut: "M5 12h14",
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  fullScreen: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
  close: "M6 6l12 12M18 6L6 18",
  view: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
  picture: "M12 4v11M7 11l5 5 5-5M5 20h14",
  controls: "M4 7h16M4 12h16M4 17h16",
};

export const prefersReducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * The drawing library, loaded once from the app itself.
 * @param {string} base the path that the app is served under @returns {Promise<VisLibrary>}
 */
export function loadLibrary(base) {
  if (window.vis?.Network) return Promise.resolve(window.vis);
  window.nethealthVis ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${appAddress(base)}app/static/vendor/vis-network.min.js`;
    script.onload = () => resolve(/** @type {VisLibrary} */ (window.vis));
    script.onerror = () => {
      window.nethealthVis = undefined;
      reject(new Error("the drawing library did not load"));
    };
    document.head.append(script);
  });
  return window.nethealthVis;
}

/** @param {string} base */
function appAddress(base) {
  // Behind a reverse proxy's own path, only the address of the app's own script shows where the app really is.
  const own = [...document.scripts].map((script) => script.src).find((source) => /\/static\/js\//.test(source));
  if (own && own.startsWith(location.origin)) return own.replace(/static\/js\/.*$/, "");
  const path = (base || "").replace(/^\/+|\/+$/g, "");
  return `${location.origin}/${path ? `${path}/` : ""}`;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {string} [className] @param {(string | Node)[]} parts texts are put in as text, never as HTML
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, className = "", ...parts) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...parts);
  return made;
}

/** @param {string} className @param {(string | Node)[]} parts @param {() => void} onClick */
export function button(className, parts, onClick) {
  const made = element("button", className, ...parts);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

/** @param {string} className @param {string} label @param {keyof typeof ICONS} icon @param {() => void} onClick */
export function iconButton(className, label, icon, onClick) {
  return Object.assign(button(className, [drawIcon(icon)], onClick), { ariaLabel: label, title: label });
}

/** @param {keyof typeof ICONS} icon */
export function drawIcon(icon) {
  const drawn = svg("0 0 24 24");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[icon]);
  drawn.append(path);
  return drawn;
}

/**
 * The corners of each shape within radius 1; a shape that is not here is a dot. The map and its legend share them.
 * @type {Record<string, [number, number][]>}
 */
const CORNERS = {
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  triangle: [[0, -1.15], [1.12, 0.85], [-1.12, 0.85]],
  triangleDown: [[0, 1.15], [1.12, -0.85], [-1.12, -0.85]],
  square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  hexagon: [[-0.5, -1], [0.5, -1], [1.05, 0], [0.5, 1], [-0.5, 1], [-1.05, 0]],
  cross: [
    [-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4],
    [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4],
  ],
  star: Array.from({ length: 10 }, (_, step) => {
    const reach = step % 2 ? 0.56 : 1.3;
    return [reach * Math.sin((step * Math.PI) / 5), -reach * Math.cos((step * Math.PI) / 5)];
  }),
};

/** @param {CanvasRenderingContext2D} pen @param {string} shape @param {number} x @param {number} y @param {number} radius */
export function traceShape(pen, shape, x, y, radius) {
  const corners = CORNERS[shape];
  if (!corners) {
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  pen.moveTo(x + corners[0][0] * radius, y + corners[0][1] * radius);
  for (const [cornerX, cornerY] of corners.slice(1)) pen.lineTo(x + cornerX * radius, y + cornerY * radius);
  pen.closePath();
}

/** A shape as an SVG icon. @param {string} shape */
export function shapeIcon(shape) {
  const drawn = svg("-1.4 -1.4 2.8 2.8");
  const corners = CORNERS[shape];
  const figure = document.createElementNS(SVG, corners ? "polygon" : "circle");
  if (corners) figure.setAttribute("points", corners.map((corner) => corner.join(",")).join(" "));
  else figure.setAttribute("r", "1");
  drawn.append(figure);
  return drawn;
}

/** A line as the map draws ties of one kind, for the legend. @param {LineStyle & { width: number }} style */
export function lineIcon({ color, dashes, width }) {
  const drawn = svg("0 0 30 10");
  drawn.classList.add("line");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", "M1 5h28");
  line.setAttribute("stroke-dasharray", dashes.join(" "));
  line.style.stroke = color;
  line.style.strokeWidth = String(width);
  drawn.append(line);
  return drawn;
}

/** @param {string} viewBox */
function svg(viewBox) {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", viewBox);
  drawn.setAttribute("aria-hidden", "true");
  return drawn;
}

/** @param {number} count */
export function formatCount(count) {
  return count.toLocaleString("en");
}

/** Without accents and capitals, for search. @param {string} text */
export function normalize(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** Mark right-to-left text, so that it keeps its order inside other text. @param {string} text */
export function isolateDirection(text) {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

/** @param {string} text @param {number} longest in characters */
export function truncate(text, longest) {
  const letters = [...text];
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join("").trimEnd()}…`;
}
