// Leaflet, brought only when a map is shown. The box says where tiles, script and style are.
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

// Show the site's map in a box: [latitude, longitude, zoom], or where the site begins.
export async function openMap(box, start) {
  await Promise.all([load(box.dataset.style, "link"), load(box.dataset.script, "script")]);
  box.hidden = false;
  const { L } = self;
  const [lat, lon, zoom] = start || box.dataset.start.split(",").map(Number);
  const map = L.map(box.querySelector(".map-canvas"), { attributionControl: false, zoomControl: false }).setView([lat, lon], zoom);
  L.control.zoom({ zoomInTitle: box.dataset.larger, zoomOutTitle: box.dataset.smaller }).addTo(map);
  L.control.attribution({ prefix: false }).addTo(map);
  L.tileLayer(box.dataset.tiles, { attribution: box.dataset.credit, maxZoom: 18, referrerPolicy: "origin", subdomains: "01234567" }).addTo(map);
  return map;
}
