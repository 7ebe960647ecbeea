// The map as a picture that explains itself: with title, wave, and legend, in light colors, and without what a room may
// not see either. It is drawn again for that: to save it, with the camera where it is; to print it, as a whole.

import { element, formatCount, isolateDirection, traceShape, truncate } from "./elements.js";
import { Graph, SILENT } from "./graph.js";
import { noHighlights } from "./transition.js";

/** @typedef {(pen: CanvasRenderingContext2D, x: number, y: number) => void} DrawIcon */
/** @typedef {{ text: string, iconWidth: number, drawIcon?: DrawIcon }} Note */
/** @typedef {{ width: number, height: number, ratio: number, isWhole: boolean, colors: Palette }} PictureOptions */

const FONT_SIZE = 14;
const ROW_HEIGHT = FONT_SIZE + 12;
const EDGE = 20;
const TITLE_SIZE = 22;
const LEAST_RATIO = 2; // pixels for each on the screen, so that a picture prints well
const PAGE = { width: 720, height: 480, ratio: 3 }; // as wide as A4 or Letter between its margins

/** @param {NetworkMap} map */
export function savePicture(map) {
  const { clientWidth: width, clientHeight: height } = map.stage;
  const ratio = Math.max(LEAST_RATIO, devicePixelRatio);
  const paper = document.createElement("canvas");
  drawPicture(map, paper, { width, height, ratio, isWhole: false, colors: map.data.palettes.light });
  paper.toBlob((blob) => {
    if (!blob) return;
    const link = element("a");
    link.href = URL.createObjectURL(blob);
    link.download = "network-map.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }, "image/png");
}

/**
 * Put the picture on paper in place of the map. It is made when someone prints; what Chromium draws then, it prints as
 * lines and text, not as pixels.
 * @param {NetworkMap} map @param {AbortSignal} signal ends it
 */
export function printPicture(map, signal) {
  const paper = element("canvas", "paper");
  map.root.append(paper);
  const draw = () => {
    const { light } = map.data.palettes;
    drawPicture(map, paper, { ...PAGE, isWhole: true, colors: { ...light, paper: "#ffffff" } });
  };
  window.addEventListener("beforeprint", () => map.camera && draw(), { signal });
  window.addEventListener("afterprint", () => (paper.width = 0), { signal });
}

/**
 * Draw the map with what explains it. The map is the same afterwards.
 * @param {NetworkMap} map @param {HTMLCanvasElement} paper @param {PictureOptions} options
 */
function drawPicture(map, paper, options) {
  const pen = paper.getContext("2d");
  if (!pen) return;
  const { colors, activeGroups } = map;
  map.colors = options.colors;
  map.activeGroups = new Set([...activeGroups].filter((group) => group !== SILENT));
  const data = map.presenter.roomData(map.sentData);
  const { width, height, ratio } = options;
  const font = `400 ${FONT_SIZE}px ${data.fonts.text}`;
  const title = [data.title, data.wave].filter(Boolean).join(" · ");
  pen.font = font;
  const rows = [legendNotes(map, data), textNotes(map, data)].flatMap((notes) => wrap(pen, notes, width - 2 * EDGE));
  const head = title ? TITLE_SIZE + 2 * EDGE : 0;
  paper.width = width * ratio;
  paper.height = (head + height + EDGE + rows.length * ROW_HEIGHT) * ratio;
  pen.fillStyle = map.colors.paper;
  pen.fillRect(0, 0, paper.width, paper.height);
  drawForRoom(map, data, pen, { ...options, top: head });
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.textBaseline = "middle";
  pen.fillStyle = map.colors.ink;
  pen.font = `500 ${TITLE_SIZE}px ${data.fonts.title}`;
  pen.fillText(isolateDirection(title), EDGE, head / 2 + EDGE / 4);
  pen.font = font;
  rows.forEach((row, place) => {
    const y = head + height + EDGE - 2 + place * ROW_HEIGHT;
    for (const { text, drawIcon, iconWidth, x } of row) {
      pen.beginPath();
      drawIcon?.(pen, x, y);
      pen.fillStyle = drawIcon ? map.colors.ink : map.colors.muted;
      pen.fillText(text, x + iconWidth, y);
    }
  });
  Object.assign(map, { colors, activeGroups });
  map.restyle();
}

/**
 * Draw the map with other data. The map is the same afterwards, but not yet drawn.
 * @param {NetworkMap} map @param {MapData} data @param {CanvasRenderingContext2D} pen
 * @param {PictureOptions & { top: number }} options where `top` is how far down it begins
 */
function drawForRoom(map, data, pen, { width, height, ratio, top, isWhole }) {
  const { camera, data: before, graph, positions, highlights, isPresenting } = map;
  const { fittedScale } = camera;
  const ids = map.selectedIds();
  map.pictureSize = { width, height };
  map.highlights = noHighlights();
  map.isPresenting &&= !isWhole;
  const page = { width, height, text: map.labels.fontSize(width), listsUnconnected: false };
  Object.assign(map, { data, graph: isWhole ? new Graph(data, page) : new Graph(data, map.arrangedFor, graph) });
  map.positions = map.graph.copyPositions();
  map.selectIds(isWhole ? { person: "", to: "", tie: "" } : ids);
  map.painter.prepare();
  map.painter.placeRegions();
  // Where the reader looks, or else everyone, who may need less room than on the screen.
  const whole = isWhole || !camera.isMoved ? camera.wholeView() : null;
  const { scale, position } = whole ?? { scale: camera.net.getScale(), position: camera.net.getViewPosition() };
  if (whole) camera.fittedScale = scale;
  const origin = { x: width / 2 - position.x * scale, y: height / 2 - position.y * scale };
  pen.save();
  pen.setTransform(ratio, 0, 0, ratio, 0, top * ratio);
  pen.beginPath();
  pen.rect(0, 0, width, height);
  pen.clip();
  pen.transform(scale, 0, 0, scale, origin.x, origin.y);
  camera.draw(pen, { scale, origin, ratio, width, height, top });
  pen.restore();
  camera.fittedScale = fittedScale;
  Object.assign(map, { pictureSize: null, data: before, graph, positions, highlights, isPresenting });
  map.selectIds(ids);
  map.painter.placeRegions();
}

/** What the shapes and lines mean. @param {NetworkMap} map @param {MapData} data @returns {Note[]} */
function legendNotes({ activeGroups, look, colors: { ink } }, data) {
  const entries = data.legend.entries.filter((entry) => !activeGroups.size || activeGroups.has(entry.group));
  const shapes = entries.map(({ label, count, group }) => ({
    text: `${isolateDirection(truncate(label, 40))} ${formatCount(count)}`,
    iconWidth: 20,
    /** @type {DrawIcon} */
    drawIcon(pen, x, y) {
      traceShape(pen, look.shapeOfGroup(group), x + 7, y, 6);
      pen.fillStyle = look.groupColor(group);
      pen.fill();
    },
  }));
  // A room doesn't see what people said about their connections.
  const lines = look.lines === "type" ? look.lineLegend() : [];
  const strokes = lines.map(({ label, line }) => ({
    text: isolateDirection(truncate(label, 40)),
    iconWidth: 36,
    /** @type {DrawIcon} */
    drawIcon(pen, x, y) {
      pen.setLineDash(line.dashes);
      [pen.strokeStyle, pen.lineWidth] = [line.color, line.width];
      pen.moveTo(x, y);
      pen.lineTo(x + 28, y);
      pen.stroke();
    },
  }));
  const rings = (data.regions.brokers.length ? [look.brokerLabel] : []).map((text) => ({
    text,
    iconWidth: 24,
    /** @type {DrawIcon} */
    drawIcon(pen, x, y) {
      traceShape(pen, "dot", x + 8, y, 4);
      pen.fillStyle = ink;
      pen.fill();
      pen.beginPath();
      pen.arc(x + 8, y, 7, 0, 2 * Math.PI);
      [pen.strokeStyle, pen.lineWidth] = [ink, 1.5];
      pen.setLineDash([]);
      pen.stroke();
    },
  }));
  return [...shapes, ...rings, ...strokes];
}

/** @param {NetworkMap} map @param {MapData} data @returns {Note[]} */
function textNotes(map, data) {
  const { id: everyone, group: groups } = data.people;
  const shown = groups.filter((group) => map.activeGroups.has(group)).length;
  const filtered = map.activeGroups.size ? `${formatCount(shown)} of ${formatCount(everyone.length)} people` : "";
  const notes = [map.look.sizeLabel, data.counts, data.isolates?.label ?? "", filtered, data.source];
  return notes.filter(Boolean).map((text) => ({ text, iconWidth: 0 }));
}

/**
 * Break notes into rows no wider than the picture, each note with where it starts.
 * @param {CanvasRenderingContext2D} pen @param {Note[]} notes @param {number} width
 */
function wrap(pen, notes, width) {
  /** @type {(Note & { x: number })[][]} */
  const rows = [];
  let x = Infinity;
  for (const note of notes) {
    const noteWidth = note.iconWidth + pen.measureText(note.text).width + 22;
    if (x + noteWidth > width) {
      rows.push([]);
      x = 20;
    }
    rows[rows.length - 1].push({ ...note, x });
    x += noteWidth;
  }
  return rows;
}
