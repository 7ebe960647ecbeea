// Where the reader looks: vis-network's canvas, panning, zooming, and moving to people.

import { prefersReducedMotion } from "./elements.js";
import { extent } from "./graph.js";
import { coveredBoxes } from "./stage_area.js";

/** @import { MoveOptions } from "vis-network-subset" */
/** @import { Box, PersonIndex, Point, Viewport, VisLibrary } from "./types" */
/** @import { NetworkMap } from "./network_map.js" */

const STILL_AFTER_MS = 140;
const LARGEST_SCALE = 8; // two people alone
const STAGE_EDGE = 14; // pixels between people and the edge of the stage

export class Camera {
  /**
   * @param {NetworkMap} map
   * @param {VisLibrary} vis
   */
  constructor(map, vis) {
    this.map = map;
    this.stage = map.stage;
    this.isMoved = false; // by the reader, so that nothing else moves it
    this.isMoving = false;
    this.movesUntil = 0;
    this.fittedScale = 0;
    this.net = new vis.Network(this.stage, { nodes: [], edges: [] }, { ...map.data.options });
    // The library's own frame would be a second stop for the keyboard, without a name or a focus ring.
    const frame = this.stage.querySelector(".vis-network");
    if (frame instanceof HTMLElement) frame.tabIndex = -1;
    this.net.on("beforeDrawing", (pen) => this.draw(pen));
    this.net.on("click", (event) => map.gestures.handleClick(event.pointer, event.event?.srcEvent?.pointerType));
    for (const name of ["dragStart", "dragging", "zoom"])
      this.net.on(name, () => {
        this.isMoved = true;
        this.startMoving();
      });
    this.net.on("dragEnd", () => this.startMoving());
    /** @type {number[]} how long the latest frames took, in ms */
    this.frameTimes = [];
  }

  // Draw less while the map moves, and everything once it has been still for a moment.
  startMoving(forMs = STILL_AFTER_MS) {
    this.isMoving = true;
    this.map.tooltip.hide();
    this.movesUntil = Math.max(this.movesUntil, performance.now() + forMs);
    clearTimeout(this.stillTimer);
    this.stillTimer = setTimeout(() => this.stopMoving(), this.movesUntil - performance.now());
  }

  stopMoving() {
    if (this.map.isRemoved) return;
    this.isMoving = false;
    this.net.redraw();
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Viewport} [viewport]
   */
  draw(pen, viewport = this.viewport(pen)) {
    const begun = performance.now();
    const { scale, origin, width, height } = viewport;
    const visible = {
      left: -origin.x / scale,
      right: (width - origin.x) / scale,
      top: -origin.y / scale,
      bottom: (height - origin.y) / scale,
    };
    const { isMoving } = this;
    this.map.painter.draw(pen, { scale, isMoving, visible });
    this.map.presenter.tour.drawMarks(pen, scale);
    this.map.labels.draw(pen, { ...viewport, isMoving });
    if (this.frameTimes.push(performance.now() - begun) > 60) this.frameTimes.shift();
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @returns {Viewport}
   */
  viewport(pen) {
    const ratio = pen.canvas.width / (this.stage.clientWidth || 1);
    const scale = this.net.getScale();
    const origin = this.net.canvasToDOM({ x: 0, y: 0 });
    return { ratio, scale, origin, width: this.stage.clientWidth, height: this.stage.clientHeight };
  }

  /**
   * @param {MoveOptions} options
   * @param {number} [duration] in ms; 0 jumps
   */
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
   * @returns {{ position: Point, scale: number } | null}
   */
  wholeView() {
    const { graph, stage } = this.map;
    if (!graph.count) return null;
    const everyone = graph.ids.map((_, person) => person);
    const shown = everyone.filter((person) => this.map.isShown(person));
    const people = shown.length ? shown : everyone;
    const boxes = coveredBoxes(this.map);
    const corners = boxes.filter((box) => box.w < stage.clientWidth / 2);
    /** @type {{ position: Point, scale: number } | null} */
    let best = null;
    for (const [clearsTop, clearsRight] of [[false, false], [false, true], [true, false], [true, true]]) {
      const view = this.viewOf(people, this.edges(boxes, corners, { clearsTop, clearsRight }));
      const isLast = clearsTop && clearsRight;
      if ((!best || view.scale > best.scale) && (isLast ? !best : !this.isAnyoneUnder(corners, people, view))) best = view;
    }
    return best;
  }

  /**
   * How much of each edge of the stage to leave free, in pixels: always where controls take the whole width, and where
   * they take a corner if that is wanted.
   * @param {Box[]} boxes
   * @param {Box[]} corners
   * @param {{ clearsTop: boolean, clearsRight: boolean }} options
   */
  edges(boxes, corners, { clearsTop, clearsRight }) {
    const { clientWidth: width, clientHeight: height } = this.stage;
    const edges = { top: STAGE_EDGE, right: STAGE_EDGE, bottom: STAGE_EDGE, left: STAGE_EDGE };
    for (const box of boxes) {
      const isCorner = corners.includes(box);
      if (box.y > height / 2) edges.bottom = Math.max(edges.bottom, Math.min(0.45 * height, height - box.y + STAGE_EDGE / 2));
      else if (isCorner && box.h > 2 * box.w && box.x > width / 2) {
        if (clearsRight) edges.right = Math.max(edges.right, width - box.x + STAGE_EDGE / 2);
      } else if (!isCorner || clearsTop) edges.top = Math.max(edges.top, box.y + box.h + STAGE_EDGE / 2);
    }
    return edges;
  }

  /**
   * The view that shows people between these edges, as large as possible.
   * @param {PersonIndex[]} people
   * @param {{ top: number, right: number, bottom: number, left: number }} edges
   */
  viewOf(people, edges) {
    const { graph } = this.map;
    const [left, right] = extent(graph.x, people);
    const [top, bottom] = extent(graph.y, people);
    const size = Math.max(right - left, bottom - top);
    const room = Math.min(1.25 * graph.spacing, (graph.regions.length ? 0.07 : 0.02) * size); // for hulls and marks
    const { clientWidth, clientHeight } = this.stage;
    const [width, height] = [clientWidth - edges.left - edges.right, clientHeight - edges.top - edges.bottom];
    const scale = Math.min(
      Math.max(40, width) / (right - left + 2 * room), Math.max(40, height) / (bottom - top + 2 * room), LARGEST_SCALE,
    );
    const position = {
      x: (left + right) / 2 + (edges.right - edges.left) / 2 / scale,
      y: (top + bottom) / 2 + (edges.bottom - edges.top) / 2 / scale,
    };
    return { position, scale };
  }

  /**
   * @param {Box[]} boxes
   * @param {PersonIndex[]} people
   * @param {{ position: Point, scale: number }} view
   */
  isAnyoneUnder(boxes, people, { position, scale }) {
    const { x, y } = this.map.graph;
    return people.some((person) => {
      const across = (x[person] - position.x) * scale + this.stage.clientWidth / 2;
      const down = (y[person] - position.y) * scale + this.stage.clientHeight / 2;
      return boxes.some(
        (box) =>
          across > box.x - STAGE_EDGE && across < box.x + box.w + STAGE_EDGE && down > box.y - STAGE_EDGE && down < box.y + box.h + STAGE_EDGE,
      );
    });
  }

  /** @param {number} factor */
  zoom(factor) {
    this.isMoved = true;
    this.moveTo({ scale: this.net.getScale() * factor }, 200);
  }

  /**
   * @param {number} across in pixels
   * @param {number} down in pixels
   */
  pan(across, down) {
    this.isMoved = true;
    const { x, y } = this.net.getViewPosition();
    const scale = this.net.getScale();
    this.moveTo({ position: { x: x + across / scale, y: y + down / scale } }, 160);
  }

  /**
   * Bring one person to the middle, close up.
   * @param {PersonIndex} person
   * @param {{ isAnimated?: boolean }} [options]
   */
  flyTo(person, { isAnimated = true } = {}) {
    this.isMoved = true;
    const scale = Math.max(this.net.getScale(), (this.fittedScale || 1) * 1.8);
    const { x, y } = this.map.positions;
    this.moveTo({ position: { x: x[person], y: y[person] }, scale, offset: this.panelOffset() }, isAnimated ? 700 : 0);
  }

  // How much of the stage's width the panel covers; on a phone it covers the bottom instead.
  panelWidth() {
    return this.stage.clientWidth < 560 ? 0 : (this.map.panel.root.offsetWidth || 290) + 70;
  }

  // Moves the center to the middle of what the panel leaves free.
  panelOffset() {
    const width = this.panelWidth();
    return width ? { x: -width / 2, y: 0 } : { x: 0, y: -this.stage.clientHeight / 4 };
  }

  /**
   * Show all of these people, with their names.
   * @param {PersonIndex[]} people
   * @param {{ isAnimated?: boolean }} [options]
   */
  showAll(people, { isAnimated = true } = {}) {
    const { x, y } = this.map.positions;
    const [left, right] = extent(x, people);
    const [top, bottom] = extent(y, people);
    const panelWidth = this.panelWidth();
    const across = Math.max(80, this.stage.clientWidth - panelWidth - (panelWidth ? 190 : 120)) / (right - left + 20);
    const down = ((panelWidth ? 0.68 : 0.3) * this.stage.clientHeight) / (bottom - top + 20);
    const scale = Math.min(across, down, (this.fittedScale || 1) * 3);
    this.isMoved = true;
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
    this.moveTo({ position, scale, offset: this.panelOffset() }, isAnimated ? 700 : 0);
  }

  resize() {
    // vis-network compares the sizes it was given, which are still "100%"; this makes it measure again.
    this.net.setSize("100%", "100%");
    this.net.redraw();
  }

  remove() {
    clearTimeout(this.stillTimer);
    this.net.destroy();
  }
}
