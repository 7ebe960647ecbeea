// Where the reader looks: vis-network's canvas, panning, zooming, and moving to people.

import { prefersReducedMotion, withAlpha } from "./elements.js";
import { extent } from "./graph.js";

/** @import { MoveOptions } from "vis-network-subset" */
/** @import { PersonIndex, Viewport, VisLibrary } from "./types" */
/** @import { NetworkMap } from "./network_map.js" */

const STILL_AFTER_MS = 140;
const LARGEST_SCALE = 1.6;

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
    this.net.on("click", (event) => map.handleClick(event.pointer, event.event?.srcEvent?.pointerType));
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
    const { isolates } = this.map.graph;
    if (isolates) {
      pen.fillStyle = withAlpha(this.map.colors.other, 0.13);
      pen.beginPath();
      pen.roundRect(isolates.x, isolates.y, isolates.width, isolates.height, 18);
      pen.fill();
    }
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

  // Where the camera shows everyone; null if no one is drawn.
  wholeView() {
    const { graph, painter } = this.map;
    if (!graph.count) return null;
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let person = 0; person < graph.count; person += 1) {
      const radius = painter.radius[person] + 26;
      left = Math.min(left, graph.x[person] - radius);
      right = Math.max(right, graph.x[person] + radius);
      top = Math.min(top, graph.y[person] - radius);
      bottom = Math.max(bottom, graph.y[person] + radius);
    }
    const { isolates } = graph;
    if (isolates) {
      [left, right] = [Math.min(left, isolates.x), Math.max(right, isolates.x + isolates.width)];
      [top, bottom] = [Math.min(top, isolates.y - 34), Math.max(bottom, isolates.y + isolates.height)];
    }
    // Leave room for what covers the edges: search and tools above, the legend below.
    const { head, foot, side } = this.map.margins();
    const width = Math.max(1, this.stage.clientWidth - 2 * side);
    const height = Math.max(1, this.stage.clientHeight - head - foot);
    const scale = Math.min(width / (right - left), height / (bottom - top), LARGEST_SCALE);
    return { scale, position: { x: (left + right) / 2, y: (top + bottom) / 2 + (foot - head) / 2 / scale } };
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
    const scale = Math.min(across, down, (this.fittedScale || 1) * 3, LARGEST_SCALE);
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
