// The living map: one drawing that stays while data comes and goes. Every text is put in as text, never as HTML.
// `network_map_pieces.js` is put before this file: the two are one module.

const living = new WeakMap();
const CALM = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const FRESH_MS = 4500;
const MOVE_MS = 700;

export default function (component) {
  const { parentElement, data } = component;
  let map = living.get(parentElement);
  if (!map) {
    map = new LivingMap(parentElement);
    living.set(parentElement, map);
  }
  map.show(data);
  return () => {
    map.leave();
    living.delete(parentElement);
  };
}

class LivingMap {
  constructor(parent) {
    this.parent = parent;
    this.chosen = new Set();
    this.focus = null;
    this.fresh = new Map();
    this.at = new Map();
    this.touched = false;
    this.active = false;
    this.build();
    this.watch = new ResizeObserver(() => this.resized());
    this.watch.observe(this.stage);
  }

  build() {
    const root = (this.root = element("div", "map"));
    this.stage = element("div", "stage");
    this.stage.setAttribute("role", "img");
    const hint = (this.hint = element("div", "hint", "Hold Ctrl (or ⌘) and scroll to zoom, or click the map first"));
    this.tip = element("div", "tip");
    this.tip.setAttribute("role", "status");
    this.panel = element("section", "panel");
    this.panel.hidden = true;
    this.panel.tabIndex = -1;
    this.legend = element("div", "legend");
    this.count = element("p", "count");
    this.count.setAttribute("aria-live", "polite");

    const search = element("div", "search");
    this.field = element("input");
    Object.assign(this.field, { type: "search", placeholder: "Find a person", autocomplete: "off", spellcheck: false });
    this.field.setAttribute("aria-label", "Find a person on the map");
    this.found = element("div", "found");
    this.found.hidden = true;
    search.append(this.field, this.found);
    this.field.addEventListener("input", () => this.seek());
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.found.querySelector("button")?.click();
      if (event.key === "ArrowDown") this.found.querySelector("button")?.focus();
      if (event.key === "Escape") this.forgetSearch();
    });

    const tools = element("div", "tools");
    tools.append(
      button("tool", "Zoom in", "nearer", () => this.zoom(1.4)),
      button("tool", "Zoom out", "farther", () => this.zoom(1 / 1.4)),
      button("tool", "Show everybody", "whole", () => this.fit(true)),
      button("tool", "Full screen", "large", () => this.enlarge()),
    );
    root.append(this.stage, search, tools, this.legend, this.count, hint, this.tip, this.panel);

    // A page must scroll past the map: the wheel zooms only with Ctrl or ⌘, once the map was clicked, or full screen.
    this.stage.addEventListener(
      "wheel",
      (event) => {
        if (event.ctrlKey || event.metaKey || this.active || this.isLarge()) return;
        event.stopImmediatePropagation();
        this.hint.classList.add("seen");
        clearTimeout(this.hinting);
        this.hinting = setTimeout(() => this.hint.classList.remove("seen"), 1400);
      },
      { capture: true, passive: true },
    );
    this.stage.addEventListener("pointerdown", () => (this.active = true));
    root.addEventListener("pointerleave", () => {
      this.active = false;
      this.tip.classList.remove("seen");
    });
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.closePanel();
      this.root.classList.remove("large");
    });
    // A colour that takes a moment to follow the theme tells when the theme has changed.
    const sensor = (this.sensor = element("i", "sensor"));
    sensor.addEventListener("transitionend", () => this.themed());
    root.append(sensor);
    (this.parent.querySelector(".nh-map") || this.parent).append(root);
  }

  isDark() {
    const found = getComputedStyle(this.sensor).color.match(/[\d.]+/g) || [255, 255, 255];
    const [r, g, b] = found.map(Number);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128;
  }

  themed() {
    if (!this.data || !this.net) return;
    this.colours = this.data.palettes[this.isDark() ? "dark" : "light"];
    this.dress();
    this.drawLegend();
    if (this.focus) this.openPanel(this.focus, { attend: false });
  }

  async show(data) {
    this.next = data;
    let vis;
    try {
      vis = await library(data.base);
      const [text, title] = [data.fonts.text, data.fonts.title].map((family) => family.split(",")[0]);
      const faces = [`400 13px ${text}`, `600 13px ${text}`, `italic 500 15px ${title}`];
      const ready = Promise.all(faces.map((face) => document.fonts.load(face)));
      await Promise.race([ready, new Promise((go) => setTimeout(go, 250))]);
      ready.then(() => this.net?.redraw(), () => {});
    } catch {
      this.root.classList.add("failed");
      this.count.textContent = "The map could not be drawn. The table beneath holds the same.";
      return;
    }
    if (this.gone || this.next !== data) return;
    const first = !this.net;
    this.given = data;
    this.shape = this.stage.clientWidth / this.stage.clientHeight;
    this.data = arranged(data, this.stage);
    this.people = new Map(this.data.nodes.map((node) => [node.id, node]));
    this.ranked = [...this.data.nodes].sort((a, b) => b.ties - a.ties || (a.name < b.name ? -1 : 1));
    this.ties = new Map(data.nodes.map((node) => [node.id, []]));
    for (const edge of data.edges) {
      this.ties.get(edge.from)?.push(edge);
      this.ties.get(edge.to)?.push(edge);
    }
    this.colours = data.palettes[this.isDark() ? "dark" : "light"];
    this.stage.setAttribute("aria-label", data.words);
    const groups = new Set(data.legend.entries.map((entry) => entry.group));
    if (this.legendOf !== data.legend.title) this.chosen.clear();
    this.legendOf = data.legend.title;
    for (const group of this.chosen) if (!groups.has(group)) this.chosen.delete(group);
    if (this.focus && !this.people.has(this.focus)) this.closePanel();
    this.drawLegend();
    if (first) this.begin(vis);
    else this.renew();
    if (this.focus) this.openPanel(this.focus, { attend: false });
  }

  begin(vis) {
    for (const node of this.data.nodes) this.at.set(node.id, { x: node.x, y: node.y });
    this.nodes = new vis.DataSet(this.data.nodes.map((node) => this.dressed(node)));
    this.edges = new vis.DataSet(this.data.edges.map((edge) => this.tied(edge)));
    this.net = new vis.Network(this.stage, { nodes: this.nodes, edges: this.edges }, this.data.options);
    this.net.on("click", (event) => (event.nodes.length ? this.openPanel(event.nodes[0]) : this.closePanel()));
    this.net.on("hoverNode", (event) => this.showTip(event.node));
    this.net.on("blurNode", () => this.tip.classList.remove("seen"));
    this.net.on("dragStart", () => {
      this.touched = true;
      this.tip.classList.remove("seen");
    });
    this.net.on("zoom", () => (this.touched = true));
    this.net.on("beforeDrawing", (pen) => this.drawBeneath(pen));
    this.net.on("afterDrawing", (pen) => this.drawLabels(pen));
    this.fit(false);
    requestAnimationFrame(() => requestAnimationFrame(() => (this.root.dataset.still = "true")));
  }

  renew() {
    const now = performance.now();
    const known = new Set(this.nodes.getIds());
    const keptEdges = new Set(this.edges.getIds());
    const goneNodes = [...known].filter((id) => !this.people.has(id));
    const wanted = new Set(this.data.edges.map((edge) => edge.id));
    const goneEdges = [...keptEdges].filter((id) => !wanted.has(id));
    this.fresh.clear();
    // When most of the map is new, nothing of it is news.
    const news = this.data.nodes.filter((node) => !known.has(node.id)).length;
    const tell = known.size > 0 && news <= Math.max(8, known.size / 4);
    const moves = [];
    for (const node of this.data.nodes) {
      if (known.has(node.id)) {
        const from = this.at.get(node.id);
        if (Math.hypot(from.x - node.x, from.y - node.y) > 0.5) moves.push({ id: node.id, from: { ...from }, to: node });
      } else {
        this.at.set(node.id, { x: node.x, y: node.y });
        if (tell) this.fresh.set(node.id, now);
      }
    }
    if (tell) for (const edge of this.data.edges) if (!keptEdges.has(edge.id)) this.fresh.set(edge.id, now);
    if (this.fresh.size > 60) this.fresh.clear();
    this.edges.remove(goneEdges);
    this.nodes.remove(goneNodes);
    for (const id of goneNodes) this.at.delete(id);
    this.dress();
    this.move(moves);
    if (this.fresh.size) this.fade();
  }

  move(moves) {
    cancelAnimationFrame(this.moving);
    if (!moves.length) return this.settle();
    const begun = performance.now();
    const step = (time) => {
      if (this.gone) return;
      const share = CALM() ? 1 : Math.min(1, (time - begun) / MOVE_MS);
      const eased = 1 - (1 - share) ** 3;
      for (const { id, from, to } of moves) {
        const place = { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased };
        this.at.set(id, place);
        this.net.moveNode(id, place.x, place.y);
      }
      if (share < 1) this.moving = requestAnimationFrame(step);
      else this.settle();
    };
    this.moving = requestAnimationFrame(step);
  }

  settle() {
    if (!this.touched) this.fit(true);
    else this.net.redraw();
  }

  fade() {
    clearTimeout(this.fading);
    const begun = performance.now();
    const pulse = () => {
      if (this.gone || !this.fresh.size || CALM()) return;
      this.net.redraw();
      if (performance.now() - begun < FRESH_MS) requestAnimationFrame(pulse);
    };
    requestAnimationFrame(pulse);
    this.fading = setTimeout(() => {
      if (this.gone) return;
      this.fresh.clear();
      this.dress();
    }, FRESH_MS);
  }

  isShown(node) {
    return !this.chosen.size || this.chosen.has(node.group);
  }

  near() {
    if (!this.focus) return null;
    const near = new Set([this.focus]);
    for (const edge of this.ties.get(this.focus) || []) near.add(edge.from).add(edge.to);
    return near;
  }

  hue(group) {
    return group < 0 ? this.colours.quiet : this.colours.groups[group % this.colours.groups.length];
  }

  dressed(node, near = null) {
    const c = this.colours;
    const strong = this.isShown(node) && (!near || near.has(node.id));
    const place = this.at.get(node.id);
    const chosen = node.id === this.focus;
    const fill = this.hue(node.group);
    const colour = { background: fill, border: chosen ? c.ink : c.paper };
    return {
      id: node.id,
      x: place.x,
      y: place.y,
      shape: node.shape,
      size: node.size,
      opacity: strong ? 1 : 0.14,
      borderWidth: chosen ? 3 : 1.5,
      color: { ...colour, highlight: { background: fill, border: c.ink }, hover: { background: fill, border: c.ink } },
    };
  }

  tied(edge, near = null) {
    const c = this.colours;
    const ends = [this.people.get(edge.from), this.people.get(edge.to)];
    const shown = ends.every((node) => node && this.isShown(node));
    const focused = near && (edge.from === this.focus || edge.to === this.focus);
    const fresh = this.fresh.has(edge.id);
    const share = !shown ? 0.03 : near ? (focused ? 0.95 : 0.06) : fresh ? 1 : this.data.faint;
    const paint = clear(fresh ? c.accent : focused ? c.ink : c.muted, share);
    return {
      id: edge.id,
      from: edge.from,
      to: edge.to,
      width: fresh ? edge.width + 1.5 : edge.width,
      dashes: edge.dashes || false,
      color: { color: paint, highlight: paint, hover: paint, inherit: false },
    };
  }

  dress() {
    if (!this.net) return;
    const near = this.near();
    this.nodes.update(this.data.nodes.map((node) => this.dressed(node, near)));
    this.edges.update(this.data.edges.map((edge) => this.tied(edge, near)));
    this.tell();
  }

  tell() {
    const shown = this.data.nodes.filter((node) => this.isShown(node)).length;
    const whole = this.data.of;
    const [some, all] = [shown, whole].map((count) => count.toLocaleString("en"));
    this.count.textContent = shown === whole ? `${all} ${whole === 1 ? "person" : "people"}` : `${some} of ${all} shown`;
  }

  // ---- what is drawn on the canvas besides people and ties

  drawBeneath(pen) {
    const { apart } = this.data;
    if (apart) {
      pen.save();
      pen.fillStyle = clear(this.colours.quiet, 0.13);
      pen.beginPath();
      pen.roundRect(apart.x, apart.y, apart.width, apart.height, 18);
      pen.fill();
      pen.restore();
    }
    const now = performance.now();
    for (const [id, begun] of this.fresh) {
      const place = this.at.get(id);
      if (!place || !this.people.has(id)) continue;
      const age = CALM() ? 0.3 : ((now - begun) % 1500) / 1500;
      pen.beginPath();
      pen.arc(place.x, place.y, this.people.get(id).size + 4 + 22 * age, 0, 2 * Math.PI);
      pen.strokeStyle = clear(this.colours.accent, 1 - age);
      pen.lineWidth = 4;
      pen.stroke();
    }
  }

  drawLabels(pen) {
    const { ratio, scale, origin, width, height } = this.view(pen);
    const dark = this.colours;
    const near = this.near();
    const closer = scale / (this.fitted || scale);
    const large = this.isLarge();
    const font = width < 560 ? (large ? 13 : 11.5) : large ? (width > 1500 ? 18 : 15) : 13;
    const room = Math.max(10, Math.round(((width * height) / (large ? 16000 : 12000)) * closer * closer));
    const gap = closer > 2.4 ? 1 : 4;
    const taken = [];
    const free = (box) => !taken.some((t) => box.x < t.x + t.w && t.x < box.x + box.w && box.y < t.y + t.h && t.y < box.y + box.h);
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.textBaseline = "alphabetic";
    pen.lineJoin = "round";
    if (this.data.apart) {
      const { apart } = this.data;
      const x = origin.x + apart.x * scale;
      const y = origin.y + apart.y * scale - 8;
      pen.font = `italic 500 ${font + 2}px ${this.data.fonts.title}`;
      pen.fillStyle = dark.muted;
      pen.fillText(apart.text, x, y);
      taken.push({ x, y: y - font - 4, w: pen.measureText(apart.text).width, h: font + 8 });
    }
    let drawn = 0;
    const done = new Set();
    const crowd = this.crowd(origin, scale, width, height);
    const listed = this.data.apart && this.data.apart.listed;
    const focused = this.focus ? [this.people.get(this.focus)] : [];
    const alone = listed ? this.ranked.filter((node) => !node.ties) : [];
    for (const node of [...focused, ...alone, ...this.ranked]) {
      if (!this.isShown(node) || (near && !near.has(node.id)) || done.has(node.id)) continue;
      if (!near && drawn >= room && !(listed && !node.ties)) break;
      done.add(node.id);
      const place = this.at.get(node.id);
      const x = origin.x + place.x * scale;
      const y = origin.y + place.y * scale;
      if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
      const strong = node.id === this.focus;
      pen.font = `${strong || node.ties >= this.data.many ? 600 : 400} ${strong ? font + 3 : font}px ${this.data.fonts.text}`;
      const text = closer > 1.6 || strong ? node.name : node.short;
      const w = pen.measureText(text).width;
      const r = Math.max(2, node.size * scale) + 3;
      const h = font + 3;
      const spots = [
        [x - w / 2, y + r + font - 1],
        [x - w / 2, y - r - 3],
        [x + r + 1, y + font * 0.34],
        [x - r - w - 1, y + font * 0.34],
      ];
      if (!node.ties) spots.unshift(spots.splice(2, 1)[0]);
      // Of the spots that cover no other label, the one that covers the fewest people; none that would hide a crowd.
      let best = null;
      for (const [sx, sy] of spots) {
        const box = { x: sx - gap, y: sy - font - gap / 2, w: w + 2 * gap, h: h + gap };
        if (!strong && !free(box)) continue;
        if (sx < 2 || sx + w > width - 2 || sy < font || sy > height - 2) continue;
        const covers = crowd({ x: sx, y: sy - font + 2, w, h: font });
        if (!best || covers < best.covers) best = { sx, sy, box, covers };
        if (!covers) break;
      }
      if (!best || (!strong && best.covers > (closer > 1.6 || near ? 3 : 1))) continue;
      taken.push(best.box);
      drawn += node.ties || !listed ? 1 : 0;
      pen.strokeStyle = clear(dark.paper, 0.88);
      pen.lineWidth = 3.5;
      pen.strokeText(text, best.sx, best.sy);
      pen.fillStyle = dark.ink;
      pen.fillText(text, best.sx, best.sy);
    }
    this.labelled = drawn;
    pen.restore();
  }

  // How many people a box on the screen covers, looked up by squares so that it stays quick among thousands.
  crowd(origin, scale, width, height) {
    const side = 48;
    const squares = new Map();
    for (const node of this.ranked) {
      const place = this.at.get(node.id);
      const x = origin.x + place.x * scale;
      const y = origin.y + place.y * scale;
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const square = `${Math.floor(x / side)},${Math.floor(y / side)}`;
      if (!squares.has(square)) squares.set(square, []);
      squares.get(square).push([x, y, node.size * scale * 0.6]);
    }
    return (box) => {
      let covered = 0;
      for (let i = Math.floor((box.x - 12) / side); i <= (box.x + box.w + 12) / side; i += 1)
        for (let j = Math.floor((box.y - 12) / side); j <= (box.y + box.h + 12) / side; j += 1)
          for (const [x, y, r] of squares.get(`${i},${j}`) || [])
            if (x + r > box.x && x - r < box.x + box.w && y + r > box.y && y - r < box.y + box.h) covered += 1;
      return covered;
    };
  }

  view(pen) {
    const ratio = pen.canvas.width / (this.stage.clientWidth || 1);
    const scale = this.net.getScale();
    const origin = this.net.canvasToDOM({ x: 0, y: 0 });
    return { ratio, scale, origin, width: this.stage.clientWidth, height: this.stage.clientHeight };
  }

  // ---- where one looks

  fit(animated) {
    if (!this.net) return;
    this.touched = false;
    const spots = this.data.nodes.map((node) => ({ ...node, r: node.size + 26 }));
    if (!spots.length) return;
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y, r } of spots) {
      left = Math.min(left, x - r);
      right = Math.max(right, x + r);
      top = Math.min(top, y - r);
      bottom = Math.max(bottom, y + r);
    }
    if (this.data.apart) {
      const { apart } = this.data;
      top = Math.min(top, apart.y - 34);
      right = Math.max(right, apart.x + apart.width);
    }
    // What lies over the drawing's edges is left free: search and tools above, the legend beneath.
    const head = 54;
    const foot = this.stage.clientHeight - this.legend.offsetTop + 6;
    const width = Math.max(1, this.stage.clientWidth - 2 * (this.stage.clientWidth < 560 ? 10 : 52));
    const height = Math.max(1, this.stage.clientHeight - head - foot);
    const scale = Math.min(width / (right - left), height / (bottom - top), 1.6);
    this.fitted = scale;
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 + (foot - head) / 2 / scale };
    this.net.moveTo({ position, scale, animation: animated && !CALM() ? { duration: 500, easingFunction: "easeInOutCubic" } : false });
  }

  zoom(by) {
    this.touched = true;
    this.net?.moveTo({ scale: this.net.getScale() * by, animation: CALM() ? false : { duration: 220, easingFunction: "easeInOutQuad" } });
  }

  fly(id) {
    this.touched = true;
    const scale = Math.max(this.net.getScale(), (this.fitted || 1) * 1.8);
    // The panel takes a side of the page: the person comes to stand in the middle of what is left.
    const narrow = this.stage.clientWidth < 560;
    const offset = narrow ? { x: 0, y: -this.stage.clientHeight / 4 } : { x: -140, y: 0 };
    const animation = CALM() ? false : { duration: 700, easingFunction: "easeInOutCubic" };
    this.net.moveTo({ position: this.at.get(id), scale, offset, animation });
    this.openPanel(id);
  }

  resized() {
    if (!this.net) return;
    this.net.setSize("100%", "100%");
    const shape = this.stage.clientWidth / this.stage.clientHeight;
    if (Math.abs(Math.log(shape / this.shape)) > 0.1 && this.given) {
      this.shape = shape;
      this.show(this.given);
    }
    if (this.touched) this.net.redraw();
    else this.fit(false);
  }

  isLarge() {
    return document.fullscreenElement !== null && this.root.getRootNode().fullscreenElement === this.root || this.root.classList.contains("large");
  }

  enlarge() {
    if (this.isLarge()) {
      this.root.classList.remove("large");
      if (document.fullscreenElement) document.exitFullscreen();
    } else if (this.root.requestFullscreen) {
      this.root.requestFullscreen().catch(() => this.root.classList.add("large"));
    } else {
      this.root.classList.add("large");
    }
    this.touched = false;
  }

  // ---- words about people

  seek() {
    const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const sought = folded(this.field.value.trim());
    this.found.replaceChildren();
    this.found.hidden = !sought;
    if (!sought) return;
    const begins = (node) => folded(node.name).split(/\s+/).some((word) => word.startsWith(sought));
    const matches = this.ranked.filter((node) => folded(node.name).includes(sought));
    matches.sort((a, b) => begins(b) - begins(a));
    for (const node of matches.slice(0, 7)) {
      const row = element("button", "", node.name);
      row.type = "button";
      row.append(element("span", "", node.ties === 1 ? "1 tie" : `${node.ties} ties`));
      row.addEventListener("click", () => {
        this.forgetSearch();
        this.fly(node.id);
      });
      row.addEventListener("keydown", (event) => {
        if (event.key === "ArrowDown") row.nextSibling?.focus?.();
        if (event.key === "ArrowUp") (row.previousSibling || this.field).focus();
      });
      this.found.append(row);
    }
    if (!matches.length) this.found.append(element("p", "", "Nobody on this map by that name"));
  }

  forgetSearch() {
    this.field.value = "";
    this.found.hidden = true;
    this.found.replaceChildren();
  }

  showTip(id) {
    const node = this.people.get(id);
    if (!node || node.id === this.focus) return;
    const lines = [element("strong", "", node.name), element("span", "", this.counted(node))];
    for (const [, value] of node.about.slice(0, 2)) lines.push(element("span", "", value));
    this.tip.replaceChildren(...lines);
    const place = this.net.canvasToDOM(this.at.get(id));
    const left = Math.min(Math.max(90, place.x), this.stage.clientWidth - 90);
    this.tip.style.left = `${left}px`;
    this.tip.style.top = `${place.y + (place.y < 110 ? 1 : -1) * (node.size * this.net.getScale() + 10)}px`;
    this.tip.classList.toggle("below", place.y < 110);
    this.tip.classList.add("seen");
  }

  counted(node) {
    return node.ties === 0 ? "no tie yet" : node.ties === 1 ? "1 tie" : `${node.ties} ties`;
  }

  openPanel(id, { attend = true } = {}) {
    const node = this.people.get(id);
    if (!node) return;
    this.focus = id;
    this.tip.classList.remove("seen");
    const head = element("header");
    head.append(element("h4", "", node.name), button("close", "Close", "close", () => this.closePanel()));
    const parts = [head];
    if (node.about.length) {
      const list = element("dl");
      for (const [label, value] of node.about) list.append(element("dt", "", label), element("dd", "", value));
      parts.push(list);
    }
    const ties = (this.ties.get(id) || [])
      .map((edge) => ({ edge, other: this.people.get(edge.from === id ? edge.to : edge.from) }))
      .sort((a, b) => (b.edge.strength || 0) - (a.edge.strength || 0) || (a.other.name < b.other.name ? -1 : 1));
    parts.push(element("h5", "", this.counted(node)));
    const list = element("ul");
    for (const { edge, other } of ties) {
      const row = element("li");
      const open = element("button", "", "");
      open.type = "button";
      const mark = outline(other.shape);
      mark.style.fill = this.hue(other.group);
      open.append(mark, element("b", "", other.name), element("span", "", edge.says));
      open.addEventListener("click", () => this.fly(other.id));
      row.append(open);
      list.append(row);
    }
    parts.push(list);
    const unseen = node.ties - ties.filter(({ edge }) => !edge.dashes).length;
    if (unseen > 0) parts.push(element("p", "unseen", `${ties.length ? "and " : ""}${unseen} with people not on the map now`));
    this.panel.setAttribute("aria-label", node.name);
    this.panel.replaceChildren(...parts);
    this.panel.hidden = false;
    this.root.classList.add("paneled");
    if (attend) this.panel.focus({ preventScroll: true });
    this.dress();
  }

  closePanel() {
    if (!this.focus) return;
    this.focus = null;
    this.panel.hidden = true;
    this.root.classList.remove("paneled");
    this.net?.unselectAll();
    this.dress();
  }

  drawLegend() {
    const { title, entries } = this.data.legend;
    const rows = [];
    if (this.chosen.size) {
      const all = element("button", "key all", "Show all");
      all.type = "button";
      all.addEventListener("click", () => {
        this.chosen.clear();
        this.dress();
        this.drawLegend();
      });
      rows.push(all);
    } else if (entries.length) {
      rows.push(element("span", "of", title));
    }
    for (const entry of entries) {
      const row = element("button", "key");
      row.type = "button";
      const mark = outline(entry.shape);
      mark.style.fill = this.hue(entry.group);
      row.append(mark, element("b", "", entry.label), element("span", "", String(entry.count)));
      const on = this.chosen.has(entry.group);
      row.setAttribute("aria-pressed", String(on));
      row.classList.toggle("off", this.chosen.size > 0 && !on);
      row.addEventListener("click", () => {
        if (!this.chosen.delete(entry.group)) this.chosen.add(entry.group);
        if (this.chosen.size === entries.length) this.chosen.clear();
        this.dress();
        this.drawLegend();
      });
      rows.push(row);
    }
    this.legend.replaceChildren(...rows);
    this.tell();
  }

  leave() {
    this.gone = true;
    this.watch.disconnect();
    clearTimeout(this.fading);
    clearTimeout(this.hinting);
    cancelAnimationFrame(this.moving);
    this.net?.destroy();
    this.root.remove();
  }
}
