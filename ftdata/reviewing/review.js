"use strict";
// The page on which a person reviews examples. Whatever an example holds is shown as text nodes.
const DATA = JSON.parse(document.getElementById("data").textContent);
const EXAMPLES = DATA.examples;
const KEY = `ftdata-review:${DATA.version}`;
const FOLDED = 4000; // characters of a message that are shown at first
const LISTED = 90; // characters of an example in the list
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
const SHORTCUTS = [
  ["j, →", "next example"], ["k, ←", "previous example"], ["1 to 5", "rate (again: take it back)"],
  ["x", "reject, or take it back"], ["e", "edit the last reply"], ["p", "edit the last prompt"],
  ["n", "write a note"], ["/", "filter"], ["Ctrl+Enter", "keep an edit"], ["Esc", "leave a field"],
  ["?", "this list"],
];
const $ = (id) => document.getElementById(id);
const state = { reviewer: "", theme: "", words: {} };
let shown = []; // places in EXAMPLES that pass the filter
let at = 0; // place in EXAMPLES of the example in view
let isKept = true; // whether the browser keeps what is entered

function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

// Characters nobody sees, or that turn the writing direction, are shown by their number.
function textNodes(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(HIDDEN)) {
    parts.push(text.slice(end, found.index));
    const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    parts.push(element("span", { className: "hidden", title: "a character that is not seen" }, `U+${code}`));
    end = found.index + found[0].length;
  }
  parts.push(text.slice(end));
  return parts;
}

function folded(text, isPlain = false) {
  const box = element("div", { className: isPlain ? "text plain" : "text", dir: "auto" });
  if (text.length <= FOLDED) {
    box.append(...textNodes(text));
    return box;
  }
  const count = text.length.toLocaleString("en");
  const button = element("button", { type: "button", className: "more" }, `Show all ${count} characters`);
  button.addEventListener("click", () => box.replaceChildren(...textNodes(text)));
  box.append(...textNodes(text.slice(0, FOLDED)), "… ", button);
  return box;
}

// What was entered.

function restore() {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept) Object.assign(state, JSON.parse(kept));
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch (error) {
    lose(error);
  }
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch (error) {
    lose(error);
  }
}

function lose(error) {
  isKept = false;
  announce(`This browser keeps nothing of this page (${error.name}): export before you leave it.`);
}

function announce(text) {
  $("banner").textContent = text;
  $("banner").hidden = false;
}

function wordOn(example) {
  return state.words[example.id] || {};
}

function say(example, changes) {
  const word = { ...wordOn(example), ...changes, at: new Date().toISOString() };
  for (const name of ["rating", "decision", "note"]) if (!word[name]) delete word[name];
  if (word.edits && !Object.keys(word.edits).length) delete word.edits;
  if (isSaid(word)) state.words[example.id] = word;
  else delete state.words[example.id];
  keep();
  showList();
  showActions();
}

function isSaid(word) {
  return Boolean(word.rating || word.decision || word.edits || word.note);
}

// The list.

function matches(example) {
  const word = wordOn(example);
  const wanted = $("state").value;
  const isOf = { "": true, open: !isSaid(word), rated: word.rating, reject: word.decision === "reject", edited: word.edits };
  const said = $("search").value.trim().toLowerCase();
  return isOf[wanted]
    && (!$("source").value || example.source === $("source").value)
    && (!$("stratum").value || example.stratum === $("stratum").value)
    && (!said || example.id.toLowerCase().includes(said) || example.messages.some((m) => (m.content || "").toLowerCase().includes(said)));
}

function showList() {
  const kept = shown.filter((place) => place === at);
  shown = EXAMPLES.map((_, place) => place).filter((place) => matches(EXAMPLES[place]) || kept.includes(place));
  $("list").replaceChildren(...shown.map(listed));
  const done = EXAMPLES.filter((example) => isSaid(wordOn(example))).length;
  $("done").max = EXAMPLES.length || 1;
  $("done").value = done;
  $("told").textContent = `${done} of ${EXAMPLES.length} reviewed` + (shown.length < EXAMPLES.length ? `, ${shown.length} shown` : "");
  const current = $("list").querySelector("[aria-current]");
  if (current) current.scrollIntoView({ block: "nearest" });
}

function listed(place) {
  const example = EXAMPLES[place];
  const word = wordOn(example);
  const first = example.messages.find((message) => message.role === "user") || example.messages[0];
  const start = first ? (first.content || "").slice(0, LISTED) : "";
  const mark = (word.decision === "reject" ? "✗" : "") + (word.edits ? "✎" : "") + (word.rating || "");
  const button = element("button", { type: "button" }, element("span", { className: "start", dir: "auto" }, ...textNodes(start)), element("span", { className: "mark" }, mark));
  if (place === at) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => open(place));
  return element("li", {}, button);
}

function open(place) {
  at = place;
  showList();
  showExample();
  $("main").scrollTop = 0;
  if (window.matchMedia("(max-width: 48rem)").matches) $("main").scrollIntoView();
}

function step(by) {
  const place = shown.indexOf(at) + by;
  if (place >= 0 && place < shown.length) open(shown[place]);
}

// The example.

function showExample() {
  const example = EXAMPLES[at];
  if (!example) {
    $("messages").replaceChildren("There is no example to review: each has a review already.");
    return;
  }
  $("facts").replaceChildren(...facts(example));
  $("messages").replaceChildren(...example.messages.map((message, place) => shownMessage(example, message, place)), ...besides(example));
  $("note").value = wordOn(example).note || "";
  showActions();
}

function facts(example) {
  const told = [["split", example.split], ["source", example.source], ["date", example.date], ["made by", example.provenance]];
  if (example.parent) told.push(["derived from", example.parent]);
  for (const [name, value] of Object.entries(example.tags)) told.push([name, value]);
  for (const [name, value] of Object.entries(example.scores)) told.push([name, value.toFixed(2)]);
  const chips = told.map(([name, value]) => element("span", { className: "chip" }, element("b", {}, name), ...textNodes(` ${value}`)));
  const where = element("details", { className: "where" }, element("summary", {}, ...textNodes(example.id)));
  where.append(...example.origins.map((origin) => element("code", {}, ...textNodes(origin))));
  return [where, ...chips];
}

function shownMessage(example, message, place) {
  const edited = (wordOn(example).edits || {})[place];
  const isContext = message.role === "assistant" && message.weight === 0;
  const box = element("article", { className: `message ${message.role}${isContext ? " context" : ""}` });
  const head = element("header", {}, element("h2", {}, message.role + (message.name ? ` (${message.name})` : "")));
  if (isContext) head.append(element("span", { className: "hint" }, "not trained on"));
  if (edited !== undefined) head.append(element("span", { className: "hint edited" }, "edited"));
  box.append(head);
  if (message.content !== null) {
    const text = edited === undefined ? message.content : edited;
    if (["user", "assistant", "system"].includes(message.role)) head.append(editButton(example, place, text, box));
    box.append(folded(text));
    if (edited !== undefined) box.append(before(example, message, place));
  }
  if (message.tool_calls) box.append(folded(pretty(message.tool_calls), true));
  return box;
}

function editButton(example, place, text, box) {
  const button = element("button", { type: "button", className: "edit", "data-place": String(place) }, "Edit");
  button.addEventListener("click", () => edit(example, place, text, box));
  return button;
}

function before(example, message, place) {
  const undo = element("button", { type: "button" }, "Take the edit back");
  undo.addEventListener("click", () => changeText(example, place, message.content));
  return element("details", { className: "before" }, element("summary", {}, "Before"), folded(message.content), undo);
}

function edit(example, place, text, box) {
  const area = element("textarea", { value: text, rows: Math.min(20, 3 + text.split("\n").length), dir: "auto", "aria-label": "New text" });
  const save = element("button", { type: "button", className: "primary" }, "Keep");
  const cancel = element("button", { type: "button" }, "Cancel");
  save.addEventListener("click", () => changeText(example, place, area.value));
  cancel.addEventListener("click", () => showExample());
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save.click();
    if (event.key === "Escape") cancel.click();
  });
  box.replaceChildren(box.firstChild, area, element("div", { className: "row" }, save, cancel));
  box.querySelector(".edit").remove();
  area.focus();
}

function changeText(example, place, text) {
  const edits = { ...(wordOn(example).edits || {}) };
  if (!text.trim()) return announce("A message cannot be empty: reject the example instead.");
  if (text === example.messages[place].content) delete edits[place];
  else edits[place] = text;
  $("banner").hidden = isKept;
  say(example, { edits });
  showExample();
  $("main").focus();
  return undefined;
}

function besides(example) {
  const boxes = [];
  if (example.rejected !== null) boxes.push(["rejected reply", example.rejected, false]);
  if (example.tools) boxes.push(["tools on offer", pretty(example.tools), true]);
  return boxes.map(([name, text, isPlain]) => element("article", { className: "message beside" }, element("header", {}, element("h2", {}, name)), folded(text, isPlain)));
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

// What a person says.

function showActions() {
  const word = EXAMPLES[at] ? wordOn(EXAMPLES[at]) : {};
  for (const button of $("rating").children) button.setAttribute("aria-pressed", String(Number(button.textContent) === word.rating));
  $("reject").setAttribute("aria-pressed", String(word.decision === "reject"));
  $("previous").disabled = shown.indexOf(at) <= 0;
  $("next").disabled = shown.indexOf(at) >= shown.length - 1;
}

function rate(points) {
  const example = EXAMPLES[at];
  if (example) say(example, { rating: wordOn(example).rating === points ? null : points });
}

function reject() {
  const example = EXAMPLES[at];
  if (example) say(example, { decision: wordOn(example).decision === "reject" ? null : "reject" });
}

function press(role) {
  const example = EXAMPLES[at];
  if (!example) return;
  const place = example.messages.findLastIndex((message) => message.role === role && message.content !== null);
  const button = $("messages").querySelector(`.edit[data-place="${place}"]`);
  if (button) button.click();
}

// Files.

function line(example) {
  const word = wordOn(example);
  const edits = Object.entries(word.edits || {}).map(([place, content]) => ({ message: Number(place), content }));
  return JSON.stringify({
    id: example.id, source: example.source, date: example.date, version: DATA.version,
    reviewer: state.reviewer, rating: word.rating || null, decision: word.decision || null,
    edits: edits.length ? edits : null, note: word.note || null, base: example.base, at: word.at,
  });
}

function exportReviews() {
  if (!state.reviewer) {
    announce("Write your alias first: it stands with every review.");
    $("alias").focus();
    return;
  }
  const lines = EXAMPLES.filter((example) => isSaid(wordOn(example))).map(line);
  if (!lines.length) return announce("There is nothing to export yet.");
  const file = new Blob([lines.join("\n") + "\n"], { type: "application/jsonl" });
  const safe = state.reviewer.replace(/[^A-Za-z0-9_-]+/g, "-");
  const link = element("a", { href: URL.createObjectURL(file), download: `reviews-${safe}-${DATA.version}.jsonl` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  announce(`${lines.length} reviews exported. Put the file into data/reviews: the next build takes them in.`);
  return undefined;
}

async function importReviews(file) {
  const known = new Map(EXAMPLES.map((example) => [example.id, example]));
  let taken = 0;
  let other = 0;
  for (const text of (await file.text()).split("\n")) {
    if (!text.trim()) continue;
    try {
      const read = JSON.parse(text);
      const example = known.get(read.id);
      if (!example || read.base !== example.base) { other += 1; continue; }
      state.words[read.id] = wordOf(read, example);
      if (!state.reviewer && typeof read.reviewer === "string") state.reviewer = read.reviewer;
      taken += 1;
    } catch {
      other += 1;
    }
  }
  $("alias").value = state.reviewer;
  keep();
  showList();
  showExample();
  announce(`${taken} reviews taken in` + (other ? `; ${other} lines are of no example here, or of another text of it.` : "."));
}

function wordOf(read, example) {
  const word = { at: String(read.at || "") };
  if (Number.isInteger(read.rating) && read.rating >= 1 && read.rating <= 5) word.rating = read.rating;
  if (read.decision === "reject" || read.decision === "keep") word.decision = read.decision;
  if (typeof read.note === "string" && read.note) word.note = read.note;
  for (const one of Array.isArray(read.edits) ? read.edits : []) {
    if (example.messages[one.message] && typeof one.content === "string") word.edits = { ...word.edits, [one.message]: one.content };
  }
  return word;
}

// Keys, and the beginning.

const KEYS = {
  j: () => step(1), ArrowRight: () => step(1), k: () => step(-1), ArrowLeft: () => step(-1),
  x: reject, e: () => press("assistant"), p: () => press("user"),
  n: () => $("note").focus(), "/": () => $("search").focus(), "?": () => $("keys").showModal(),
};

function onKey(event) {
  const isField = ["INPUT", "TEXTAREA", "SELECT"].includes(event.target.tagName);
  if (event.key === "Escape" && isField) event.target.blur();
  if (isField || event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
  if (event.key >= "1" && event.key <= "5") rate(Number(event.key));
  else if (KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
}

function choices(select, all, values) {
  const names = [...new Set(values)].sort();
  select.append(element("option", { value: "" }, all), ...names.map((name) => element("option", { value: name }, ...textNodes(name))));
}

function applyTheme() {
  if (state.theme) document.documentElement.dataset.theme = state.theme;
}

function turnTheme() {
  const isDark = state.theme ? state.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  state.theme = isDark ? "light" : "dark";
  applyTheme();
  keep();
}

function begin() {
  restore();
  applyTheme();
  $("name").textContent = `Review: ${DATA.name}`;
  $("about").textContent = `version ${DATA.version}, ${EXAMPLES.length} of ${DATA.about.examples.toLocaleString("en")} examples`;
  $("alias").value = state.reviewer;
  choices($("source"), "every source", EXAMPLES.map((example) => example.source));
  choices($("stratum"), "every stratum", EXAMPLES.map((example) => example.stratum));
  for (let points = 1; points <= 5; points += 1) {
    const button = element("button", { type: "button", "aria-pressed": "false", title: String(points) }, String(points));
    button.addEventListener("click", () => rate(points));
    $("rating").append(button);
  }
  for (const [keys, what] of SHORTCUTS) $("shortcuts").append(element("dt", {}, keys), element("dd", {}, what));
  $("alias").addEventListener("input", () => { state.reviewer = $("alias").value.trim(); keep(); });
  $("note").addEventListener("input", () => EXAMPLES[at] && say(EXAMPLES[at], { note: $("note").value }));
  for (const id of ["search", "state", "source", "stratum"]) $(id).addEventListener("input", refilter);
  const clicks = { previous: () => step(-1), next: () => step(1), reject, export: exportReviews, theme: turnTheme, help: () => $("keys").showModal(), close: () => $("keys").close() };
  for (const [id, act] of Object.entries(clicks)) $(id).addEventListener("click", act);
  $("import").addEventListener("change", () => $("import").files[0] && importReviews($("import").files[0]));
  document.addEventListener("keydown", onKey);
  window.addEventListener("beforeunload", (event) => { if (!isKept && Object.keys(state.words).length) event.preventDefault(); });
  const todo = EXAMPLES.findIndex((example) => !isSaid(wordOn(example)));
  open(Math.max(0, todo));
}

function refilter() {
  shown = [];
  const first = EXAMPLES.findIndex(matches);
  if (!EXAMPLES[at] || !matches(EXAMPLES[at])) at = first >= 0 ? first : -1;
  showList();
  if (EXAMPLES[at]) showExample();
}

begin();
