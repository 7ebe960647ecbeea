// The whole screen for the map alone. Controls come when the mouse moves or a key is pressed, and go again.

const CONTROLS_STAY_MS = 2600;

class Presenter {
  constructor(map) {
    this.map = map;
    this.line = element("p", "headline");
    map.root.append(this.line);
    this.wake = () => this.shows();
    map.root.addEventListener("pointermove", this.wake);
    map.root.addEventListener("pointerdown", this.wake);
    this.left = () => {
      if (!document.fullscreenElement && this.isScreen) this.end();
    };
    document.addEventListener("fullscreenchange", this.left);
    this.typed = (event) => this.key(event);
    document.addEventListener("keydown", this.typed);
  }

  begin({ asked }) {
    const { map } = this;
    map.presenting = true;
    map.root.classList.add("large");
    map.root.classList.add("presenting");
    map.filter(new Set([...map.only].filter((each) => each !== SILENT)));
    map.tellPanel();
    if (map.viewMenu.root.hidden === false) map.viewMenu.toggle(false);
    // A link may open the presenter view; only a person may take the whole screen.
    if (asked && map.root.requestFullscreen) {
      map.root.requestFullscreen().then(() => (this.isScreen = true), () => {});
    }
    map.stage.focus({ preventScroll: true });
    this.tell();
    this.shows();
    remembered(map);
    map.refit();
  }

  end() {
    const { map } = this;
    map.presenting = false;
    map.root.classList.remove("large", "presenting", "awake");
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    this.isScreen = false;
    map.dress();
    map.tellPanel();
    remembered(map);
    map.refit();
  }

  toggle() {
    if (this.map.presenting) this.end();
    else this.begin({ asked: true });
  }

  shows() {
    if (!this.map.presenting) return;
    this.map.root.classList.add("awake");
    clearTimeout(this.sleeping);
    this.sleeping = setTimeout(() => this.map.root.classList.remove("awake"), CONTROLS_STAY_MS);
  }

  tell() {
    const { picture } = this.map;
    const alone = picture.ties.reduce((sum, ties) => sum + (ties === 0), 0);
    const parts = [
      counted(picture.count, "person", "people"),
      counted(picture.from.length - picture.waiting.size, "tie", "ties"),
      `${alone.toLocaleString("en")} not yet connected`,
    ];
    // A dot never begins a line.
    this.line.textContent = parts.join("\u00a0· ");
  }

  // The keys work where the map has the keyboard; in the presenter view, everywhere.
  key(event) {
    const { map } = this;
    const inside = event.composedPath().includes(map.root);
    if (!map.camera || (!map.presenting && !inside) || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.composedPath()[0]?.matches?.("input, textarea, select");
    if (event.key === "Escape") return this.escape();
    if (typing) return;
    this.shows();
    const pans = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
    const on = event.composedPath()[0];
    const acts = {
      "+": () => map.camera.zoom(1.4),
      "=": () => map.camera.zoom(1.4),
      "-": () => map.camera.zoom(1 / 1.4),
      "0": () => map.camera.fit(true),
      "/": () => map.search.focus(),
    };
    let act = acts[event.key];
    if (!act && pans[event.key] && !on?.closest?.(".found, .panel, .menu"))
      act = () => map.camera.pan(...pans[event.key]);
    if (!act) return;
    event.preventDefault();
    act();
  }

  escape() {
    const { map } = this;
    if (map.focus !== null || map.tieInFocus !== null) map.closePanel();
    else if (map.presenting) this.end();
    else map.fold(false);
  }

  leave() {
    clearTimeout(this.sleeping);
    document.removeEventListener("fullscreenchange", this.left);
    document.removeEventListener("keydown", this.typed);
    if (this.isScreen && document.fullscreenElement) document.exitFullscreen().catch(() => {});
  }
}
