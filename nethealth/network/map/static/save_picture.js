// Saves what is on the screen as a picture that explains itself: with title, wave, and legend, and without what a room
// may not see either. It is drawn again for that, with the camera where it is.

import { element, formatCount, isolateDirection, traceShape, truncate } from "./elements.js";
import { Graph, SILENT } from "./graph.js";

/** @typedef {(pen: CanvasRenderingContext2D, x: number, y: number) => void} DrawIcon */
/** @typedef {{ text: string, iconWidth: number, drawIcon?: DrawIcon }} Note */

const FONT_SIZE = 14;
const ROW_HEIGHT = FONT_SIZE + 12;
const EDGE = 20;
const TITLE_SIZE = 22;

/** @param {NetworkMap} map */
export function savePicture(map) {
  const shown = map.stage.querySelector("canvas");
  const paper = document.createElement("canvas");
  const pen = paper.getContext("2d");
  if (!shown || !pen) return;
  const data = map.presenter.roomData(map.sentData);
  // At least two pixels for each on the screen, so that it prints well.
  const ratio = Math.max(2, shown.width / (map.stage.clientWidth || 1));
  const [width, height] = [map.stage.clientWidth, map.stage.clientHeight];
  const font = `400 ${FONT_SIZE}px ${data.fonts.text}`;
  const title = [data.title, data.wave].filter(Boolean).join(" · ");
  pen.font = font;
  const rows = [legendNotes(map, data), textNotes(map, data)].flatMap((notes) => wrap(pen, notes, width - 2 * EDGE));
  const head = title ? TITLE_SIZE + 2 * EDGE : 0;
  paper.width = width * ratio;
  paper.height = (head + height + EDGE + rows.length * ROW_HEIGHT) * ratio;
  pen.fillStyle = map.colors.paper;
  pen.fillRect(0, 0, paper.width, paper.height);
  pen.drawImage(drawForRoom(map, data, { width, height, ratio }), 0, head * ratio);
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
 * Draw the map with other data on a canvas of its own. The map is the same afterwards.
 * @param {NetworkMap} map @param {MapData} data @param {{ width: number, height: number, ratio: number }} size
 */
function drawForRoom(map, data, { width, height, ratio }) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * ratio, height * ratio];
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const { camera, activeGroups, data: before, graph, positions } = map;
  const { fittedScale } = camera;
  const ids = map.selectedIds();
  map.isInPicture = true;
  map.activeGroups = new Set([...activeGroups].filter((group) => group !== SILENT));
  Object.assign(map, { data, graph: new Graph(data, map.arrangedFor, graph) });
  map.positions = map.graph.copyPositions();
  map.selectIds(ids);
  map.painter.prepare();
  map.painter.placeRegions();
  // Where the reader looks, or else everyone, who may need less room than on the screen.
  const whole = camera.isMoved ? null : camera.wholeView();
  const { scale, position } = whole ?? { scale: camera.net.getScale(), position: camera.net.getViewPosition() };
  if (whole) camera.fittedScale = scale;
  const origin = { x: width / 2 - position.x * scale, y: height / 2 - position.y * scale };
  pen.setTransform(scale * ratio, 0, 0, scale * ratio, origin.x * ratio, origin.y * ratio);
  camera.draw(pen, { scale, origin, ratio, width, height });
  camera.fittedScale = fittedScale;
  Object.assign(map, { isInPicture: false, data: before, graph, positions, activeGroups });
  map.selectIds(ids);
  map.painter.prepare();
  map.painter.placeRegions();
  map.redraw();
  return canvas;
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
  const { brokers, noun } = data.regions;
  const rings = [`On many paths to another ${noun}`].slice(0, Math.min(brokers.length, 1)).map((text) => ({
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
  const notes = [data.counts, data.isolates?.label ?? "", map.activeGroups.size ? (map.count.textContent ?? "") : "", data.source];
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
