// What the living map is made of: the drawing library, small elements, and the marks that people are drawn as.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  nearer: "M12 5v14M5 12h14",
  farther: "M5 12h14",
  whole: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  large: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
  small: "M13 11h6M13 11V5M13 11l7-7M11 13H5M11 13v6M11 13l-7 7",
  close: "M6 6l12 12M18 6L6 18",
  view: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
  picture: "M12 4v11M7 11l5 5 5-5M5 20h14",
  controls: "M4 7h16M4 12h16M4 17h16",
};
const CALM = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function library(base) {
  if (window.vis && window.vis.Network) return Promise.resolve(window.vis);
  window.nethealthVis ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `${appAddress(base)}app/static/vendor/vis-network.min.js`;
    script.onload = () => done(window.vis);
    script.onerror = () => {
      window.nethealthVis = undefined;
      failed(new Error("the drawing library did not arrive"));
    };
    document.head.append(script);
  });
  return window.nethealthVis;
}

function appAddress(base) {
  // Behind a path of a host's own, the app's own script tells where the app really lives.
  const own = [...document.scripts].map((script) => script.src).find((source) => /\/static\/js\//.test(source));
  if (own && own.startsWith(location.origin)) return own.replace(/static\/js\/.*$/, "");
  const path = (base || "").replace(/^\/+|\/+$/g, "");
  return `${location.origin}/${path ? `${path}/` : ""}`;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function textButton(className, text, act) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function button(className, label, icon, act) {
  const made = textButton(className, "", act);
  made.setAttribute("aria-label", label);
  made.title = label;
  made.append(drawnIcon(icon));
  return made;
}

function drawnIcon(icon) {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[icon]);
  drawn.append(path);
  return drawn;
}

// The corners of a mark of radius 1; null for a dot. The map and its legend draw the same ones.
const CORNERS = {
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  triangle: [[0, -1.15], [1.12, 0.85], [-1.12, 0.85]],
  triangleDown: [[0, 1.15], [1.12, -0.85], [-1.12, -0.85]],
  square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  hexagon: [[-0.5, -1], [0.5, -1], [1.05, 0], [0.5, 1], [-0.5, 1], [-1.05, 0]],
  cross: [
    ...[[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4]],
    ...[[0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]],
  ],
  star: Array.from({ length: 10 }, (_, step) => {
    const far = step % 2 ? 0.56 : 1.3;
    return [far * Math.sin((step * Math.PI) / 5), -far * Math.cos((step * Math.PI) / 5)];
  }),
};

function trace(pen, shape, x, y, r) {
  const corners = CORNERS[shape];
  if (!corners) {
    pen.moveTo(x + r, y);
    pen.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  pen.moveTo(x + corners[0][0] * r, y + corners[0][1] * r);
  for (let at = 1; at < corners.length; at += 1) pen.lineTo(x + corners[at][0] * r, y + corners[at][1] * r);
  pen.closePath();
}

function outline(shape) {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", "-1.4 -1.4 2.8 2.8");
  drawn.setAttribute("aria-hidden", "true");
  const corners = CORNERS[shape];
  const figure = document.createElementNS(SVG, corners ? "polygon" : "circle");
  if (corners) figure.setAttribute("points", corners.map((corner) => corner.join(",")).join(" "));
  else figure.setAttribute("r", "1");
  drawn.append(figure);
  return drawn;
}

// A line as the map draws ties of one kind, for the key.
function stroke({ colour, dashes, width }) {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", "0 0 30 10");
  drawn.setAttribute("aria-hidden", "true");
  drawn.classList.add("line");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", "M1 5h28");
  line.setAttribute("stroke-dasharray", dashes.join(" "));
  line.style.stroke = colour;
  line.style.strokeWidth = width;
  drawn.append(line);
  return drawn;
}

function clear(colour, share) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${r},${g},${b},${share})`;
}

function counted(number, one, many) {
  return number === 1 ? `1 ${one}` : number ? `${number.toLocaleString("en")} ${many}` : `no ${many}`;
}

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// Names that run from right to left keep to themselves between words, figures and dots that do not.
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

function isolated(text) {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

function cut(text, longest) {
  const letters = [...text];
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join("").trimEnd()}…`;
}
