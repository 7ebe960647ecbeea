// The map as a file of its own: the data stands in the page, nothing is asked of anybody.

const stage = document.getElementById("map");
const shadow = stage.attachShadow({ mode: "open" });
const look = document.createElement("style");
look.textContent = document.getElementById("map-look").textContent;
shadow.append(look);
new LivingMap(shadow, { alone: true }).show(JSON.parse(document.getElementById("map-data").textContent));
