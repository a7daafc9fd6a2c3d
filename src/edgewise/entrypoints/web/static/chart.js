// Draws charts in the page's own colours. Expressions are interpreted, never compiled from text.
const places = document.querySelectorAll(".chart[data-spec]");

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

async function draw(place) {
  const answer = await fetch(place.dataset.spec);
  if (!answer.ok) return;
  const spec = await answer.json();
  const ink = colour("--ink"), faint = colour("--faint"), line = colour("--accent");
  const narrow = window.innerWidth < 640;
  spec.columns = Math.min(spec.columns, narrow ? 2 : 3);
  const room = Math.min(place.clientWidth || 600, 660);
  spec.spec.width = Math.floor((room - (narrow ? 70 : 100)) / spec.columns) - 16;
  spec.config = {
    ...spec.config,
    background: "transparent",
    view: { stroke: "transparent" },
    axis: { labelColor: faint, tickColor: faint, domainColor: faint, gridColor: colour("--rule") },
    header: { labelColor: ink, labelFontSize: 13, labelFont: "inherit" },
    area: { color: line },
    line: { color: line },
    point: { color: line },
  };
  await globalThis.vegaEmbed(place, spec, {
    actions: false,
    ast: true,
    renderer: "svg",
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  });
}

for (const place of places) await draw(place);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => places.forEach(draw));
