// The living map: one drawing that stays while data comes and goes. Every text is put in as text, never as HTML.

const FRESH_MS = 4500;
const MOVE_MS = 700;
const MOST_NEWS = 60;

class LivingMap {
  constructor(parent, { alone = false, ask = null } = {}) {
    this.parent = parent;
    this.ask = ask;
    this.address = new Address({ alone });
    this.details = new Details();
    this.words = { words: "", named: "" };
    this.view = { size: "ties", lines: "strength", names: "names" };
    this.only = new Set();
    this.fresh = { people: new Map(), ties: new Set() };
    [this.focus, this.target, this.tieInFocus, this.way] = [null, null, null, null];
    this.steps = 1;
    this.presenting = false;
    this.build();
    this.painter = new Painter(this);
    this.labels = new Labels(this);
    this.watch = new ResizeObserver(() => this.resized());
    this.watch.observe(this.stage);
  }

  build() {
    const root = (this.root = element("div", "map"));
    root.livingMap = this; // for tests and benchmarks, which ask where people stand
    this.stage = element("div", "stage");
    this.stage.setAttribute("role", "img");
    this.stage.tabIndex = 0;
    this.hint = element("div", "hint", "Hold Ctrl (or ⌘) and scroll to zoom, or click the map first");
    this.tip = new Tip(this);
    this.count = element("p", "count");
    this.count.setAttribute("aria-live", "polite");
    this.panel = new Panel(this);
    this.search = new Search(this);
    this.legend = new Legend(this);
    this.viewMenu = new ViewMenu(this);
    const tools = element("div", "tools");
    const view = button("tool", "How the map is drawn", "view", () => this.viewMenu.toggle());
    view.setAttribute("aria-expanded", "false");
    this.viewMenu.opener = view;
    const present = button("tool present", "Presenter view", "large", () => this.presenter.toggle());
    tools.append(
      button("tool", "Zoom in", "nearer", () => this.camera?.zoom(1.4)),
      button("tool", "Zoom out", "farther", () => this.camera?.zoom(1 / 1.4)),
      button("tool", "Show everybody", "whole", () => this.camera?.fit(true)),
      view,
      present,
    );
    this.folder = button("fold", "Controls of the map", "controls", () => this.fold());
    this.folder.setAttribute("aria-expanded", "false");
    root.append(this.stage, this.search.root, tools, this.viewMenu.root, this.folder, this.legend.root, this.count);
    root.append(this.hint, this.tip.root, this.panel.root);
    // There is nothing to search or to draw otherwise until the map is there.
    this.useful(false);
    this.presenter = new Presenter(this);
    this.listen();
    // A colour that takes a moment to follow the theme tells when the theme has changed.
    const sensor = (this.sensor = element("i", "sensor"));
    sensor.addEventListener("transitionend", () => this.themed());
    root.append(sensor);
    (this.parent.querySelector(".nh-map") || this.parent).append(root);
  }

  useful(is) {
    for (const part of this.root.querySelectorAll(".search, .tools, .fold")) part.inert = !is;
  }

  // On a phone all controls lie behind one button.
  fold(open = !this.root.classList.contains("opened")) {
    this.root.classList.toggle("opened", open);
    this.folder.setAttribute("aria-expanded", String(open));
    if (!open && !this.viewMenu.root.hidden) this.viewMenu.toggle(false);
  }

  listen() {
    // A page must scroll past the map: the wheel zooms only with Ctrl or ⌘, once the map was clicked, or full screen.
    this.stage.addEventListener(
      "wheel",
      (event) => {
        if (event.ctrlKey || event.metaKey || this.active || this.presenting) return;
        event.stopImmediatePropagation();
        this.hint.classList.add("seen");
        clearTimeout(this.hinting);
        this.hinting = setTimeout(() => this.hint.classList.remove("seen"), 1400);
      },
      { capture: true, passive: true },
    );
    this.stage.addEventListener("pointerdown", () => {
      this.active = true;
      this.wasTouched = this.camera?.touched;
    });
    // A finger that turned out to move the page has not moved the map.
    this.stage.addEventListener("pointercancel", () => {
      if (this.camera && !this.wasTouched) this.camera.fit(false);
    });
    this.stage.addEventListener("pointermove", (event) => this.tip.over(event));
    this.stage.addEventListener("focus", () => this.stage.classList.toggle("keyed", this.stage.matches(":focus-visible")));
    this.stage.addEventListener("blur", () => this.stage.classList.remove("keyed"));
    this.root.addEventListener("pointerleave", () => {
      this.active = false;
      this.tip.hide();
    });
  }

  // ---- data

  async show(data) {
    // Every run of the page sends the map again: what is the same leaves what is on the screen as it is.
    if (this.next?.version === data.version) return;
    this.next = data;
    let vis;
    try {
      vis = await library(data.base);
      const [text, title] = [data.fonts.text, data.fonts.title].map((family) => family.split(",")[0]);
      const faces = [`400 13px ${text}`, `600 13px ${text}`, `italic 500 15px ${title}`];
      const ready = faces.map((face) => document.fonts.load(face));
      // The page's own letters are here already, as a rule; the heading's may come a moment after the drawing.
      const names = Promise.all(ready.slice(0, 2)).then(() => true, () => false);
      const inTime = await Promise.race([names, new Promise((go) => setTimeout(go, 120))]);
      Promise.all(ready).then(() => (inTime ? this.redraw() : this.renamed()), () => {});
    } catch {
      this.next = null;
      this.root.classList.add("failed");
      this.count.textContent = "The map could not be drawn. The table beneath holds the same.";
      return;
    }
    if (this.gone || this.next !== data) return;
    if (data.details) this.details.take(data.details);
    if (data.words) this.words = data;
    const before = this.picture;
    this.data = data;
    const [focus, target] = [before?.ids[this.focus], before?.ids[this.target]];
    const tie = before && this.tieInFocus !== null ? before.tieId(this.tieInFocus) : null;
    this.reshaped();
    this.picture = new Picture(data, this.shape);
    this.colours = data.palettes[this.isDark() ? "dark" : "light"];
    if (!before) restored(this);
    else {
      if (this.legendOf !== data.legend.title) this.only.clear();
      const groups = new Set([...data.legend.entries.map((entry) => entry.group), SILENT]);
      for (const group of this.only) if (!groups.has(group)) this.only.delete(group);
      this.focus = this.picture.number.get(focus) ?? null;
      this.target = this.picture.number.get(target) ?? null;
      this.tieInFocus = this.picture.tieOf(tie);
    }
    this.legendOf = data.legend.title;
    if (!(this.view.names in this.picture.called)) this.view.names = data.called.style;
    this.findWay();
    this.called();
    if (before) this.renew(before);
    else this.begin(vis);
    if (!this.viewMenu.root.hidden) this.viewMenu.draw();
    this.presenter.tell();
    this.tellPanel();
    remembered(this);
  }

  begin(vis) {
    this.place = standing(this.picture);
    this.painter.prepare();
    this.legend.draw();
    this.tell();
    this.camera = new Camera(this, vis);
    this.useful(true);
    if (this.presenting) this.presenter.begin({ asked: false });
    this.camera.fit(false);
    if (this.way || this.tieInFocus !== null) this.camera.hold([...this.near()], { animated: false });
    else if (this.focus !== null) this.camera.fly(this.focus, { animated: false });
    requestAnimationFrame(() => requestAnimationFrame(() => this.stands()));
  }

  // The picture is on the screen: what waits for it on the page, such as all that lies beneath, may follow.
  stands() {
    if (this.gone) return;
    this.root.dataset.still = "true";
    (window.nethealthStanding ??= new Set()).add(this.key);
    window.dispatchEvent(new CustomEvent("nethealth-stands", { detail: this.key }));
  }

  // New data moves what is there: people keep their places until they walk to the new ones, and what is new shows.
  renew(before) {
    const now = performance.now();
    const { picture } = this;
    const news = [];
    const place = standing(picture);
    picture.ids.forEach((id, at) => {
      const was = before.number.get(id);
      if (was === undefined) news.push(id);
      else [place.x[at], place.y[at]] = [this.place.x[was], this.place.y[was]];
    });
    this.place = place;
    this.fresh = { people: new Map(), ties: new Set() };
    // When most of the map is new, nothing of it is news.
    if (before.count > 0 && news.length <= Math.max(8, before.count / 4)) {
      const known = new Set(Array.from(before.from, (_, tie) => before.tieId(tie)));
      const ties = Array.from(picture.from, (_, tie) => tie).filter((tie) => !known.has(picture.tieId(tie)));
      if (news.length + ties.length <= MOST_NEWS) {
        for (const id of news) this.fresh.people.set(id, now);
        this.fresh.ties = new Set(ties);
      }
    }
    this.painter.prepare();
    this.legend.draw();
    this.tell();
    this.walk();
    if (this.fresh.people.size || this.fresh.ties.size) this.fade();
  }

  walk() {
    cancelAnimationFrame(this.walking);
    const { picture, place } = this;
    const from = standing(place);
    let far = 0;
    for (let at = 0; at < picture.count; at += 1)
      far = Math.max(far, Math.abs(from.x[at] - picture.x[at]), Math.abs(from.y[at] - picture.y[at]));
    if (far < 0.5) return this.settle();
    const begun = performance.now();
    const step = (time) => {
      if (this.gone) return;
      const share = CALM() ? 1 : Math.min(1, Math.max(0, time - begun) / MOVE_MS);
      const eased = 1 - (1 - share) ** 3;
      for (let at = 0; at < picture.count; at += 1) {
        place.x[at] = from.x[at] + (picture.x[at] - from.x[at]) * eased;
        place.y[at] = from.y[at] + (picture.y[at] - from.y[at]) * eased;
      }
      this.camera.moves();
      this.camera.net.redraw();
      if (share < 1) this.walking = requestAnimationFrame(step);
      else this.settle();
    };
    this.walking = requestAnimationFrame(step);
  }

  settle() {
    if (this.camera.touched) this.camera.net.redraw();
    else this.camera.fit(true);
  }

  fade() {
    clearTimeout(this.fading);
    const begun = performance.now();
    const pulse = () => {
      if (this.gone || CALM() || !(this.fresh.people.size || this.fresh.ties.size)) return;
      this.camera.net.redraw();
      if (performance.now() - begun < FRESH_MS) requestAnimationFrame(pulse);
    };
    if (this.fresh.people.size) requestAnimationFrame(pulse);
    else this.camera.net.redraw();
    this.fading = setTimeout(() => {
      if (this.gone) return;
      this.fresh = { people: new Map(), ties: new Set() };
      this.camera.net.redraw();
    }, FRESH_MS);
  }

  // ---- what is seen of it

  // Who did not answer is for staff at a desk, never for a wall that a whole room sees.
  get silent() {
    return this.presenting ? NOBODY : this.picture.silent;
  }

  // What lines show. Trust and its like are as little for a wall, and not every wave has them.
  get lines() {
    const { lines } = this.view;
    return lines === "type" || (lines in this.picture.said && !this.presenting) ? lines : "strength";
  }

  isShown(at) {
    const { only, picture } = this;
    if (!only.size) return true;
    if (only.has(SILENT)) {
      if (!this.silent.has(at)) return false;
      if (only.size === 1) return true;
    }
    return only.has(picture.groups[at]);
  }

  // Whom the focus leaves strong; null where nobody is in focus.
  near() {
    if (this.way) return new Set(this.way.people);
    if (this.tieInFocus !== null) return new Set([this.picture.from[this.tieInFocus], this.picture.to[this.tieInFocus]]);
    if (this.focus === null) return null;
    if (this.nearOf?.focus !== this.focus || this.nearOf.steps !== this.steps || this.nearOf.picture !== this.picture) {
      const people = this.picture.around(this.focus, this.steps);
      this.nearOf = { focus: this.focus, steps: this.steps, picture: this.picture, people };
    }
    return this.nearOf.people;
  }

  hue(group) {
    return group < 0 ? this.colours.quiet : this.colours.groups[group % this.colours.groups.length];
  }

  mark(at) {
    const mark = outline(this.picture.shape(at));
    mark.style.fill = this.hue(this.picture.groups[at]);
    return mark;
  }

  nameOf(at) {
    return this.picture.called[this.view.names][at];
  }

  // Whether people stand under their full names: only then is more told of them.
  get named() {
    return this.view.names === "names";
  }

  tiesInWords(at) {
    return counted(this.picture.ties[at], "tie", "ties");
  }

  // Ties of the most frequent kinds have a line of their own; the last is for all others and for several kinds at once.
  lineOf(tie) {
    const set = this.data.ties.kind_sets[this.picture.kinds[tie]] || [];
    const last = this.colours.lines.length - 1;
    return set.length === 1 ? Math.min(set[0], last) : last;
  }

  lineKey() {
    const { lines } = this.colours;
    const last = lines.length - 1;
    const names = this.data.ties.kind_names.slice(0, last);
    const key = names.map((label, at) => ({ label, line: lines[at] }));
    const used = Array.from(this.picture.from, (_, tie) => this.lineOf(tie)).includes(last);
    return used ? [...key, { label: "several, others or not said", line: lines[last] }] : key;
  }

  thicker() {
    return `thicker: more ${this.picture.said[this.lines].label}`;
  }

  isDark() {
    const found = getComputedStyle(this.sensor).color.match(/[\d.]+/g) || [255, 255, 255];
    const [r, g, b] = found.map(Number);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128;
  }

  themed() {
    if (!this.data || !this.camera) return;
    this.colours = this.data.palettes[this.isDark() ? "dark" : "light"];
    this.dress();
    this.tellPanel();
  }

  renamed() {
    this.labels.forget();
    this.redraw();
  }

  redraw() {
    if (!this.gone) this.camera?.net.redraw();
  }

  dress() {
    if (!this.camera) return;
    this.painter.prepare();
    this.legend.draw();
    this.tell();
    this.camera.net.redraw();
  }

  tell() {
    const whole = this.data.of;
    let shown = 0;
    for (let at = 0; at < this.picture.count; at += 1) shown += this.isShown(at);
    const [some, all] = [shown, whole].map((count) => count.toLocaleString("en"));
    this.count.textContent = shown === whole ? `${all} ${whole === 1 ? "person" : "people"}` : `${some} of ${all} shown`;
  }

  // ---- what one does with it

  // Change whom one looks at: `focus`, `steps`, `target`; what is not named stays.
  look({ focus = this.focus, steps = this.steps, target = null, attend = false }) {
    [this.focus, this.steps, this.target, this.tieInFocus, this.seeking] = [focus, steps, target, null, false];
    this.search.ask("Find a person");
    this.findWay();
    this.dress();
    this.tellPanel({ attend });
    remembered(this);
    if (this.way) this.camera.hold(this.way.people);
  }

  findWay() {
    const both = this.focus !== null && this.target !== null && this.focus !== this.target;
    this.way = both ? this.picture.way(this.focus, this.target) : null;
  }

  fly(at) {
    this.camera.fly(at);
    this.look({ focus: at, attend: true });
  }

  // Somebody was chosen, by search or on the map: as the end of a way where one is sought, else to be looked at.
  chosen(at, { flies = true } = {}) {
    this.fold(false);
    if (this.seeking && this.focus !== null) this.look({ target: at, attend: true });
    else if (flies) this.fly(at);
    else this.look({ focus: at, attend: true });
  }

  seekTarget() {
    this.seeking = !this.seeking;
    this.search.ask(this.seeking ? "Way to whom?" : "Find a person");
    this.tellPanel();
    if (this.seeking) this.search.focus();
  }

  clicked(pointer, kind) {
    this.search.found.hidden = true;
    if (!this.viewMenu.root.hidden) this.viewMenu.toggle(false);
    const reach = (kind === "touch" ? 20 : 5) / this.camera.net.getScale();
    const at = this.painter.personAt(pointer.canvas, reach);
    if (at !== null) return this.chosen(at, { flies: false });
    const tie = this.painter.tieAt(pointer.canvas, reach);
    if (tie === null) return this.closePanel();
    [this.focus, this.target, this.way, this.tieInFocus, this.seeking] = [null, null, null, tie, false];
    this.dress();
    this.tellPanel({ attend: true });
    remembered(this);
  }

  tellPanel({ attend = false } = {}) {
    this.tip.hide();
    const { picture } = this;
    if (this.tieInFocus !== null) {
      this.want(picture.ids[picture.from[this.tieInFocus]], this.details.tie(picture.tieId(this.tieInFocus)));
      this.panel.openTie(this.tieInFocus, { attend });
    } else if (this.focus !== null) {
      this.want(picture.ids[this.focus], this.details.person(picture.ids[this.focus]));
      this.panel.openPerson(this.focus, { attend });
    } else this.panel.hide();
  }

  // Of thousands, what is known beyond the drawing is asked for when somebody looks.
  want(id, told) {
    if (told !== undefined || !this.details.awaited || !this.ask || this.asked === id) return;
    this.asked = id;
    this.ask(id);
  }

  // Something that comes beside the drawing.
  take(given) {
    if (given.what === "words") {
      this.words = given;
      return this.called();
    }
    this.details.take(given);
    this.asked = null;
    if (this.picture) this.tellPanel();
  }

  closePanel() {
    if (this.focus === null && this.tieInFocus === null) return;
    this.look({ focus: null });
    this.stage.focus({ preventScroll: true });
  }

  filter(only) {
    this.only = only;
    this.dress();
    remembered(this);
  }

  // The map in words says names only while the map itself does.
  called() {
    if (!this.data) return;
    const { words, named } = this.words;
    const told = this.view.names === this.data.called.style ? `${words} ${named}`.trim() : words;
    this.stage.setAttribute("aria-label", `${told} Keys: + and − zoom, arrows move, / finds a person.`.trim());
  }

  draws(changed) {
    Object.assign(this.view, changed);
    this.called();
    this.dress();
    this.viewMenu.draw();
    this.tellPanel();
    remembered(this);
  }

  // ---- the window

  // What lies over the drawing's edges, in pixels of the screen.
  margins() {
    const narrow = this.stage.clientWidth < 560;
    if (this.presenting) return { head: 84, foot: narrow ? 64 : 84, side: narrow ? 10 : 60 };
    const foot = Math.max(34, this.stage.clientHeight - this.legend.root.offsetTop + 6);
    // Only on a phone do the tools lie behind a button, however small the map is elsewhere.
    const folded = getComputedStyle(this.folder).display !== "none";
    return { head: 54, foot: Math.min(foot, this.stage.clientHeight / 3), side: folded ? 10 : 52 };
  }

  // Whether the stage has another shape now than the map was arranged for. A little more or less moves nobody.
  reshaped() {
    const shape = this.stage.clientWidth / this.stage.clientHeight;
    if (!Number.isFinite(shape) || Math.abs(Math.log(shape / this.shape)) <= 0.1) return false;
    this.shape = shape;
    return true;
  }

  resized() {
    if (!this.camera || !this.stage.clientHeight) return;
    this.camera.resized();
    if (this.reshaped()) {
      this.picture = Object.assign(Object.create(Picture.prototype), this.picture, places(this.data, this.shape));
      this.place = standing(this.picture);
    }
    if (!this.camera.touched) this.camera.fit(false);
  }

  refit() {
    if (this.camera) requestAnimationFrame(() => this.gone || this.camera.fit(false));
  }

  savePicture() {
    savedPicture(this);
  }

  leave() {
    this.gone = true;
    this.watch.disconnect();
    this.presenter.leave();
    for (const timer of [this.fading, this.hinting]) clearTimeout(timer);
    cancelAnimationFrame(this.walking);
    this.camera?.leave();
    this.root.remove();
  }
}

// Where everybody of a picture stands, for the map to move.
function standing({ x, y }) {
  return { x: Float64Array.from(x), y: Float64Array.from(y) };
}
