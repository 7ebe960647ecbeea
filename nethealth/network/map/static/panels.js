// What is told of a person, of a tie, and of the way between two people. Every text is put in as text.

const FIRST_TIES = 10;

class Panel {
  constructor(map) {
    this.map = map;
    this.root = element("section", "panel");
    this.root.hidden = true;
    this.root.tabIndex = -1;
  }

  // `of` is what it tells of: another one is read from its beginning, the same one from where one was.
  show(label, parts, { of, attend }) {
    const buttons = () => [...this.root.querySelectorAll("button")];
    const held = buttons().indexOf(this.root.getRootNode().activeElement);
    this.root.setAttribute("aria-label", label);
    this.root.replaceChildren(...parts);
    this.root.hidden = false;
    this.map.root.classList.add("paneled");
    if (this.of !== of) this.root.scrollTop = 0;
    this.of = of;
    if (attend) this.root.focus({ preventScroll: true });
    // Whoever chooses by the keyboard stays where they were.
    else if (held >= 0) (buttons()[held] ?? this.root).focus({ preventScroll: true });
  }

  hide() {
    this.root.hidden = true;
    this.of = null;
    this.map.root.classList.remove("paneled");
  }

  head(title) {
    const head = element("header");
    head.append(element("h4", "", title), button("close", "Close", "close", () => this.map.closePanel()));
    return head;
  }

  list(pairs) {
    const list = element("dl");
    for (const [label, value] of pairs) list.append(element("dt", "", label), element("dd", "", value));
    return list;
  }

  // A person in a list: who it is, and what is said of the tie.
  row(at, says, act) {
    const row = element("li");
    const open = textButton("", "", act);
    open.append(this.map.mark(at), element("b", "", this.map.nameOf(at)), element("span", "", says));
    row.append(open);
    return row;
  }

  openPerson(at, { attend }) {
    const { map } = this;
    const { picture } = map;
    const parts = [this.head(map.nameOf(at))];
    const about = picture.about(at, { named: map.named });
    if (about.length) parts.push(this.list(about));
    if (map.silent.has(at)) parts.push(element("p", "unseen", "Did not answer in this wave: what others said is drawn."));
    if (picture.beside[at].length) parts.push(this.choices(at));
    if (map.way) parts.push(...this.wayParts());
    else if (map.target !== null) parts.push(element("p", "way", this.noWay()));
    parts.push(element("h5", "", map.tiesInWords(at)), this.tiesOf(at));
    const drawn = picture.beside[at].filter((tie) => !picture.waiting.has(tie)).length;
    const unseen = picture.ties[at] - drawn;
    if (unseen > 0) parts.push(element("p", "unseen", `${drawn ? "and " : ""}${unseen} with people not on the map now`));
    if (map.named) parts.push(...this.doings(at));
    this.show(map.nameOf(at), parts, { of: picture.ids[at], attend });
  }

  choices(at) {
    const { map } = this;
    const row = element("div", "choices");
    for (const [steps, label] of [[1, "Their ties"], [2, "Two steps"]]) {
      const choice = textButton("choice", label, () => map.look({ steps }));
      choice.setAttribute("aria-pressed", String(map.steps === steps && map.target === null));
      row.append(choice);
    }
    const asked = textButton("choice", map.seeking ? "Choose a person …" : "Way to …", () => map.seekTarget());
    asked.setAttribute("aria-pressed", String(map.seeking || map.target !== null));
    row.append(asked);
    return row;
  }

  wayParts() {
    const { map } = this;
    const { people, ways } = map.way;
    const steps = people.length - 1;
    const list = element("ol", "steps");
    for (const at of people) {
      const row = element("li");
      row.append(map.mark(at), element("b", "", map.nameOf(at)));
      list.append(row);
    }
    const words = steps === 1 ? "They are tied" : `${steps} steps apart, by way of ${steps === 2 ? "one person" : `${steps - 1} people`}`;
    const more = ways > 1 ? ` One of ${ways.toLocaleString("en")} ways as short.` : "";
    const end = textButton("choice", "Forget this way", () => map.look({ target: null }));
    return [element("p", "way", `${words}.${more}`), list, end];
  }

  noWay() {
    const { map } = this;
    return map.target === map.focus ? "That is the same person." : `No way along ties leads to ${isolated(map.nameOf(map.target))}.`;
  }

  tiesOf(at) {
    const { map } = this;
    const { picture } = map;
    const ties = picture.beside[at].map((tie) => [tie, picture.other(tie, at)]);
    ties.sort(
      ([a, one], [b, other]) =>
        (picture.strength[b] || 0) - (picture.strength[a] || 0) || (map.nameOf(one) < map.nameOf(other) ? -1 : 1),
    );
    const list = element("ul");
    const rows = ([tie, other]) => this.row(other, picture.says(tie), () => map.fly(other));
    const first = this.unfolded === at ? 200 : FIRST_TIES;
    list.append(...ties.slice(0, first).map(rows));
    if (ties.length > first) {
      const more = element("li");
      const words = first > FIRST_TIES ? `and ${ties.length - first} more` : `Show all ${ties.length}`;
      const unfold = () => {
        this.unfolded = at;
        this.openPerson(at, { attend: false });
      };
      more.append(first > FIRST_TIES ? element("span", "", words) : textButton("all", words, unfold));
      list.append(more);
    }
    return list;
  }

  // Convenings, activities, collaborations and, for staff, follow-ups: what the details hold, as soon as they are here.
  doings(at) {
    const told = this.map.details.person(this.map.picture.ids[at]);
    if (told === undefined) return this.map.details.awaited ? [element("p", "unseen", "Reading more …")] : [];
    return told.flatMap(({ title, lines, more }) => {
      const list = element("ul", "doings");
      for (const [what, when] of lines) {
        const row = element("li");
        row.append(element("b", "", what), element("span", "", when));
        list.append(row);
      }
      if (more) list.append(element("li", "unseen", `and ${more} more`));
      return [element("h5", "", title), list];
    });
  }

  openTie(tie, { attend }) {
    const { map } = this;
    const { picture } = map;
    const [a, b] = [picture.from[tie], picture.to[tie]];
    const title = `${isolated(map.nameOf(a))} and ${isolated(map.nameOf(b))}`;
    const parts = [this.head(title)];
    const told = [];
    if (picture.strength[tie] !== null) told.push(["How strong", picture.says(tie)]);
    const kinds = picture.kindsOf(tie);
    if (kinds.length) told.push(["About", kinds.join(", ")]);
    if (picture.waiting.has(tie) && !map.presenting) told.push(["Counts", "not yet: the other has not answered"]);
    if (told.length) parts.push(this.list(told));
    if (map.named) parts.push(...this.reports(tie));
    const people = element("ul");
    for (const at of [a, b]) people.append(this.row(at, map.tiesInWords(at), () => map.fly(at)));
    parts.push(element("h5", "", "The two"), people);
    this.show(title, parts, { of: picture.tieId(tie), attend });
  }

  reports(tie) {
    const { picture, details } = this.map;
    const told = details.tie(picture.tieId(tie));
    if (told === undefined) return details.awaited ? [element("p", "unseen", "Reading more …")] : [];
    if (!told.length) return [];
    const list = element("ul", "reports");
    for (const { who, lines } of told) {
      const row = element("li");
      row.append(element("b", "", who), element("span", "", lines.join(" · ")));
      list.append(row);
    }
    return [element("h5", "", "How we know"), list];
  }
}

// What is known of people and ties beyond the drawing. Of few it comes along; of thousands it is asked for one by one.
class Details {
  constructor() {
    this.people = new Map();
    this.ties = new Map();
    this.awaited = false;
  }

  take(given) {
    if (!given) return;
    if (given.version !== this.version) {
      this.people.clear();
      this.ties.clear();
    }
    this.version = given.version;
    for (const [id, told] of Object.entries(given.people)) this.people.set(id, told);
    for (const [id, told] of Object.entries(given.ties)) this.ties.set(id, told);
    this.awaited = !given.complete;
  }

  person(id) {
    return this.people.get(id);
  }

  tie(id) {
    return this.ties.get(id);
  }
}
