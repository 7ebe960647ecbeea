// Where one looks: vis-network's canvas, drag, pinch and flight, and what the window's size asks for.

const STILL_AFTER = 140;
const LARGEST = 1.6;

class Camera {
  constructor(map, vis) {
    this.map = map;
    this.stage = map.stage;
    this.touched = false;
    this.moving = false;
    const options = { ...map.data.options };
    this.net = new vis.Network(this.stage, { nodes: [], edges: [] }, options);
    // The library's own frame would be a second stop for the keyboard, without a name or a ring.
    this.stage.querySelector(".vis-network").tabIndex = -1;
    this.net.on("beforeDrawing", (pen) => this.draw(pen));
    this.net.on("click", (event) => map.clicked(event.pointer, event.event?.srcEvent?.pointerType));
    for (const name of ["dragStart", "dragging", "zoom"])
      this.net.on(name, () => {
        this.touched = true;
        this.moves();
      });
    this.net.on("dragEnd", () => this.moves());
    this.frames = [];
  }

  // The map moves now; shortly after the last such word it stands still and is drawn whole.
  moves(forMs = STILL_AFTER) {
    this.moving = true;
    this.map.tip.hide();
    this.until = Math.max(this.until || 0, performance.now() + forMs);
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rests(), this.until - performance.now());
  }

  rests() {
    if (this.map.gone) return;
    this.moving = false;
    this.net.redraw();
  }

  draw(pen) {
    const begun = performance.now();
    const view = this.view(pen);
    const { scale, origin, width, height } = view;
    const seen = {
      left: -origin.x / scale,
      right: (width - origin.x) / scale,
      top: -origin.y / scale,
      bottom: (height - origin.y) / scale,
    };
    const { apart } = this.map.picture;
    if (apart) {
      pen.fillStyle = clear(this.map.colours.quiet, 0.13);
      pen.beginPath();
      pen.roundRect(apart.x, apart.y, apart.width, apart.height, 18);
      pen.fill();
    }
    const moving = this.moving;
    this.map.painter.draw(pen, { scale, moving, seen });
    this.map.labels.draw(pen, { ...view, moving });
    if (this.frames.push(performance.now() - begun) > 60) this.frames.shift();
  }

  view(pen) {
    const ratio = pen.canvas.width / (this.stage.clientWidth || 1);
    const scale = this.net.getScale();
    const origin = this.net.canvasToDOM({ x: 0, y: 0 });
    return { ratio, scale, origin, width: this.stage.clientWidth, height: this.stage.clientHeight };
  }

  go(options, duration) {
    const animated = duration && !CALM();
    if (animated) this.moves(duration + STILL_AFTER);
    this.net.moveTo({ ...options, animation: animated ? { duration, easingFunction: "easeInOutCubic" } : false });
    if (!animated) this.net.redraw();
  }

  fit(animated) {
    const { picture, painter, place } = this.map;
    this.touched = false;
    if (!picture.count) return;
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let at = 0; at < picture.count; at += 1) {
      const r = painter.radius[at] + 26;
      left = Math.min(left, picture.x[at] - r);
      right = Math.max(right, picture.x[at] + r);
      top = Math.min(top, picture.y[at] - r);
      bottom = Math.max(bottom, picture.y[at] + r);
    }
    const { apart } = picture;
    if (apart) {
      [left, right] = [Math.min(left, apart.x), Math.max(right, apart.x + apart.width)];
      [top, bottom] = [Math.min(top, apart.y - 34), Math.max(bottom, apart.y + apart.height)];
    }
    // What lies over the drawing's edges is left free: search and tools above, the legend beneath.
    const { head, foot, side } = this.map.margins();
    const width = Math.max(1, this.stage.clientWidth - 2 * side);
    const height = Math.max(1, this.stage.clientHeight - head - foot);
    const scale = Math.min(width / (right - left), height / (bottom - top), LARGEST);
    this.fitted = scale;
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 + (foot - head) / 2 / scale };
    this.go({ position, scale }, animated ? 500 : 0);
  }

  zoom(by) {
    this.touched = true;
    this.go({ scale: this.net.getScale() * by }, 200);
  }

  pan(across, down) {
    this.touched = true;
    const { x, y } = this.net.getViewPosition();
    const scale = this.net.getScale();
    this.go({ position: { x: x + across / scale, y: y + down / scale } }, 160);
  }

  fly(at, { animated = true } = {}) {
    this.touched = true;
    const scale = Math.max(this.net.getScale(), (this.fitted || 1) * 1.8);
    const { x, y } = this.map.place;
    this.go({ position: { x: x[at], y: y[at] }, scale, offset: this.clearOfPanel() }, animated ? 700 : 0);
  }

  // The panel takes a side of the stage: what is looked at comes to stand in the middle of what is left.
  beside() {
    return this.stage.clientWidth < 560 ? 0 : (this.map.panel.root.offsetWidth || 290) + 70;
  }

  clearOfPanel() {
    const beside = this.beside();
    return beside ? { x: -beside / 2, y: 0 } : { x: 0, y: -this.stage.clientHeight / 4 };
  }

  // A view that holds all of these people, with their names.
  hold(people, { animated = true } = {}) {
    const { x, y } = this.map.place;
    const [left, right] = extent(x, people);
    const [top, bottom] = extent(y, people);
    const beside = this.beside();
    const across = Math.max(80, this.stage.clientWidth - beside - (beside ? 190 : 120)) / (right - left + 20);
    const down = ((beside ? 0.68 : 0.3) * this.stage.clientHeight) / (bottom - top + 20);
    const scale = Math.min(across, down, (this.fitted || 1) * 3, LARGEST);
    this.touched = true;
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
    this.go({ position, scale, offset: this.clearOfPanel() }, animated ? 700 : 0);
  }

  resized() {
    // vis-network compares the sizes that it was told, which are still "100%": the new ones are measured here.
    this.net.setSize("100%", "100%");
    this.net.redraw();
  }

  leave() {
    clearTimeout(this.resting);
    this.net.destroy();
  }
}
