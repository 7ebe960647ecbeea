// Which part of the stage is free of controls and cards, and moving the camera so that people are in it.

import { extent } from "./graph.js";

/** @import { Bounds, Box, PersonIndex, Stage } from "./types" */
/** @import { NetworkMap } from "./network_map.js" */

const CLOSEST = 1.6; // map units to pixels, so that a few people don't fill a wall
const CONTROLS = ".search, .tools, .fold, .banner, .legend, .count, .tour, .tour-keys";
const SHEET_WIDTH = 560; // up to this width, a card is a sheet at the bottom

/**
 * What neither the edges nor the card cover, in pixels of the stage.
 * @param {NetworkMap} map
 * @returns {Bounds}
 */
export function freeArea(map) {
  const { clientWidth: width, clientHeight: height } = map.stage;
  const { head, foot, side } = map.presenter.margins();
  const area = { left: side, right: width - side, top: head, bottom: height - foot };
  const card = map.panel.root;
  if (card.hidden) return area;
  if (width < SHEET_WIDTH) area.bottom = Math.min(area.bottom, card.offsetTop);
  else if (card.offsetLeft > width / 2 - card.offsetWidth / 2) area.right = Math.min(area.right, card.offsetLeft);
  else area.left = Math.max(area.left, card.offsetLeft + card.offsetWidth);
  return area;
}

/**
 * Move the camera so that all of these people, with their names, are in the free part of the stage.
 * @param {NetworkMap} map
 * @param {PersonIndex[]} people
 * @param {number} duration in ms; 0 jumps
 */
export function showInFreeArea(map, people, duration) {
  const { x, y } = map.positions;
  const [left, right] = extent(x, people);
  const [top, bottom] = extent(y, people);
  const area = freeArea(map);
  // Room for names.
  const letter = map.labels.fontSize(map.stage.clientWidth);
  const [wide, high] = [area.right - area.left, area.bottom - area.top];
  const across = Math.max(60, wide - Math.min(9 * letter, wide / 6)) / (right - left + 20);
  const down = Math.max(60, high - 4 * letter) / (bottom - top + 20);
  const scale = Math.min(across, down, CLOSEST, 3 * (map.camera.fittedScale || 1));
  const position = {
    x: (left + right) / 2 - ((area.left + area.right - map.stage.clientWidth) / 2) / scale,
    y: (top + bottom) / 2 - ((area.top + area.bottom - map.stage.clientHeight) / 2) / scale,
  };
  map.camera.isMoved = true;
  map.camera.moveTo({ position, scale }, duration);
}

/**
 * True if fewer of these people stand left of the person than right of them, as seen on the stage.
 * @param {NetworkMap} map
 * @param {PersonIndex} person
 * @param {Iterable<PersonIndex>} others
 */
export function hasMoreRoomLeft(map, person, others) {
  const { x } = map.positions;
  let balance = 0;
  for (const other of others) balance += Math.sign(x[other] - x[person]);
  return balance > 0;
}

/**
 * Where controls cover the stage, in pixels; a picture has none.
 * @param {NetworkMap} map
 * @returns {Box[]}
 */
export function coveredBoxes(map) {
  if (map.isInPicture) return [];
  const { left, top } = map.stage.getBoundingClientRect();
  return [...map.root.querySelectorAll(CONTROLS)].flatMap((part) => {
    const box = part.getBoundingClientRect();
    // In the presenter view, controls come and go; what is behind them stays where it is.
    const isPassing = map.isPresenting && part.matches(".search, .tools, .count");
    return box.width && !isPassing ? [{ x: box.left - left, y: box.top - top, w: box.width, h: box.height }] : [];
  });
}

/**
 * What to arrange people for; null if the stage has hardly changed, because a little more or less moves no one.
 * @param {NetworkMap} map
 * @returns {Stage | null}
 */
export function stageOf(map) {
  const { clientWidth: width, clientHeight: height } = map.stage;
  const was = map.arrangedFor;
  const now = { width, height, text: map.labels.fontSize(width), listsUnconnected: map.isPresenting };
  const ratios = [width / was.width, height / was.height, now.text / was.text];
  return width && height && ratios.some((ratio) => Math.abs(Math.log(ratio)) > 0.1) ? now : null;
}
