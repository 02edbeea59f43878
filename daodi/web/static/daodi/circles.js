"use strict";
// One circle for each town on the site's map; the tiles and the table above say the same.

(() => {
  const box = document.querySelector("[data-circles] .map-canvas");
  if (!box || !window.L) return;
  const { L } = window;
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const circles = JSON.parse(document.getElementById("circles").textContent);
  const [lat, lon, zoom] = box.dataset.start.split(",").map(Number);
  const map = L.map(box, { attributionControl: false, zoomControl: false }).setView([lat, lon], zoom);
  L.control.zoom({ zoomInTitle: box.dataset.larger, zoomOutTitle: box.dataset.smaller }).addTo(map);
  L.control.attribution({ prefix: false }).addTo(map);
  L.tileLayer(box.dataset.tiles, { attribution: box.dataset.credit, maxZoom: 18, referrerPolicy: "origin", subdomains: "01234567" }).addTo(map);
  for (const { lat: north, lon: east, step, name, value, n } of circles) {
    const words = document.createElement("span");
    words.textContent = `${name}: ${value} (n = ${n})`;
    L.circleMarker([north, east], {
      radius: 14, color: token("--primary-strong"), fillColor: token("--primary"), fillOpacity: 0.15 + step * 0.15, weight: 2,
    }).bindTooltip(words, { permanent: false }).addTo(map);
  }
  if (circles.length) map.fitBounds(circles.map((each) => [each.lat, each.lon]), { padding: [40, 40], maxZoom: 13 });
})();
