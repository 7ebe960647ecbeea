// Gives Plotly's charts the colors of paper while a dark page is printed. Charts of ours are HTML, whose colors follow the
// style sheet.

import { recolor } from "./recolor.js";

/** @import { Component } from "./types" */

const SHAPES = '[data-testid="stPlotlyChart"] .main-svg *';
const COLORED = ["style", "fill", "stroke"];

/** @param {Component<{ colors: Record<string, string> }>} component */
export function printInLight({ data }) {
  /** @type {(() => void)[]} */
  let undo = [];
  const replace = () => {
    for (const shape of document.querySelectorAll(SHAPES))
      for (const name of COLORED) {
        const before = shape.getAttribute(name);
        const after = before && recolor(before, data.colors);
        if (!after || after === before) continue;
        shape.setAttribute(name, after);
        undo.push(() => shape.setAttribute(name, before));
      }
  };
  const restore = () => {
    for (const each of undo) each();
    undo = [];
  };
  window.addEventListener("beforeprint", replace);
  window.addEventListener("afterprint", restore);
  return () => {
    restore();
    window.removeEventListener("beforeprint", replace);
    window.removeEventListener("afterprint", restore);
  };
}

export default printInLight;
