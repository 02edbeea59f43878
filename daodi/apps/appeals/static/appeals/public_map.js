// Marks for what is public. The list below the map is the way for keyboards; without this file it stands alone.
import { openMap } from "./leaflet.js";

const RADIUS = 9;
const CLOSE = 14;
const box = document.getElementById("public-map");

function words({ title, town, url }) {
  const link = document.createElement("a");
  link.href = url;
  link.textContent = title;
  const text = document.createElement("p");
  text.append(link, document.createElement("br"), town);
  return text;
}

const { marks } = await (await fetch(box.dataset.marks)).json();
if (marks.length) {
  const map = await openMap(box);
  const colour = getComputedStyle(document.documentElement).getPropertyValue("--primary").trim();
  for (const mark of marks) {
    self.L.circleMarker(mark.at, { radius: RADIUS, color: colour, fillOpacity: 0.6 }).bindPopup(words(mark)).addTo(map);
  }
  map.fitBounds(marks.map(({ at }) => at), { maxZoom: CLOSE, padding: [24, 24] });
}
