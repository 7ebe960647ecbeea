// Draws what a chart shows as one SVG with title, notes, and source, in the page's fonts and in light colors. It reads
// what is on the screen, so a picture never holds more than its reader may see. Works for plotly's charts and for ours,
// which are HTML.

import { recolor, recolorPixels } from "./recolor.js";

/** @import { PictureData } from "./types" */
/** @typedef {{ text: string, color: string, size: number, weight: string, family: string, style: string }} Written */

const SVG = "http://www.w3.org/2000/svg";
const EDGE = 24;
const TITLE = { size: 22, weight: "500", family: "Newsreader, Georgia, serif", style: "normal" };
const NOTE = { size: 13, weight: "400", family: "Commissioner, Arial, sans-serif", style: "normal" };
/** Parts of plotly's drawing that only answer the pointer. */
const FOR_POINTERS = ".hoverlayer, .draglayer, .selectionlayer, .zoomlayer, .cursor-crosshair";
/** Controls, and a caption that is the picture's title. */
const NOT_DRAWN = "button, style, summary, [data-title] > figcaption";
const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/**
 * The chart as SVG text, and its size in pixels. One that is complete has a title and its source in it.
 * @param {{ parts: Element[], title: string, notes: string, isComplete: boolean }} chart
 * @param {PictureData} data
 */
export function drawChart({ parts, title, notes, isComplete }, data) {
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const width = Math.ceil(Math.max(...boxes.map((box) => box.right)) - left);
  const svg = shape("svg", { xmlns: SVG });
  const head = isComplete ? [] : wrapText(title, TITLE, width);
  let bottom = EDGE;
  for (const line of head) svg.append(writeText({ ...TITLE, text: line, color: data.ink }, EDGE, (bottom += 28)));
  if (head.length) bottom += 16;
  parts.forEach((part, place) => {
    const area = shape("g", { transform: `translate(${EDGE - left} ${bottom - boxes[place].top})` });
    drawElement(part, area, 1);
    svg.append(area);
    bottom += Math.ceil(boxes[place].height) + 8;
  });
  for (const line of (isComplete ? [] : [notes, data.source]).flatMap((text) => wrapText(text, NOTE, width))) {
    svg.append(writeText({ ...NOTE, text: line, color: data.muted }, EDGE, (bottom += 19)));
  }
  const size = { width: width + 2 * EDGE, height: bottom + EDGE };
  svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  for (const [name, value] of Object.entries(size)) svg.setAttribute(name, String(value));
  svg.prepend(shape("rect", { ...size, fill: data.paper }));
  const copies = svg.querySelectorAll("image");
  parts.flatMap((part) => [...part.querySelectorAll("image")]).forEach((image, place) => recolorPixels(image, copies[place], data.colors));
  return { svg: recolor(new XMLSerializer().serializeToString(svg), data.colors), ...size };
}

/**
 * Draw an element and all in it. Positions are those on the screen.
 * @param {Element} element
 * @param {Element} area
 * @param {number} opacity
 */
function drawElement(element, area, opacity) {
  const box = element.getBoundingClientRect();
  if (!element.checkVisibility({ visibilityProperty: true }) || element.matches(NOT_DRAWN)) return;
  if (element instanceof SVGSVGElement) return void area.append(copyDrawing(element, box));
  if (element instanceof HTMLImageElement) return void area.append(copyImage(element, box));
  const style = getComputedStyle(element);
  if (style.overflow === "hidden" && box.width <= 1) return; // text for screen readers only
  const shown = opacity * Number(style.opacity);
  drawBox(style, box, area, shown);
  for (const name of ["::before", "::after"]) drawPseudo(getComputedStyle(element, name), box, area, shown);
  for (const child of element.childNodes) {
    if (child instanceof Element) drawElement(child, area, shown);
    else if (child instanceof Text) drawText(child, style, box, area);
  }
}

/**
 * Draw a box's background and the borders that it has.
 * @param {CSSStyleDeclaration} style
 * @param {{ left: number, top: number, width: number, height: number }} box
 * @param {Element} area
 * @param {number} opacity
 */
function drawBox(style, box, area, opacity) {
  const { left, top, width, height } = box;
  const radius = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, width / 2);
  const round = style.borderTopLeftRadius.endsWith("%") ? width / 2 : radius;
  const rim = style.boxShadow.match(/^(rgba?\([^)]*\)).* inset$/)?.[1];
  const sides = ["Top", "Right", "Bottom", "Left"].map((side) => borderOf(style, side));
  const framed = sides.every((side) => side.width) ? sides[0] : null;
  const filled = !/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor);
  if (filled || rim || framed) {
    const inset = framed ? framed.width / 2 : rim ? 0.5 : 0;
    area.append(
      shape("rect", {
        x: left + inset,
        y: top + inset,
        width: Math.max(width - 2 * inset, 0),
        height: Math.max(height - 2 * inset, 0),
        rx: round,
        fill: filled ? style.backgroundColor : "none",
        stroke: framed?.color ?? rim ?? "none",
        "stroke-width": framed?.width ?? 1,
        opacity,
      }),
    );
  }
  if (framed) return;
  const [right, bottom] = [left + width, top + height];
  const edges = [[left, top, right, top], [right, top, right, bottom], [left, bottom, right, bottom], [left, top, left, bottom]];
  sides.forEach((side, place) => {
    if (!side.width) return;
    const [x1, y1, x2, y2] = edges[place];
    area.append(shape("line", { x1, y1, x2, y2, stroke: side.color, "stroke-width": side.width, opacity }));
  });
}

/**
 * @param {CSSStyleDeclaration} style
 * @param {string} side
 */
function borderOf(style, side) {
  const [line, width, color] = ["Style", "Width", "Color"].map((what) => /** @type {any} */ (style)[`border${side}${what}`]);
  return { width: line === "none" ? 0 : Number.parseFloat(width), color };
}

/**
 * Draw a line or a box that only a style sheet adds, such as the zero line of bars.
 * @param {CSSStyleDeclaration} style
 * @param {DOMRect} parent
 * @param {Element} area
 * @param {number} opacity
 */
function drawPseudo(style, parent, area, opacity) {
  if (style.content === "none" || style.position !== "absolute") return;
  const [left, top, width, height] = [style.left, style.top, style.width, style.height].map(Number.parseFloat);
  drawBox(style, { left: parent.left + left, top: parent.top + top, width, height }, area, opacity * Number(style.opacity));
}

/**
 * Write a text line by line, as the browser broke it. What is cut off on the screen is left out.
 * @param {Text} node
 * @param {CSSStyleDeclaration} style
 * @param {DOMRect} parent
 * @param {Element} area
 */
function drawText(node, style, parent, area) {
  /** @type {{ text: string, box: DOMRect, right: number }[]} */
  const lines = [];
  const range = document.createRange();
  for (const word of node.data.matchAll(/\S+\s*/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].trimEnd().length);
    const box = range.getClientRects()[0];
    const line = lines.at(-1);
    if (!box?.width) continue;
    if (line && Math.abs(line.box.top - box.top) < 3) [line.text, line.right] = [`${line.text} ${word[0].trim()}`, box.right];
    else lines.push({ text: word[0].trim(), box, right: box.right });
  }
  const size = Number.parseFloat(style.fontSize);
  for (const { text, box, right } of lines) {
    if (style.overflow === "hidden" && (right > parent.right + 1 || box.bottom > parent.bottom + 4)) continue;
    const font = { size, weight: style.fontWeight, family: style.fontFamily, style: style.fontStyle };
    const anchor = { center: "middle", right: "end", end: "end" }[style.textAlign] ?? "start";
    const x = anchor === "middle" ? (box.left + right) / 2 : anchor === "end" ? right : box.left;
    const written = writeText({ ...font, text, color: style.color }, x, box.top + ascentOf(font));
    written.setAttribute("text-anchor", anchor);
    if (Number.parseFloat(style.webkitTextStrokeWidth)) {
      written.setAttribute("stroke", style.webkitTextStrokeColor);
      written.setAttribute("paint-order", "stroke");
    }
    area.append(written);
  }
}

/** @param {Omit<Written, "text" | "color">} font */
function setFont({ style, weight, size, family }) {
  pen.font = `${style} ${weight} ${size}px ${family}`;
}

/** @param {Omit<Written, "text" | "color">} font */
function ascentOf(font) {
  setFont(font);
  return pen.measureText("x").fontBoundingBoxAscent;
}

/**
 * @param {Written} written
 * @param {number} x
 * @param {number} y
 */
function writeText({ text, color, size, weight, family, style }, x, y) {
  const font = { "font-size": size, "font-weight": weight, "font-family": family, "font-style": style };
  const made = shape("text", { x, y, fill: color, ...font });
  made.textContent = text;
  return made;
}

/**
 * Break a text into lines no wider than the picture.
 * @param {string} text
 * @param {Omit<Written, "text" | "color">} font
 * @param {number} width
 */
function wrapText(text, font, width) {
  setFont(font);
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * A copy of an SVG, placed where it is on the screen.
 * @param {SVGSVGElement} drawing
 * @param {DOMRect} box
 */
function copyDrawing(drawing, box) {
  const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  for (const each of copy.querySelectorAll(FOR_POINTERS)) each.remove();
  return placeDrawing(copy, box);
}

/**
 * A copy of an image: as shapes if it is SVG, since many programs don't draw an SVG inside another.
 * @param {HTMLImageElement} image
 * @param {DOMRect} box
 */
function copyImage(image, box) {
  const [head, body] = image.src.split(/,(.*)/s);
  if (!head.startsWith("data:image/svg+xml")) {
    const { left, top, width, height } = box;
    return shape("image", { href: image.src, x: left, y: top, width, height });
  }
  const text = head.endsWith("base64") ? decodeText(body) : decodeURIComponent(body);
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  // Its style sheet would apply to the whole picture.
  for (const style of parsed.querySelectorAll("style")) style.remove();
  return placeDrawing(/** @type {any} */ (document.importNode(parsed, true)), box);
}

/** @param {string} base64 */
function decodeText(base64) {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (each) => each.charCodeAt(0)));
}

/**
 * @param {SVGSVGElement} drawing
 * @param {DOMRect} box
 */
function placeDrawing(drawing, { left, top, width, height }) {
  if (!drawing.getAttribute("viewBox")) drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  for (const name of ["style", "class"]) drawing.removeAttribute(name);
  for (const [name, value] of Object.entries({ x: left, y: top, width, height })) drawing.setAttribute(name, String(value));
  return drawing;
}
