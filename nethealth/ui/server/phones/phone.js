"use strict";
// The phones' page. It keeps each answer on the phone first, sends it, and says "Saved" once the server has it.
// Written for browsers of 2020 and later, without any library.
(() => {
  /** @type {(id: string) => any} */
  const byId = (id) => document.getElementById(id);
  /** @type {import('./types').Page} */
  const page = JSON.parse(byId("page").textContent);
  const address = location.pathname.replace(/\/+$/, "");
  const main = byId("main");
  const statusLine = byId("status");
  const nav = byId("steps");
  const bar = byId("progress");
  const MOST_SENT = 40;
  const PATIENCE = 12000;
  const LONGEST_PAUSE = 30000;
  const MOST_LISTED = 8;
  const STORED_DAYS = 30;

  // --- What the phone stores: one item per question -------------------------------------------------------------
  const prefix = "nethealth." + page.code + ".";
  /** @type {Record<string, string>} */
  const memory = {};
  let canStore = true;
  /** @type {(name: string, value: unknown) => void} */
  const store = (name, value) => {
    const text = JSON.stringify(value);
    memory[name] = text;
    try { localStorage.setItem(prefix + name, text); } catch (error) { canStore = false; }
  };
  /** @type {(name: string) => any} */
  const load = (name) => {
    let text = null;
    try { text = localStorage.getItem(prefix + name); } catch (error) { canStore = false; }
    if (text === null && name in memory) text = memory[name];
    try { return text === null ? null : JSON.parse(text); } catch (error) { return null; }
  };
  const storedNames = () => {
    const names = new Set(Object.keys(memory));
    try {
      for (let n = 0; n < localStorage.length; n++) {
        const key = localStorage.key(n);
        if (key !== null && key.startsWith(prefix)) names.add(key.slice(prefix.length));
      }
    } catch (error) { canStore = false; }
    return [...names];
  };
  const forgetOldSessions = () => {
    try {
      const old = Date.now() - STORED_DAYS * 86400000;
      for (const key of Object.keys(localStorage)) {
        const match = /^nethealth\.([A-Z0-9]+)\.secret$/.exec(key);
        if (!match || match[1] === page.code || JSON.parse(localStorage.getItem(key) || "{}").at > old) continue;
        for (const other of Object.keys(localStorage)) {
          if (other.startsWith("nethealth." + match[1] + ".")) localStorage.removeItem(other);
        }
      }
    } catch (error) { /* nothing to forget */ }
  };
  const answerNames = () => storedNames().filter((name) => name.startsWith("a.")).map((name) => name.slice(2));
  /** @type {(question: string) => any} */
  const valueOf = (question) => { const own = load("a." + question); return own ? own.value : null; };
  const waiting = () => answerNames().filter((question) => { const own = load("a." + question); return own && !own.sent; });

  // --- Words ----------------------------------------------------------------------------------------------------------
  let language = page.language;
  /** @type {(name: string, blanks?: Record<string, string | number>) => string} */
  const say = (name, blanks) => {
    let text = page.words[language][name];
    const values = blanks || {};
    for (const blank of Object.keys(values)) text = text.split("{" + blank + "}").join(String(values[blank]));
    return text;
  };
  /** @type {(text: string) => string} */
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  // --- Elements ---------------------------------------------------------------------------------------------------------
  /** @type {import('./types').Make} */
  const make = (tag, attributes, ...children) => {
    /** @type {any} */
    const element = document.createElement(tag);
    const given = attributes || {};
    for (const name of Object.keys(given)) {
      const value = given[name];
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (typeof value === "boolean") element[name] = value;
      else if (value !== null && value !== undefined) element.setAttribute(name, value);
    }
    for (const child of children) if (child !== null && child !== undefined) element.append(child);
    return element;
  };
  /** @type {(element: Element) => void} */
  const empty = (element) => { while (element.firstChild) element.firstChild.remove(); };

  // --- Sending ----------------------------------------------------------------------------------------------------------
  /** @type {import('./types').Session} */
  let session = page.session;
  let isPending = false;
  let isJoined = false;
  let isRemoved = false;
  let hasFailed = "";
  let isSending = false;
  let failures = 0;
  let timer = 0;
  const hasEnded = () => session.state === "closed" || session.state === "gone";
  const secret = (load("secret") || {}).value || page.secret;
  store("secret", { value: secret, at: Date.now() });
  forgetOldSessions();

  /** @type {(path: string, body?: object) => Promise<import('./types').Reply>} */
  const ask = async (path, body) => {
    const stop = typeof AbortController === "function" ? new AbortController() : null;
    const patience = setTimeout(() => stop && stop.abort(), PATIENCE);
    try {
      /** @type {RequestInit & { headers: Record<string, string> }} */
      const options = { headers: { "X-Phone": secret, Accept: "application/json" }, cache: "no-store", signal: stop ? stop.signal : undefined };
      if (body) {
        options.method = "POST";
        options.headers["Content-Type"] = "application/json";
        options.body = JSON.stringify(body);
      }
      const response = await fetch(address + path, options);
      const data = await response.json();
      // A hotel's sign-in page answers too, but not like this.
      return data && typeof data.state === "string" ? { status: response.status, data } : { status: 0, data: {} };
    } catch (error) {
      return { status: 0, data: {} };
    } finally {
      clearTimeout(patience);
    }
  };
  /** @type {(data: Partial<import('./types').Session> & { pending?: boolean, here?: string[] }) => void} */
  const note = (data) => {
    const before = session;
    session = Object.assign({}, session, data);
    if (typeof data.pending === "boolean") isPending = data.pending;
    if (data.here) noteHere(data.here);
    if (data.list !== undefined && data.list !== before.list) people = null;
    const wasOver = before.state === "closed" || before.state === "gone";
    if (session.kind && !all.length) all = steps();
    if (hasEnded() !== wasOver) show(false);
  };
  /** @type {(seconds: number) => void} */
  const later = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(send, seconds * 1000);
  };
  /** @type {(wait: number | undefined) => void} */
  const backOff = (wait) => {
    failures += 1;
    const pause = Math.min(LONGEST_PAUSE, 1000 * Math.pow(2, failures - 1));
    later(Math.max(wait || 0, pause * (0.5 + Math.random()) / 1000));
  };
  const join = async () => {
    const reply = await ask("/phone", {});
    if (reply.status === 200) { isJoined = true; isRemoved = false; note(reply.data); }
    return reply;
  };
  /** @type {(reply: import('./types').Reply) => boolean} */
  const processReply = (reply) => {
    // Says what became of a request, and when to try again. True if it worked.
    const state = reply.data.state;
    if (reply.status === 200) { failures = 0; hasFailed = ""; return true; }
    if (state === "closed" || state === "gone") note({ state });
    else if (state === "paused") { note({ state }); hasFailed = ""; failures = 0; later(6 + 6 * Math.random()); }
    else if (state === "unknown") { isRemoved = true; isJoined = false; }
    else if (state === "invalid") hasFailed = "refused";
    else { hasFailed = reply.status === 429 || reply.status === 503 ? "busy" : "no_signal_saved"; backOff(reply.data.wait); }
    return false;
  };
  const send = async () => {
    if (isSending || isRemoved || hasEnded()) { showStatus(); return; }
    isSending = true;
    clearTimeout(timer);
    try {
      if (!isJoined && !processReply(await join())) return;
      for (let questions = waiting(); questions.length && !hasEnded(); questions = waiting()) {
        const answers = questions.slice(0, MOST_SENT).map((question) => {
          const own = load("a." + question);
          return { question, value: own.value, turn: own.turn };
        });
        showStatus();
        const reply = await ask("/answers", { answers });
        if (reply.status !== 200 && reply.data.state === "invalid") answers.forEach((each) => settle(each, true));
        if (!processReply(reply)) return;
        note({ state: reply.data.state });
        const refused = reply.data.refused || [];
        answers.forEach((each) => {
          if (reply.data.saved[each.question] === each.turn) settle(each, false);
          else if (refused.includes(each.question)) settle(each, true);
        });
        if (refused.length) hasFailed = "refused";
        hasSaved = hasSaved || answers.length > refused.length;
      }
    } finally {
      isSending = false;
      showStatus();
    }
  };
  let hasSaved = false;
  /** @type {(sent: { question: string, turn: number }, isRefused: boolean) => void} */
  const settle = (sent, isRefused) => {
    const own = load("a." + sent.question);
    if (own && own.turn === sent.turn) store("a." + sent.question, { value: isRefused ? null : own.value, turn: own.turn, sent: true });
  };
  /** @type {(question: string, value: unknown, seconds?: number) => void} */
  const answer = (question, value, seconds) => {
    const own = load("a." + question);
    store("a." + question, { value, turn: Math.max((own ? own.turn : 0) + 1, Date.now()), sent: false });
    if (hasFailed === "refused") hasFailed = "";
    showStatus();
    // Several ticks in a row travel together.
    if (!failures) later(seconds || 0.25);
  };

  const statusText = () => {
    const count = waiting().length;
    if (hasEnded()) return count ? say("closed") + " " + say("late", { count }) : say("closed");
    if (session.state === "paused") return say("paused");
    if (hasFailed === "refused" || (hasFailed && count)) return say(hasFailed);
    if (hasFailed) return say("no_signal");
    if (isPending) return say("pending");
    if (count) return say("saving") + (canStore ? "" : " " + say("no_storage"));
    return hasSaved ? say("saved") : "";
  };
  const showStatus = () => {
    if (isRemoved) { showRemoved(); return; }
    const text = statusText();
    if (statusLine.textContent !== text) statusLine.textContent = text;
    statusLine.className = hasEnded() || session.state === "paused" || hasFailed || isPending ? "strong" : "";
  };
  const showRemoved = () => {
    if (statusLine.querySelector("button")) return;
    statusLine.className = "strong";
    empty(statusLine);
    statusLine.append(say("removed") + " ", make("button", { type: "button", onclick: () => {
      // What this phone had sent went with it.
      answerNames().forEach((question) => { const own = load("a." + question); if (own.value !== null) store("a." + question, Object.assign(own, { sent: false })); });
      isRemoved = false;
      empty(statusLine);
      send();
    } }, say("join_again")));
  };

  // How things are, now and then: more often for those who wait or look at the list, never in the background.
  const look = async () => {
    if (document.visibilityState === "visible" && !isSending && session.state !== "gone" && !isRemoved) {
      const was = session.state;
      const reply = isJoined ? await ask("/state") : await join();
      if (reply.status === 200) { note(reply.data); if (was !== "open" && session.state === "open") send(); }
      else if (["closed", "gone", "unknown"].includes(reply.data.state)) processReply(reply);
      showStatus();
    }
    const pause = session.state === "paused" || isPending ? 8 : session.kind === "connections" ? 20 : 45;
    setTimeout(look, pause * 1000 * (0.75 + Math.random() / 2));
  };

  // --- Pages ------------------------------------------------------------------------------------------------------------
  /** @type {import('./types').Step[]} */
  let all = []; // the pages of this session
  let step = load("step") || 0;
  /** @type {(text: string, hint?: string | null) => void} */
  const heading = (text, hint) => {
    main.append(make("h1", { tabindex: "-1" }, text));
    if (hint) main.append(make("p", { class: "hint" }, hint));
  };
  /** @type {(questions: string[]) => boolean} */
  const isAnswered = (questions) => questions.some((question) => valueOf(question) !== null);
  /** @type {(questions: string[]) => HTMLElement} */
  const clearButton = (questions) => {
    const button = make("button", { type: "button", onclick: () => { questions.forEach((question) => answer(question, null)); show(true); } }, say("clear"));
    button.hidden = !isAnswered(questions);
    return button;
  };

  /** @type {import('./types').Step} */
  const welcome = {
    draw() {
      heading(session.name, say("intro_" + session.kind));
      if (session.kind === "mindset" || session.kind === "pulse") main.append(make("p", null, say("anonymous")));
    },
    next: () => say("start"),
  };
  /** @type {import('./types').Step} */
  const thanks = {
    draw() { heading(say("thanks"), say("thanks_hint")); },
    next: () => null,
  };

  /** @type {(question: string, legend: string, pair: [string, string], cleared: HTMLElement) => HTMLElement} */
  const fiveSteps = (question, legend, pair, cleared) => {
    const labels = [
      say("much_closer", { statement: pair[0] }), say("closer", { statement: pair[0] }), say("middle"),
      say("closer", { statement: pair[1] }), say("much_closer", { statement: pair[1] }),
    ];
    const chosen = make("p", { class: "chosen", "aria-hidden": "true" });
    const tell = () => { chosen.textContent = labels[valueOf(question) - 1] || say("not_placed"); };
    const row = make("div", { class: "five" });
    labels.forEach((label, place) => {
      const value = place + 1;
      const radio = make("input", {
        type: "radio", name: question, value: String(value), "aria-label": label, checked: valueOf(question) === value,
        onchange: () => { answer(question, value); tell(); cleared.hidden = false; showSteps(); },
      });
      row.append(make("label", { class: "s" + value }, radio, make("i")));
    });
    tell();
    return make("fieldset", { class: "scale" }, make("legend", null, legend), row, chosen);
  };
  /** @type {(place: number) => import('./types').Step} */
  const pairStep = (place) => {
    const column = page.columns[place];
    const questions = ["now." + column].concat(session.hoped ? ["hoped." + column] : []);
    return {
      questions,
      draw() {
        const pair = page.pairs[language][place];
        const cleared = clearButton(questions);
        heading(say("moment_" + session.moment));
        main.append(make("div", { class: "poles" }, make("span", null, pair[0]), make("span", null, pair[1])));
        main.append(fiveSteps(questions[0], say("short_" + session.moment), pair, cleared));
        if (session.hoped) main.append(fiveSteps(questions[1], say("short_hoped_for"), pair, cleared));
        main.append(cleared);
      },
    };
  };
  /** @type {(question: string, legend: string, options: [unknown, string][], cleared: HTMLElement) => HTMLElement} */
  const choices = (question, legend, options, cleared) => {
    const list = make("fieldset", null, make("legend", { class: "hidden" }, legend));
    options.forEach(([value, label]) => {
      const radio = make("input", {
        type: "radio", name: question, value: String(value), checked: valueOf(question) === value,
        onchange: () => { answer(question, value); cleared.hidden = false; showSteps(); },
      });
      list.append(make("label", { class: "tick" }, radio, make("i"), make("span", null, label)));
    });
    return list;
  };
  /** @type {(statement: string, place: number) => import('./types').Step} */
  const statementStep = (statement, place) => {
    const question = "statement." + (place + 1);
    return {
      questions: [question],
      draw() {
        const cleared = clearButton([question]);
        const ours = page.statements[statement];
        const text = Array.isArray(ours) ? ours[page.languages.indexOf(language)] : statement;
        heading(text, say("agree"));
        main.append(choices(question, text, [1, 2, 3, 4, 5].map((value) => [value, say("agree_" + value)]), cleared), cleared);
      },
    };
  };
  /** @type {import('./types').Step} */
  const roleStep = {
    questions: ["role"],
    draw() {
      const cleared = clearButton(["role"]);
      heading(say("role"), say("role_hint"));
      main.append(choices("role", say("role"), (session.roles || []).map((role) => [role, role]), cleared), cleared);
    },
  };
  /** @type {import('./types').Step} */
  const topStep = {
    questions: ["top"],
    draw() {
      heading(say("top"), say("top_hint"));
      const spoken = make("p", { class: "hint", role: "status" });
      const list = make("fieldset", null, make("legend", { class: "hidden" }, say("top")));
      const boxes = page.characteristics.map((value, place) => {
        const box = make("input", { type: "checkbox", checked: (valueOf("top") || []).includes(value), onchange: () => {
          const chosen = page.characteristics.filter((_, other) => boxes[other].checked);
          answer("top", chosen.length ? chosen : null);
          limit();
          showSteps();
        } });
        list.append(make("label", { class: "tick" }, box, make("i"), make("span", null, page.pairs[language][Math.floor(place / 2)][place % 2])));
        return box;
      });
      const limit = () => {
        const isFull = boxes.filter((box) => box.checked).length >= 3;
        boxes.forEach((box) => { box.disabled = isFull && !box.checked; });
        spoken.textContent = isFull ? say("top_full") : "";
      };
      limit();
      main.append(list, spoken);
    },
  };
  /** @type {(tag: string, label: string, hint: string | null, attributes: import('./types').Attributes) => any} */
  const field = (tag, label, hint, attributes) => {
    const input = make(tag, Object.assign({ id: "f" + Math.random().toString(36).slice(2) }, attributes));
    const children = [make("label", { for: input.id }, label)];
    if (hint) {
      const described = make("p", { class: "hint", id: input.id + "h" }, hint);
      input.setAttribute("aria-describedby", described.id);
      children.push(described);
    }
    main.append(...children, input);
    return input;
  };
  /** @type {import('./types').Step} */
  const wordsStep = {
    questions: ["words"],
    draw() {
      heading(say("words"));
      const box = field("textarea", say("words_label"), say("words_hint"), { maxlength: String(page.longest.words) });
      box.value = valueOf("words") || "";
      box.addEventListener("input", () => { answer("words", box.value.trim() || null, 1.5); showSteps(); });
    },
  };

  // --- Who knows whom ---------------------------------------------------------------------------------------------------
  /** @type {import('./types').Person[] | null} */
  let people = null; // [key, name, place], in the order of the list
  let hasMore = false; // there are more than the phone has, so the server searches
  /** @type {Set<string>} */
  let here = new Set();
  let arrived = 0;
  /** @type {Set<string>} */
  let isDrawn = new Set();
  /** @type {(keys: string[]) => void} */
  const noteHere = (keys) => {
    here = new Set(keys);
    arrived = keys.filter((key) => !isDrawn.has(key) && key !== (valueOf("me") || {}).person).length;
    const button = byId("arrived");
    if (button) { button.hidden = !arrived; button.textContent = say("ties_arrived", { count: arrived }); }
  };
  /** @type {() => Record<string, import('./types').Person>} */
  const peopleNamed = () => load("names") || {};
  /** @type {(person: import('./types').Person) => void} */
  const storeName = (person) => { const names = peopleNamed(); names[person[0]] = person; store("names", names); };
  /** @type {() => Promise<boolean>} */
  const loadPeople = async () => {
    if (people) return true;
    if (!isJoined) await send();
    const reply = await ask("/people");
    if (reply.status !== 200) { processReply(reply); showStatus(); return false; }
    people = reply.data.people;
    hasMore = reply.data.more;
    here = new Set(reply.data.here);
    return true;
  };
  /** @type {(text: string) => string[]} */
  const wordsOf = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  /** @type {(text: string) => Promise<import('./types').Person[]>} */
  const find = async (text) => {
    const wanted = wordsOf(text);
    if (!wanted.length) return [];
    if (hasMore) {
      const reply = await ask("/people?search=" + encodeURIComponent(text.slice(0, 100)));
      return reply.status === 200 ? reply.data.people : [];
    }
    return (people || []).filter((person) => {
      const words = wordsOf(person[1]);
      return wanted.every((each) => words.some((word) => word.startsWith(each)));
    });
  };
  /** @type {(person: import('./types').Person) => HTMLElement} */
  const named = (person) => {
    const name = make("span", null, person[1]);
    if (person[2]) name.append(make("span", { class: "place" }, person[2]));
    return name;
  };
  /** @type {(input: HTMLInputElement, shown: (found: import('./types').Person[], text: string) => void) => () => void} */
  const searching = (input, shown) => {
    // Shows what a search finds, and only the latest one.
    let latest = 0;
    let pause = 0;
    const search = () => {
      const turn = ++latest;
      clearTimeout(pause);
      pause = setTimeout(async () => {
        const found = await find(input.value);
        if (turn === latest) shown(found, input.value.trim());
      }, hasMore ? 300 : 0);
    };
    input.addEventListener("input", search);
    return search;
  };
  /** @type {import('./types').Step & { isNew?: boolean }} */
  const meStep = {
    questions: ["me"],
    isReady: () => valueOf("me") !== null,
    draw() {
      const own = valueOf("me");
      const isNew = this.isNew;
      if (own) {
        const person = own.person ? peopleNamed()[own.person] : [null, own.new, ""];
        heading(say("me_is", { name: person ? person[1] : "" }), person && person[2] ? person[2] : null);
        if (own.new) main.append(make("p", { class: "hint" }, say("me_new_hint")));
        main.append(make("button", { class: "other", type: "button", onclick: () => { answer("me", null); this.isNew = false; show(true); } }, say("me_change")));
        return;
      }
      heading(say("me"));
      if (isNew || session.list === "") {
        const input = field("input", say("me_new_label"), say("me_new_hint"), { maxlength: String(page.longest.name), autocomplete: "name" });
        const saveName = () => { const name = input.value.trim(); if (/\p{L}/u.test(name)) { answer("me", { new: name }); show(true); } else input.focus(); };
        /** @type {(event: KeyboardEvent) => void} */
        const onKey = (event) => { if (event.key === "Enter") saveName(); };
        input.addEventListener("keydown", onKey);
        main.append(make("button", { class: "main", type: "button", onclick: saveName }, say("me_save")));
        if (session.list !== "") main.append(make("button", { type: "button", onclick: () => { this.isNew = false; show(true); } }, say("back")));
        return;
      }
      const input = field("input", say("me_search"), say("me_hint"), { type: "search", autocomplete: "off", spellcheck: "false" });
      const spoken = make("p", { class: "hint", role: "status" });
      const list = make("div");
      const search = searching(input, (found, text) => {
        empty(list);
        spoken.textContent = !text ? "" : found.length ? say("found", { count: found.length }) : say("me_none");
        found.slice(0, MOST_LISTED).forEach((person) => list.append(make("button", { class: "row", type: "button", onclick: () => {
          storeName(person);
          answer("me", { person: person[0] });
          show(true);
        } }, named(person))));
      });
      main.append(spoken, list, make("button", { class: "other", type: "button", onclick: () => { this.isNew = true; show(true); } }, say("me_new")));
      loadPeople().then(() => { if (input.isConnected && input.value) search(); });
    },
  };
  /** @type {(key: string) => number} */
  const strengthOf = (key) => valueOf("tie." + key) || 0;
  /** @type {(person: import('./types').Person, changed: () => void) => HTMLElement} */
  const tieRow = (person, changed) => {
    const question = "tie." + person[0];
    const row = make("div");
    const how = () => {
      const old = row.querySelector(".how");
      if (old) old.remove();
      if (!strengthOf(person[0])) return;
      const group = make("fieldset", null, make("legend", { class: "hidden" }, say("tie_how", { name: person[1] })));
      const options = make("div", { class: "how" });
      [1, 2, 3].forEach((value) => {
        const radio = make("input", { type: "radio", name: question, value: String(value), checked: strengthOf(person[0]) === value, onchange: () => answer(question, value) });
        options.append(make("label", null, radio, make("i"), make("span", null, say("tie_" + value))));
      });
      group.append(options);
      row.append(group);
    };
    const box = make("input", { type: "checkbox", checked: strengthOf(person[0]) > 0, onchange: () => {
      storeName(person);
      answer(question, box.checked ? 1 : 0);
      const old = row.querySelector("fieldset");
      if (old) old.remove();
      how();
      changed();
    } });
    row.append(make("label", { class: "tick" }, box, make("i"), named(person)));
    how();
    return row;
  };
  /** @type {import('./types').Step} */
  const tiesStep = {
    draw() {
      heading(say("ties"), say("ties_hint"));
      const input = field("input", say("ties_search"), null, { type: "search", autocomplete: "off", spellcheck: "false" });
      const spoken = make("p", { class: "hint", role: "status" });
      const list = make("div");
      const me = (valueOf("me") || {}).person;
      const changed = () => {
        const count = answerNames().filter((name) => name.startsWith("tie.") && valueOf(name) > 0).length;
        spoken.textContent = count ? say("ties_chosen", { count }) : "";
        showSteps();
      };
      /** @type {(title: string, members: import('./types').Person[]) => void} */
      const part = (title, members) => {
        if (!members.length) return;
        if (title) list.append(make("h2", null, title));
        members.forEach((person) => list.append(tieRow(person, changed)));
      };
      const everyone = () => {
        const known = new Map((people || []).map((person) => [person[0], person]));
        const names = peopleNamed();
        Object.keys(names).forEach((key) => { if (!known.has(key) && strengthOf(key)) known.set(key, names[key]); });
        const sorted = [...known.values()].filter((person) => person[0] !== me).sort((one, other) => one[1].localeCompare(other[1], language));
        isDrawn = new Set(here);
        arrived = 0;
        empty(list);
        list.append(make("button", { id: "arrived", class: "other", type: "button", hidden: true, onclick: () => { if (hasMore) people = null; loadPeople().then(everyone); } }));
        const inRoom = sorted.filter((person) => here.has(person[0]));
        part(inRoom.length ? say("ties_here") : "", inRoom);
        part(inRoom.length ? say("ties_others") : "", sorted.filter((person) => !here.has(person[0])));
        if (hasMore) list.append(make("p", { class: "hint" }, say("ties_more")));
      };
      const searchNow = searching(input, (found, text) => {
        if (!text) { everyone(); return; }
        empty(list);
        const others = found.filter((person) => person[0] !== me);
        part("", others);
        spoken.textContent = others.length ? say("found", { count: others.length }) : say("ties_none");
      });
      main.append(spoken, list);
      changed();
      if (people) everyone();
      else loadPeople().then((worked) => { if (!list.isConnected) return; if (input.value) searchNow(); else everyone(); if (!worked) setTimeout(() => { if (list.isConnected) show(false); }, 4000); });
    },
  };

  // --- Collaborations ---------------------------------------------------------------------------------------------------
  /** @type {import('./types').Step & { edited?: string | null }} */
  const collaborationStep = {
    draw() {
      const places = [1, 2, 3].map((number) => "collaboration." + number);
      const filled = places.filter((place) => valueOf(place) !== null);
      const edited = this.edited || places.find((place) => valueOf(place) === null);
      heading(say("collaboration"));
      if (filled.length) main.append(make("h2", null, say("collaboration_yours")));
      filled.forEach((place) => main.append(make("button", { class: "row", type: "button", "aria-label": say("collaboration_edit", { name: valueOf(place).name }), onclick: () => { this.edited = place; show(true); } }, valueOf(place).name)));
      if (edited) {
        if (filled.length) main.append(make("h2", null, say(this.edited ? "collaboration_change" : "collaboration_another")));
        const draft = load("draft.collaboration") || {};
        /** @type {Record<string, string>} */
        const own = Object.assign({}, this.edited ? valueOf(edited) : {}, draft.place === edited ? draft.value : {});
        /** @type {Record<string, number>} */
        const longest = { name: page.longest.name, purpose: page.longest.words, people: page.longest.people };
        /** @type {Record<string, any>} */
        const inputs = {};
        ["name", "purpose", "people"].forEach((part) => {
          const label = say("collaboration_" + part) + (part === "name" ? "" : " (" + say("optional") + ")");
          inputs[part] = field(part === "purpose" ? "textarea" : "input", label, null, { class: "short", maxlength: String(longest[part]), autocomplete: "off" });
          inputs[part].value = own[part] || "";
        });
        const read = () => ({ name: inputs.name.value.trim(), purpose: inputs.purpose.value.trim(), people: inputs.people.value.trim() });
        Object.values(inputs).forEach((input) => input.addEventListener("input", () => store("draft.collaboration", { place: edited, value: read() })));
        const add = () => {
          const value = read();
          if (!value.name) return false;
          store("draft.collaboration", {});
          this.edited = null;
          this.leave = null;
          answer(edited, value);
          return true;
        };
        this.leave = add;
        main.append(make("button", { class: "main", type: "button", onclick: () => { if (add()) show(true); else inputs.name.focus(); } }, say(this.edited ? "collaboration_save" : "collaboration_add")));
      } else {
        this.leave = null;
        main.append(make("p", { class: "note" }, say("collaboration_full")));
      }
    },
    questions: ["collaboration.1"],
  };

  // --- From step to step ------------------------------------------------------------------------------------------------
  /** @type {() => import('./types').Step[]} */
  const steps = () => {
    const roles = (session.roles || []).length ? [roleStep] : [];
    if (session.kind === "mindset") return [welcome, ...page.columns.map((_, place) => pairStep(place)), topStep, wordsStep, ...roles, thanks];
    if (session.kind === "pulse") return [welcome, ...(session.statements || []).map(statementStep), ...roles, thanks];
    if (session.kind === "connections") return [welcome, meStep, tiesStep, thanks];
    return [welcome, collaborationStep, thanks];
  };
  all = session.kind ? steps() : [];
  /** @type {(by: number) => void} */
  const go = (by) => {
    const { leave } = all[step];
    if (leave) leave();
    step = Math.min(Math.max(step + by, 0), all.length - 1);
    store("step", step);
    show(true);
  };
  const showSteps = () => {
    if (hasEnded() || !all.length) { empty(nav); return; }
    const current = all[step];
    const isLast = step === all.length - 2;
    const isUnanswered = current.questions && !isAnswered(current.questions);
    const label = current.next ? current.next() : say(current.isReady ? "next" : isUnanswered ? "skip" : isLast ? "finish" : "next");
    const isBlocked = Boolean(current.isReady && !current.isReady());
    if (nav.dataset.step !== String(step) || nav.dataset.language !== language || !nav.firstChild) {
      empty(nav);
      nav.dataset.step = String(step);
      nav.dataset.language = language;
      if (step > 0) nav.append(make("button", { id: "back", type: "button", onclick: () => go(-1) }, say("back")));
      if (label !== null) nav.append(make("button", { id: "next", class: "main", type: "button", onclick: () => go(1) }, label));
    }
    const next = byId("next");
    if (next && label !== null) {
      next.textContent = label;
      next.className = label === say("skip") ? "other" : "main";
      next.disabled = isBlocked;
    }
  };
  /** @type {(takesFocus: boolean) => void} */
  function show(takesFocus) {
    empty(main);
    if (hasEnded() || !all.length) {
      heading(session.name || page.session.name, null);
      bar.hidden = true;
    } else {
      step = Math.min(step, all.length - 1);
      bar.hidden = false;
      bar.max = all.length - 1;
      bar.value = step;
      bar.setAttribute("aria-label", say("progress", { number: step + 1, count: all.length }));
      all[step].draw();
    }
    showSteps();
    showStatus();
    if (takesFocus) {
      scrollTo(0, 0);
      const title = main.querySelector("h1");
      if (title) title.focus({ preventScroll: true });
    }
  }
  /** @type {(name: string) => void} */
  const setLanguage = (name) => {
    language = name;
    document.documentElement.lang = name;
    const other = name === "en" ? "es" : "en";
    const button = byId("language");
    button.hidden = false;
    button.lang = other;
    button.textContent = page.words[other].language;
  };
  byId("language").addEventListener("click", () => {
    setLanguage(language === "en" ? "es" : "en");
    store("language", language);
    show(false);
  });

  addEventListener("online", () => { failures = 0; later(Math.random()); });
  document.addEventListener("visibilitychange", () => {
    if (waiting().length || !isJoined) later(document.visibilityState === "hidden" ? 0 : 0.2);
  });
  addEventListener("error", () => { if (!statusLine.textContent) statusLine.textContent = say("trouble"); });

  const chosen = load("language");
  setLanguage(chosen in page.words ? chosen : language);
  show(false);
  send();
  setTimeout(look, 5000 + 5000 * Math.random());
})();
