// What the living map is made of: the drawing library, small elements, and the arrangement on a page.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  nearer: "M12 5v14M5 12h14",
  farther: "M5 12h14",
  whole: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  large: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
  close: "M6 6l12 12M18 6L6 18",
};

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

function button(className, label, icon, act) {
  const made = element("button", className);
  made.type = "button";
  made.setAttribute("aria-label", label);
  made.title = label;
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[icon]);
  drawn.append(path);
  made.append(drawn);
  made.addEventListener("click", act);
  return made;
}

// The same outlines as vis-network draws, so that the legend shows what the map shows.
function outline(shape) {
  const star = Array.from({ length: 10 }, (_, step) => {
    const far = step % 2 ? 3.9 : 8.6;
    const turn = (step * Math.PI) / 5;
    return `${10 + far * Math.sin(turn)},${10.6 - far * Math.cos(turn)}`;
  }).join(" ");
  const corners = {
    diamond: "10,2 18,10 10,18 2,10",
    triangle: "10,3 18,17 2,17",
    triangleDown: "2,3 18,3 10,17",
    square: "3.5,3.5 16.5,3.5 16.5,16.5 3.5,16.5",
    hexagon: "6,3 14,3 18,10 14,17 6,17 2,10",
    star,
  }[shape];
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", "0 0 20 20");
  drawn.setAttribute("aria-hidden", "true");
  const figure = document.createElementNS(SVG, corners ? "polygon" : "circle");
  if (corners) figure.setAttribute("points", corners);
  else for (const [name, value] of [["cx", 10], ["cy", 10], ["r", 7]]) figure.setAttribute(name, value);
  drawn.append(figure);
  return drawn;
}

function clear(colour, share) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${r},${g},${b},${share})`;
}

// The drawing takes the page's own shape: spread a little over a wide one, and people without a tie as a list beside
// the others there, beneath them on a high one. Very many of them keep the close block in which they came.
function arranged(data, stage) {
  const alone = data.nodes.filter((node) => node.ties === 0).sort((a, b) => (a.name < b.name ? -1 : 1));
  const tied = data.nodes.filter((node) => node.ties > 0);
  if (!tied.length || !stage.clientHeight) return data;
  const xs = tied.map((node) => node.x);
  const ys = tied.map((node) => node.y);
  const [left, right, top, below] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const shape = stage.clientWidth / stage.clientHeight;
  const wide = shape > 1;
  const spread = wide ? Math.min(1.45, Math.max(1, (0.8 * shape * (below - top + 120)) / (right - left + 120))) : 1;
  const spots = new Map(tied.map((node) => [node.id, { x: node.x * spread, y: node.y }]));
  if (!alone.length) return { ...data, nodes: data.nodes.map((node) => ({ ...node, ...spots.get(node.id) })) };
  const close = alone.length > 36;
  const [stepX, stepY] = close ? [78, 78] : wide ? [250, 56] : [390, 56];
  const rows = wide
    ? Math.max(1, Math.min(alone.length, Math.floor((0.86 * (below - top)) / stepY) || 1))
    : Math.ceil(alone.length / Math.max(1, Math.floor((right - left) / stepX)));
  const columns = Math.ceil(alone.length / rows);
  const [startX, startY] = wide
    ? [right * spread + 210, (top + below) / 2 - ((rows - 1) * stepY) / 2]
    : [(left + right) / 2 - ((columns - 1) * stepX + (close ? 0 : stepX - 45)) / 2, below + 150];
  alone.forEach((node, at) => {
    spots.set(node.id, { x: startX + Math.floor(at / rows) * stepX, y: startY + (at % rows) * stepY });
  });
  const edge = 36;
  const apart = {
    ...data.apart,
    listed: !close,
    x: startX - edge,
    y: startY - edge,
    width: (columns - 1) * stepX + (close ? 0 : stepX - 45) + 2 * edge,
    height: (rows - 1) * stepY + 2 * edge,
  };
  return { ...data, apart, nodes: data.nodes.map((node) => ({ ...node, ...spots.get(node.id) })) };
}
