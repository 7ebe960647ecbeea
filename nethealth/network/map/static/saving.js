// What one sees as a picture to keep: the map on paper of its own, with its key and its count beneath.

const KEY_SIZE = 14;

function savedPicture(map) {
  const seen = map.stage.querySelector("canvas");
  const ratio = seen.width / (map.stage.clientWidth || 1);
  const paper = document.createElement("canvas");
  const pen = paper.getContext("2d");
  const font = `400 ${KEY_SIZE}px ${map.data.fonts.text}`;
  pen.font = font;
  const width = map.stage.clientWidth - 40;
  const rows = [keyOf(map), notesOf(map)].flatMap((parts) => wrapped(pen, parts, width));
  paper.width = seen.width;
  paper.height = seen.height + (20 + rows.length * (KEY_SIZE + 12)) * ratio;
  pen.fillStyle = map.colours.paper;
  pen.fillRect(0, 0, paper.width, paper.height);
  pen.drawImage(seen, 0, 0);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.textBaseline = "middle";
  pen.font = font;
  rows.forEach((row, at) => {
    const y = map.stage.clientHeight + 18 + at * (KEY_SIZE + 12);
    for (const { text, draw, wide, x } of row) {
      draw?.(pen, x, y);
      pen.fillStyle = draw ? map.colours.ink : map.colours.muted;
      pen.fillText(text, x + wide, y);
    }
  });
  paper.toBlob((blob) => {
    if (!blob) return;
    const link = element("a");
    link.href = URL.createObjectURL(blob);
    link.download = "network-map.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }, "image/png");
}

// What the marks and lines mean: each text, and how its sign is drawn before it, so many pixels wide.
function keyOf(map) {
  const entries = map.data.legend.entries.filter((entry) => !map.only.size || map.only.has(entry.group));
  const marks = entries.map(({ label, count, shape, group }) => ({
    text: isolated(cut(label, 40)) + ` ${count.toLocaleString("en")}`,
    wide: 20,
    draw(pen, x, y) {
      pen.beginPath();
      trace(pen, shape, x + 7, y, 6);
      pen.fillStyle = map.hue(group);
      pen.fill();
    },
  }));
  const lines = map.lines === "type" ? map.lineKey() : [];
  const strokes = lines.map(({ label, line }) => ({
    text: isolated(cut(label, 40)),
    wide: 36,
    draw(pen, x, y) {
      pen.beginPath();
      pen.setLineDash(line.dashes);
      [pen.strokeStyle, pen.lineWidth] = [line.colour, 2.4];
      pen.moveTo(x, y);
      pen.lineTo(x + 28, y);
      pen.stroke();
    },
  }));
  return [...marks, ...strokes];
}

function notesOf(map) {
  const notes = [map.presenter.line.textContent, map.count.textContent];
  if (map.silent.size) notes.push(`hatched: ${map.data.legend.hatched}`);
  if (map.lines in map.picture.said) notes.push(map.thicker());
  return notes.map((text) => ({ text, wide: 0 }));
}

// In rows as wide as the paper, each with where it stands.
function wrapped(pen, parts, width) {
  const rows = [];
  let x = Infinity;
  for (const part of parts) {
    const wide = part.wide + pen.measureText(part.text).width + 22;
    if (x + wide > width) {
      rows.push([]);
      x = 20;
    }
    rows.at(-1).push({ ...part, x });
    x += wide;
  }
  return rows;
}
