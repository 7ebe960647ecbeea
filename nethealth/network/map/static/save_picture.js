// Saves what is on the screen as a picture, with the legend and notes below it.

import { element, formatCount, isolateDirection, traceShape, truncate } from "./elements.js";

/** @import { NetworkMap } from "./network_map.js" */

/** @typedef {(pen: CanvasRenderingContext2D, x: number, y: number) => void} DrawIcon */
/** @typedef {{ text: string, iconWidth: number, drawIcon?: DrawIcon }} Note */

const FONT_SIZE = 14;
const ROW_HEIGHT = FONT_SIZE + 12;

/** @param {NetworkMap} map */
export function savePicture(map) {
  const shown = map.stage.querySelector("canvas");
  const paper = document.createElement("canvas");
  const pen = paper.getContext("2d");
  if (!shown || !pen) return;
  const ratio = shown.width / (map.stage.clientWidth || 1);
  const font = `400 ${FONT_SIZE}px ${map.data.fonts.text}`;
  pen.font = font;
  const width = map.stage.clientWidth - 40;
  const rows = [legendNotes(map), textNotes(map)].flatMap((notes) => wrap(pen, notes, width));
  paper.width = shown.width;
  paper.height = shown.height + (20 + rows.length * ROW_HEIGHT) * ratio;
  pen.fillStyle = map.colors.paper;
  pen.fillRect(0, 0, paper.width, paper.height);
  pen.drawImage(shown, 0, 0);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.textBaseline = "middle";
  pen.font = font;
  rows.forEach((row, place) => {
    const y = map.stage.clientHeight + 18 + place * ROW_HEIGHT;
    for (const { text, drawIcon, iconWidth, x } of row) {
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
 * What the shapes and lines mean.
 * @param {NetworkMap} map
 * @returns {Note[]}
 */
function legendNotes(map) {
  const { activeGroups } = map;
  const entries = map.data.legend.entries.filter((entry) => !activeGroups.size || activeGroups.has(entry.group));
  const shapes = entries.map(({ label, count, shape, group }) => ({
    text: `${isolateDirection(truncate(label, 40))} ${formatCount(count)}`,
    iconWidth: 20,
    /** @type {DrawIcon} */
    drawIcon(pen, x, y) {
      pen.beginPath();
      traceShape(pen, shape, x + 7, y, 6);
      pen.fillStyle = map.groupColor(group);
      pen.fill();
    },
  }));
  const lines = map.lines === "type" ? map.lineLegend() : [];
  const strokes = lines.map(({ label, line }) => ({
    text: isolateDirection(truncate(label, 40)),
    iconWidth: 36,
    /** @type {DrawIcon} */
    drawIcon(pen, x, y) {
      pen.beginPath();
      pen.setLineDash(line.dashes);
      [pen.strokeStyle, pen.lineWidth] = [line.color, 2.4];
      pen.moveTo(x, y);
      pen.lineTo(x + 28, y);
      pen.stroke();
    },
  }));
  return [...shapes, ...strokes];
}

/**
 * @param {NetworkMap} map
 * @returns {Note[]}
 */
function textNotes(map) {
  const notes = [map.presenter.headline.textContent ?? "", map.count.textContent ?? ""];
  if (map.nonrespondents.size) notes.push(`Striped: ${map.data.legend.nonresponse_label.toLowerCase()}`);
  if (map.lines in map.graph.measures) notes.push(map.lineWidthNote());
  return notes.map((text) => ({ text, iconWidth: 0 }));
}

/**
 * Break notes into rows no wider than the picture, each note with where it starts.
 * @param {CanvasRenderingContext2D} pen
 * @param {Note[]} notes
 * @param {number} width
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
