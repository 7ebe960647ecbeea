// Lists the charts that are on the screen, and saves each as SVG, or as PNG at twice the size.

import { drawChart } from "./draw_chart.js";

/** @import { Component, PictureData } from "./types" */
/** @typedef {{ parts: Element[], title: string, notes: string, isComplete: boolean }} ShownChart */

const CHARTS = '[data-testid="stPlotlyChart"]:has(.main-svg), .nh-asked, .nh-chosen, .nh-dots, .nh-lines, .nh-panels, .nh-report-figure, .nh-reach, .nh-card:has(.nh-trend)';
const CONTAINER = '[data-testid="stElementContainer"]';
const CAPTION = '[data-testid="stCaptionContainer"]';
const SCALE = 2;
/**
 * Lists the charts, again whenever one is added or changes: a page may still be drawing when someone opens the menu.
 * @param {Component<PictureData>} component
 */
export function offerCharts({ parentElement, data }) {
  const list = /** @type {HTMLElement} */ (parentElement.querySelector(".nh-pictures"));
  const main = document.querySelector('[data-testid="stMain"]') ?? document.body;
  let listed = "";
  const refresh = () => {
    const charts = findCharts(main);
    const titles = charts.map((chart) => chart.title).join("\n");
    if (titles === listed) return;
    listed = titles;
    list.replaceChildren(...charts.map((chart) => offerChart(chart, data)));
  };
  const observer = new MutationObserver(refresh);
  observer.observe(main, { childList: true, subtree: true });
  refresh();
  return () => observer.disconnect();
}

/**
 * The charts that people see now, in the order of the page: those of other tabs are not drawn.
 * @param {Element} main
 */
function findCharts(main) {
  const headings = [...main.querySelectorAll("h2, h3, h4")].filter((each) => each.checkVisibility());
  const charts = [...main.querySelectorAll(CHARTS)]
    .filter((chart) => chart.checkVisibility() && chart.getBoundingClientRect().height > 1)
    .map((chart) => describeChart(chart, headings));
  /** @type {Map<string, number>} */
  const named = new Map();
  for (const chart of charts) {
    const number = (named.get(chart.title) ?? 0) + 1;
    named.set(chart.title, number);
    if (number > 1) chart.title += ` (${number})`;
  }
  return charts;
}

/**
 * A chart with the legend above it, the headings it is under, and what is written directly above and below.
 * @param {Element} chart
 * @param {Element[]} headings
 * @returns {ShownChart}
 */
function describeChart(chart, headings) {
  const above = headings.filter((each) => each.compareDocumentPosition(chart) & Node.DOCUMENT_POSITION_FOLLOWING);
  const nearest = above.at(-1);
  const section = nearest && !nearest.matches("h2") ? above.filter((each) => each.matches("h2")).at(-1) : undefined;
  const headed = [section, nearest].filter((each) => each !== undefined).map(textOf).join(". ");
  const fold = chart.closest("details")?.querySelector("summary p");
  const container = chart.closest(CONTAINER);
  const before = container?.previousElementSibling;
  const earlier = before?.querySelector(".nh-legend");
  const around = [earlier ? before?.previousElementSibling : before, container?.nextElementSibling];
  const legend = chart.previousElementSibling?.matches(".nh-legend") ? chart.previousElementSibling : earlier;
  // Charts side by side share a legend of marks below their heading, so it is written below each.
  const shared = chart.closest(".stColumn") && section?.closest(CONTAINER)?.nextElementSibling?.querySelector(".nh-legend");
  const marks = [...(shared?.children ?? [])].map(textOf).join(" · ");
  // A caption in a fold is about what is in the fold.
  const captions = around.map((each) => (each?.matches(CONTAINER) ? each.querySelector(CAPTION) : null));
  return {
    parts: legend ? [legend, chart] : [chart],
    // A card is under the heading of all of them, and says itself what it is about. So does a report's chart.
    title: chart.getAttribute("data-title") || headed || (fold ? textOf(fold) : "Chart"),
    isComplete: chart.hasAttribute("data-complete"),
    notes: [marks, ...captions.filter((each) => each !== undefined && each !== null).map(textOf)].join(" "),
  };
}

/** @param {Element} element */
function textOf(element) {
  return (element.textContent ?? "").trim().replace(/\s+/g, " ");
}

/**
 * A line with the chart's title and a button for each format.
 * @param {ShownChart} chart
 * @param {PictureData} data
 */
function offerChart(chart, data) {
  const line = document.createElement("li");
  const title = document.createElement("span");
  title.textContent = chart.title;
  line.append(title, ...["png", "svg"].map((format) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = format.toUpperCase();
    button.setAttribute("aria-label", `${format.toUpperCase()}: ${chart.title}`);
    button.onclick = () => void saveChart(chart, format, data);
    return button;
  }));
  return line;
}

/**
 * @param {ShownChart} chart
 * @param {string} format
 * @param {PictureData} data
 */
async function saveChart(chart, format, data) {
  const { svg, width, height } = drawChart(chart, data);
  const complete = svg.replace(">", `><defs><style>${await loadFonts(svg)}</style></defs>`);
  const drawing = new Blob([complete], { type: "image/svg+xml" });
  const name = chart.title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60).replace(/^-|-$/g, "");
  save(format === "svg" ? drawing : await paint(drawing, width, height), `${name || "chart"}.${format}`);
}

/**
 * @param {Blob} drawing
 * @param {number} width
 * @param {number} height
 * @returns {Promise<Blob>}
 */
async function paint(drawing, width, height) {
  const image = new Image();
  image.src = URL.createObjectURL(drawing);
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * SCALE, height * SCALE];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
  });
}

/**
 * The page's own fonts as a style sheet that a picture can hold. Without them, it has the reader's fonts.
 * @param {string} svg
 */
async function loadFonts(svg) {
  const rules = [...document.styleSheets].flatMap(rulesOf).filter((rule) => rule instanceof CSSFontFaceRule);
  const hasRareLetters = /[\u0100-\u02ff\u1e00-\u1eff]/.test(svg);
  const faces = rules.map(async ({ style }) => {
    const address = style.getPropertyValue("src").match(/url\(["']?([^"')]+)/)?.[1];
    const [family, weight, slant] = ["font-family", "font-weight", "font-style"].map((name) => style.getPropertyValue(name));
    const isUsed = svg.includes(`font-family="${family.replace(/["']/g, "")}`) && slant !== "italic";
    if (!address || !isUsed || (address.includes("latin-ext") && !hasRareLetters)) return "";
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok) return "";
    const encoded = await asDataAddress(await answer.blob());
    const range = style.getPropertyValue("unicode-range");
    return `@font-face{font-family:${family};font-weight:${weight};${range && `unicode-range:${range};`}src:url(${encoded})}`;
  });
  return (await Promise.all(faces)).join("");
}

/** @param {CSSStyleSheet} sheet */
function rulesOf(sheet) {
  try {
    return [...sheet.cssRules];
  } catch {
    return []; // of another origin
  }
}

/**
 * @param {Blob} blob
 * @returns {Promise<string>}
 */
function asDataAddress(blob) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.readAsDataURL(blob);
  });
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export default offerCharts;
