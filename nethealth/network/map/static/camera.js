// Where the reader looks: vis-network's canvas, panning, zooming, and moving to people.

import { boundsOf, doOverlap } from "./boxes.js";
import { prefersReducedMotion } from "./elements.js";

/** @typedef {{ position: Point, scale: number }} View */

const STILL_AFTER_MS = 140;
const LARGEST_SCALE = 8; // two people alone
const CLOSEST = 1.6; // map units to pixels, so that a few of many people don't fill a wall
const MOVE_TO_PEOPLE_MS = 700;
const STAGE_EDGE = 14; // pixels between people and the edge of the stage
const SHEET_WIDTH = 560; // up to this width, a card is a sheet at the bottom
const CONTROLS = ".search, .tools, .fold, .banner, .legend, .count, .tour, .tour-keys";

export class Camera {
  /** @param {NetworkMap} map @param {VisLibrary} vis */
  constructor(map, vis) {
    this.map = map;
    this.stage = map.stage;
    this.isMoved = false; // by the reader, so that nothing else moves it
    this.isMoving = false;
    this.movesUntil = 0;
    this.fittedScale = 0;
    /** @type {View & { isMoved: boolean } | null} where it was before it moved for a card */
    this.before = null;
    this.net = new vis.Network(this.stage, { nodes: [], edges: [] }, { ...map.data.options });
    // The library's own frame would be a second stop for the keyboard, without a name or a focus ring.
    const frame = this.stage.querySelector(".vis-network");
    if (frame instanceof HTMLElement) frame.tabIndex = -1;
    this.net.on("beforeDrawing", (pen) => this.draw(pen));
    this.net.on("click", (event) => map.gestures.handleClick(event.pointer, event.event?.srcEvent?.pointerType));
    for (const name of ["dragStart", "dragging", "zoom"])
      this.net.on(name, () => {
        this.giveToReader();
        this.startMoving();
      });
    this.net.on("dragEnd", () => this.startMoving());
  }

  // What the reader chose to see stays: in a room, only until the card closes.
  giveToReader() {
    this.isMoved = true;
    if (!this.map.isPresenting) this.before = null;
  }

  // Draw less while the map moves, and everything once it has been still for a moment.
  startMoving(forMs = STILL_AFTER_MS) {
    this.isMoving = true;
    this.map.tooltip.hide();
    this.movesUntil = Math.max(this.movesUntil, performance.now() + forMs);
    clearTimeout(this.stillTimer);
    this.stillTimer = setTimeout(() => {
      this.isMoving = false;
      this.map.redraw();
    }, this.movesUntil - performance.now());
  }

  /** @param {CanvasRenderingContext2D} pen @param {Viewport} [viewport] */
  draw(pen, viewport = this.viewport(pen)) {
    const { scale, origin, width, height } = viewport;
    const visible = {
      left: -origin.x / scale,
      right: (width - origin.x) / scale,
      top: -origin.y / scale,
      bottom: (height - origin.y) / scale,
    };
    const { isMoving } = this;
    this.map.painter.draw(pen, { scale, isMoving, visible });
    this.map.presenter.tour.drawnChanges?.drawMarks(pen, scale);
    this.map.labels.draw(pen, { ...viewport, isMoving });
  }

  /** Of the stage, or of a picture that is being drawn. @returns {Size} */
  get size() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    return this.map.pictureSize ?? { width, height };
  }

  /** @param {CanvasRenderingContext2D} pen @returns {Viewport} */
  viewport(pen) {
    const ratio = pen.canvas.width / (this.stage.clientWidth || 1);
    const scale = this.net.getScale();
    const origin = this.net.canvasToDOM({ x: 0, y: 0 });
    return { ratio, scale, origin, width: this.stage.clientWidth, height: this.stage.clientHeight };
  }

  /** @param {MoveOptions} options @param {number} [duration] in ms; 0 jumps */
  moveTo(options, duration = 0) {
    const isAnimated = duration > 0 && !prefersReducedMotion();
    if (isAnimated) this.startMoving(duration + STILL_AFTER_MS);
    this.net.moveTo({ ...options, animation: isAnimated ? { duration, easingFunction: "easeInOutCubic" } : false });
    if (!isAnimated) this.net.redraw();
  }

  /** @param {boolean} isAnimated */
  fit(isAnimated) {
    this.isMoved = false;
    const view = this.wholeView();
    if (!view) return;
    this.fittedScale = view.scale;
    this.moveTo(view, isAnimated ? 500 : 0);
  }

  /**
   * The largest view of everyone shown in which no one is under the map's controls; null if no one is drawn.
   * @returns {View | null}
   */
  wholeView() {
    const { map, size } = this;
    const everyone = [...map.graph.ids.keys()];
    if (!everyone.length) return null;
    const shown = everyone.filter((person) => map.isShown(person));
    // With a filter, people with no connections stay in their block, wherever it is.
    const connected = shown.filter((person) => map.graph.ties[person]);
    const people = shown.length === everyone.length || !shown.length ? everyone : connected.length ? connected : shown;
    const bounds = boundsOf(map.graph.x, map.graph.y, people);
    const block = people.length === everyone.length ? map.graph.isolates : null;
    if (block) {
      bounds.right = Math.max(bounds.right, block.x + block.width);
      bounds.bottom = Math.max(bounds.bottom, block.y + block.height);
    }
    const boxes = coveredBoxes(map);
    const corners = boxes.filter(({ w, y }) => w < size.width / 2 && y <= size.height / 2);
    const bars = boxes.filter((box) => !corners.includes(box));
    // Leave room for no corner, for those along one edge, or for all.
    const [columns, rows] = [corners.filter(isColumn), corners.filter((box) => !isColumn(box))];
    const views = [[], columns, rows, corners].map((some) => this.viewOf(bounds, this.area([...bars, ...some])));
    const last = views[3];
    return views.sort((a, b) => b.scale - a.scale).find((view) => !this.countUnder(corners, people, view)) ?? last;
  }

  /** What these boxes leave free, in pixels of the stage. @param {Box[]} boxes @returns {Bounds} */
  area(boxes) {
    const { width, height } = this.size;
    const area = { left: STAGE_EDGE, right: width - STAGE_EDGE, top: STAGE_EDGE, bottom: height - STAGE_EDGE };
    for (const box of boxes)
      if (box.y > height / 2) area.bottom = Math.min(area.bottom, Math.max(0.55 * height, box.y - STAGE_EDGE / 2));
      else if (isColumn(box) && box.x > width / 2) area.right = Math.min(area.right, box.x - STAGE_EDGE / 2);
      else area.top = Math.max(area.top, box.y + box.h + STAGE_EDGE / 2);
    return area;
  }

  /**
   * The view that shows a part of the map in an area of the stage, as large as possible.
   * @param {Bounds} bounds in map units @param {Bounds} area in pixels @param {number} [most] the largest scale
   * @returns {View}
   */
  viewOf({ left, right, top, bottom }, area, most = LARGEST_SCALE) {
    const { graph } = this.map;
    const { width, height } = this.size;
    const longest = Math.max(right - left, bottom - top);
    const room = Math.min(1.25 * graph.spacing, (graph.regions.length ? 0.1 : 0.02) * longest); // for hulls and marks
    const scale = Math.min(
      Math.max(40, area.right - area.left) / (right - left + 2 * room),
      Math.max(40, area.bottom - area.top) / (bottom - top + 2 * room),
      most,
    );
    const position = {
      x: (left + right - (area.left + area.right - width) / scale) / 2,
      y: (top + bottom - (area.top + area.bottom - height) / scale) / 2,
    };
    return { position, scale };
  }

  /** How many people boxes cover. @param {Box[]} boxes @param {PersonIndex[]} people @param {View} view */
  countUnder(boxes, people, { position, scale }) {
    const { x, y } = this.map.graph;
    const { clientWidth, clientHeight } = this.stage;
    return people.filter((person) => {
      const across = (x[person] - position.x) * scale + clientWidth / 2;
      const down = (y[person] - position.y) * scale + clientHeight / 2;
      const point = { x: across - STAGE_EDGE, y: down - STAGE_EDGE, w: 2 * STAGE_EDGE, h: 2 * STAGE_EDGE };
      return boxes.some((box) => doOverlap(box, point));
    }).length;
  }

  /**
   * Put the card where it covers fewest of the people it is about. In a room, they all come into view beside it; at a
   * desk, only if it would cover some.
   * @param {{ flies: boolean }} options to the person in focus
   */
  showSelection({ flies }) {
    const { map } = this;
    const { focus, graph: { x, y } } = map;
    const people = map.selectedPeople();
    if (!people.length) return this.goBack();
    const [position, scale] = [this.net.getViewPosition(), this.net.getScale()];
    const close = Math.max(scale, 1.8 * this.fittedScale);
    const view = flies && focus !== null ? { position: { x: x[focus], y: y[focus] }, scale: close } : { position, scale };
    const [right, left] = [false, true].map((isLeft) => {
      map.root.classList.toggle("card-left", isLeft);
      return this.countUnder(coveredBoxes(map, ".panel"), people, view);
    });
    map.root.classList.toggle("card-left", left < right);
    const showsAll = map.isPresenting || map.path;
    if (!showsAll && !flies && !Math.min(left, right)) return;
    this.before ??= { position, scale, isMoved: this.isMoved };
    if (flies && focus !== null && !showsAll) this.show([focus], { most: close });
    else this.show(people, { most: showsAll ? undefined : scale });
  }

  // Back to where it was before it moved for a card.
  goBack() {
    if (!this.before) return;
    const { isMoved, ...view } = this.before;
    this.moveTo(view, MOVE_TO_PEOPLE_MS);
    this.isMoved = isMoved;
    this.before = null;
  }

  /**
   * Show all of these people, with room for their names, where neither controls nor the card are.
   * @param {PersonIndex[]} people
   * @param {{ duration?: number, most?: number }} [options] how long it takes, in ms (0 jumps), and the largest scale
   */
  show(people, { duration = MOVE_TO_PEOPLE_MS, most = Math.min(CLOSEST, 3 * (this.fittedScale || 1)) } = {}) {
    const { map, stage } = this;
    const { clientWidth: width } = stage;
    const area = this.area(coveredBoxes(map));
    const card = map.panel.root;
    if (!card.hidden && width < SHEET_WIDTH) area.bottom = Math.min(area.bottom, card.offsetTop);
    else if (!card.hidden && card.offsetLeft > (width - card.offsetWidth) / 2) area.right = Math.min(area.right, card.offsetLeft);
    else if (!card.hidden) area.left = Math.max(area.left, card.offsetLeft + card.offsetWidth);
    const letter = map.labels.fontSize(width);
    const besides = Math.min(4.5 * letter, (area.right - area.left) / 12);
    const around = { left: area.left + besides, right: area.right - besides, top: area.top + 2 * letter, bottom: area.bottom - 2 * letter };
    this.isMoved = true;
    this.moveTo(this.viewOf(boundsOf(map.graph.x, map.graph.y, people), around, most), duration);
  }

  /** @param {number} factor */
  zoom(factor) {
    this.giveToReader();
    this.moveTo({ scale: this.net.getScale() * factor }, 200);
  }

  /** @param {number} across in pixels @param {number} down in pixels */
  pan(across, down) {
    this.giveToReader();
    const { x, y } = this.net.getViewPosition();
    const scale = this.net.getScale();
    this.moveTo({ position: { x: x + across / scale, y: y + down / scale } }, 160);
  }

  resize() {
    // vis-network compares the sizes it was given, which are still "100%"; this makes it measure again.
    this.net.setSize("100%", "100%");
    this.net.redraw();
  }
}

/** Whether controls are one above the other, along the side of the stage. @param {Box} box */
function isColumn({ w, h }) {
  return h > 2 * w;
}

/** Where controls, or other parts, cover the stage, in pixels; a picture has none. @param {NetworkMap} map @param {string} [parts] @returns {Box[]} */
export function coveredBoxes(map, parts = CONTROLS) {
  if (map.pictureSize) return [];
  const { left, top } = map.stage.getBoundingClientRect();
  return [...map.root.querySelectorAll(parts)].flatMap((part) => {
    const box = part.getBoundingClientRect();
    // In the presenter view, controls come and go; what is behind them stays where it is.
    const isPassing = map.isPresenting && part.matches(".search, .tools, .count");
    return box.width && !isPassing ? [{ x: box.left - left, y: box.top - top, w: box.width, h: box.height }] : [];
  });
}
