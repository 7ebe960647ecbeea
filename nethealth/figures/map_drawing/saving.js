// What one sees as a picture to keep: the map on paper of its own, with its key and its count beneath.

function savedPicture(map) {
  const seen = map.stage.querySelector("canvas");
  const ratio = seen.width / (map.stage.clientWidth || 1);
  const entries = map.data.legend.entries.filter((entry) => !map.only.size || map.only.has(entry.group));
  const size = 14;
  const paper = document.createElement("canvas");
  const pen = paper.getContext("2d");
  pen.font = `400 ${size}px ${map.data.fonts.text}`;
  const lines = wrapped(pen, entries, map.stage.clientWidth - 40);
  const foot = 46 + lines.length * (size + 12);
  paper.width = seen.width;
  paper.height = seen.height + foot * ratio;
  pen.fillStyle = map.colours.paper;
  pen.fillRect(0, 0, paper.width, paper.height);
  pen.drawImage(seen, 0, 0);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.textBaseline = "middle";
  let y = map.stage.clientHeight + 18;
  for (const line of lines) {
    for (const { entry, text, x } of line) {
      pen.beginPath();
      trace(pen, entry.shape, x + 7, y, 6);
      pen.fillStyle = map.hue(entry.group);
      pen.fill();
      pen.fillStyle = map.colours.ink;
      pen.font = `400 ${size}px ${map.data.fonts.text}`;
      pen.fillText(text, x + 20, y);
    }
    y += size + 12;
  }
  pen.fillStyle = map.colours.muted;
  pen.font = `400 ${size}px ${map.data.fonts.text}`;
  const hatched = map.silent.size ? ` · hatched: ${map.data.legend.hatched}` : "";
  const thicker = map.lines in map.picture.said ? ` · thicker: more ${map.picture.said[map.lines].label}` : "";
  pen.fillText(`${map.presenter.line.textContent} · ${map.count.textContent}${hatched}${thicker}`, 20, y + 4);
  paper.toBlob((blob) => {
    const link = element("a");
    link.href = URL.createObjectURL(blob);
    link.download = "network-map.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }, "image/png");
}

function wrapped(pen, entries, width) {
  const lines = [];
  let x = Infinity;
  for (const entry of entries) {
    const text = `${cut(entry.label, 40)} ${entry.count.toLocaleString("en")}`;
    const wide = 20 + pen.measureText(text).width + 22;
    if (x + wide > width) {
      lines.push([]);
      x = 20;
    }
    lines.at(-1).push({ entry, text, x });
    x += wide;
  }
  return lines;
}
