// What one chooses with: search, the legend that filters, and how the map is drawn.

class Search {
  constructor(map) {
    this.map = map;
    this.root = element("div", "search");
    this.field = element("input");
    Object.assign(this.field, { type: "search", autocomplete: "off", spellcheck: false });
    this.found = element("div", "found");
    this.found.hidden = true;
    this.found.setAttribute("aria-live", "polite");
    this.root.append(this.field, this.found);
    this.ask("Find a person");
    for (const word of ["input", "focus"]) this.field.addEventListener(word, () => this.seek());
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.found.querySelector("button")?.click();
      if (event.key === "ArrowDown") this.found.querySelector("button")?.focus();
      if (event.key !== "Escape" || (!this.field.value && !this.map.seeking)) return;
      event.stopPropagation();
      this.forget();
      this.map.seeking = false;
      this.ask("Find a person");
      this.map.stage.focus({ preventScroll: true });
    });
  }

  ask(question) {
    this.field.placeholder = question;
    this.field.setAttribute("aria-label", `${question} on the map`);
  }

  focus() {
    this.map.fold(true);
    this.field.focus({ preventScroll: true });
    this.field.select();
  }

  known() {
    const { picture } = this.map;
    if (this.of !== picture || this.style !== this.map.view.names) {
      [this.of, this.style] = [picture, this.map.view.names];
      this.names = picture.ranked.map((at) => folded(this.map.nameOf(at)));
    }
    return this.names;
  }

  seek() {
    const sought = folded(this.field.value.trim());
    this.found.replaceChildren();
    this.found.hidden = !sought;
    if (!sought) return;
    const names = this.known();
    const begins = [];
    const holds = [];
    names.forEach((name, rank) => {
      if (!name.includes(sought)) return;
      const starts = name.split(/\s+/).some((word) => word.startsWith(sought));
      (starts ? begins : holds).push(this.map.picture.ranked[rank]);
    });
    for (const at of [...begins, ...holds].slice(0, 7)) {
      const row = textButton("", "", () => {
        this.forget();
        this.map.chosen(at);
      });
      row.append(element("b", "", this.map.nameOf(at)), element("span", "", this.map.tiesInWords(at)));
      row.addEventListener("keydown", (event) => {
        if (event.key === "ArrowDown") row.nextSibling?.focus?.();
        if (event.key === "ArrowUp") (row.previousSibling || this.field).focus();
        if (event.key !== "Escape") return;
        // Back to the field, not out of the presenter view.
        event.stopPropagation();
        this.focus();
      });
      this.found.append(row);
    }
    if (!this.found.children.length) this.found.append(element("p", "", "Nobody on this map by that name"));
  }

  forget() {
    this.field.value = "";
    this.found.hidden = true;
    this.found.replaceChildren();
  }
}

const SILENT = "silent";
const NOBODY = new Set();

class Legend {
  constructor(map) {
    this.map = map;
    this.root = element("div", "legend");
  }

  draw() {
    const { map } = this;
    const { title, entries } = map.data.legend;
    const rows = [];
    if (map.only.size) rows.push(textButton("key all", "Show all", () => map.filter(new Set())));
    else if (entries.length) {
      rows.push(element("span", "of", title));
      rows[0].title = title;
    }
    for (const entry of entries) {
      const mark = outline(entry.shape);
      mark.style.fill = map.hue(entry.group);
      rows.push(this.key(mark, entry.label, entry.count, entry.group, entries.length));
    }
    if (map.silent.size) {
      const mark = element("i", "hatched");
      rows.push(this.key(mark, map.data.legend.hatched, map.silent.size, SILENT, 0));
    }
    if (map.lines === "type") rows.push(...this.lines());
    if (map.lines in map.picture.said) {
      const row = element("span", "key still");
      row.append(stroke({ colour: map.colours.muted, dashes: [], width: 4 }), element("b", "", map.thicker()));
      rows.push(row);
    }
    const held = this.root.contains(this.root.getRootNode().activeElement);
    const at = held ? [...this.root.children].indexOf(this.root.getRootNode().activeElement) : -1;
    this.root.replaceChildren(...rows);
    // Whoever chooses by the keyboard stays where they were.
    if (held) (this.root.children[at]?.focus ? this.root.children[at] : this.root.querySelector("button"))?.focus?.();
  }

  key(mark, label, count, group, all) {
    const { map } = this;
    const row = textButton("key", "", () => {
      const only = new Set(map.only);
      if (!only.delete(group)) only.add(group);
      // All of them is as good as none.
      if (all && [...only].filter((each) => each !== SILENT).length === all) only.clear();
      map.filter(only);
    });
    row.append(mark, element("b", "", label), element("span", "", count.toLocaleString("en")));
    row.title = label;
    const on = map.only.has(group);
    row.setAttribute("aria-pressed", String(on));
    row.classList.toggle("off", map.only.size > 0 && !on);
    return row;
  }

  lines() {
    const { map } = this;
    return map.lineKey().map(({ label, line }) => {
      const row = element("span", "key still");
      row.append(stroke({ colour: line.colour, dashes: line.dashes, width: 2.4 }), element("b", "", label));
      row.title = label;
      return row;
    });
  }
}

// The menu of how the map is drawn; on a phone it is the one button that holds all controls.
class ViewMenu {
  constructor(map) {
    this.map = map;
    this.root = element("div", "menu");
    this.root.hidden = true;
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-label", "How the map is drawn");
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.toggle(false);
    });
  }

  toggle(open = this.root.hidden) {
    this.root.hidden = !open;
    this.opener?.setAttribute("aria-expanded", String(open));
    if (open) {
      this.draw();
      this.root.querySelector("button")?.focus({ preventScroll: true });
    } else this.opener?.focus({ preventScroll: true });
  }

  draw() {
    const { map } = this;
    const held = this.root.getRootNode().activeElement?.dataset?.choice;
    const parts = [];
    const sizes = [["ties", "ties"], ["same", "nothing"]];
    if (map.picture.bridging) sizes.splice(1, 0, ["bridging", "bridging"]);
    parts.push(this.choice("size", "Larger with more", sizes));
    const lines = [["strength", "how strong"]];
    if (!map.presenting) lines.push(...Object.values(map.picture.said).map(({ id, label }) => [id, label]));
    if (map.data.ties.kind_names.length > 1) lines.push(["type", "what it is about"]);
    if (lines.length > 1) parts.push(this.choice("lines", "Lines show", lines));
    const styles = ["names", "initials", "codes"].filter((style) => style in map.picture.called);
    if (styles.length > 1) parts.push(this.choice("names", "People as", styles.map((style) => [style, style])));
    const save = textButton("save", "", () => map.savePicture());
    save.append(drawnIcon("picture"), element("b", "", "Save as a picture (PNG)"));
    parts.push(save);
    this.root.replaceChildren(...parts);
    if (held) this.root.querySelector(`[data-choice="${held}"]`)?.focus({ preventScroll: true });
  }

  choice(name, label, options) {
    const { map } = this;
    const group = element("div", "choice-of");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", label);
    group.append(element("h5", "", label));
    const row = element("div", "choices");
    for (const [value, words] of options) {
      const choice = textButton("choice", words, () => map.draws({ [name]: value }));
      choice.dataset.choice = `${name}-${value}`;
      choice.setAttribute("aria-pressed", String((name === "lines" ? map.lines : map.view[name]) === value));
      row.append(choice);
    }
    group.append(row);
    return group;
  }
}
