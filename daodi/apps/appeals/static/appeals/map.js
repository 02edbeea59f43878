// A map, loaded only when somebody opens it. The cross stays in the middle and the map moves below it: so fingers and
// arrow keys do the same, and nothing has to be dragged.
import { openMap } from "./leaflet.js";

const CLOSE = 16;

export async function showMap(box, start, take) {
  if (!box.hidden) return;
  const map = await openMap(box, start);
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
  box.querySelector(".map-canvas").focus();
}
