// The map as a file of its own: its data is in the page, and it requests nothing.

import { NetworkMap } from "./network_map.js";

/** @param {string} id */
function textOf(id) {
  return document.getElementById(id)?.textContent ?? "";
}

const host = /** @type {HTMLElement} */ (document.getElementById("map"));
const shadow = host.attachShadow({ mode: "open" });
shadow.append(Object.assign(document.createElement("style"), { textContent: textOf("map-styles") }));
new NetworkMap(shadow, { isOffline: true }).show(JSON.parse(textOf("map-data")));
