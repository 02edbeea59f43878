// A map, loaded only when somebody opens it. The cross stays in the middle and the map moves below it: so fingers and
// arrow keys do the same, and nothing has to be dragged.
const CLOSE = 16;

function load(url, tag) {
  const part = document.createElement(tag);
  if (tag === "link") part.rel = "stylesheet";
  part[tag === "link" ? "href" : "src"] = url;
  return new Promise((resolve, reject) => {
    part.onload = resolve;
    part.onerror = reject;
    document.head.append(part);
  });
}

export async function showMap(box, start, take) {
  if (!box.hidden) return;
  await Promise.all([load(box.dataset.style, "link"), load(box.dataset.script, "script")]);
  box.hidden = false;
  const { L } = self;
  const [lat, lon, zoom] = start || box.dataset.start.split(",").map(Number);
  const canvas = box.querySelector(".map-canvas");
  const map = L.map(canvas, { attributionControl: false, zoomControl: false }).setView([lat, lon], zoom);
  L.control.zoom({ zoomInTitle: box.dataset.larger, zoomOutTitle: box.dataset.smaller }).addTo(map);
  L.control.attribution({ prefix: false }).addTo(map);
  L.tileLayer(box.dataset.tiles, { attribution: box.dataset.credit, maxZoom: 18, referrerPolicy: "origin", subdomains: "01234567" }).addTo(map);

  const centre = box.querySelector("[data-centre]");
  const say = () => {
    const { lat: north, lng: east } = map.getCenter();
    centre.textContent = `${north.toFixed(5)}, ${east.toFixed(5)}`;
  };
  map.on("moveend", say);
  say();
  navigator.geolocation?.getCurrentPosition(
    ({ coords }) => { if (!start) map.setView([coords.latitude, coords.longitude], CLOSE); },
    () => {},
  );
  box.querySelector("[data-take]").onclick = () => take(map.getCenter());
  canvas.focus();
}
