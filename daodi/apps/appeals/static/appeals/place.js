// Where it is: towns and villages while somebody writes, from a list, the phone's own position, or a map.
const PAUSE = 250;
const CLOSE = 16;
const DIGITS = 5; // of a degree: about a metre

export function startPlace({ form, words, say }) {
  const box = form.querySelector("[data-place]");
  const find = (name) => box.querySelector(`[data-${name}]`);
  const { address, division, lat, lon, place_name: placeName } = form.elements;
  const villages = box.querySelector("#villages");
  let timer;

  async function places(asked) {
    try {
      const answer = await fetch(`${box.dataset.places}?${new URLSearchParams(asked)}`);
      return (await answer.json()).places;
    } catch {
      return []; // no network: words will do
    }
  }

  const changed = () => form.dispatchEvent(new Event("change"));
  const nameOf = (place) => [place.town, place.name].filter(Boolean).join(" ");

  function choose(code, name) {
    if (code && ![...division.options].some((option) => option.value === code)) division.add(new Option(name, code));
    division.value = code;
    placeName.value = code ? name : "";
    show();
    changed();
  }

  function show() {
    find("chosen").hidden = !placeName.value;
    find("chosen").querySelector("strong").textContent = placeName.value;
    find("position").hidden = !lat.value;
  }

  // While somebody writes

  function offer(found) {
    find("found").hidden = !found.length;
    find("found").querySelector("p").textContent = found.length ? words.found : "";
    find("found").querySelector("ul").replaceChildren(...found.map((place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = nameOf(place);
      button.onclick = () => {
        address.value = "";
        offer([]);
        choose(place.code, nameOf(place));
        address.focus();
      };
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
  }

  async function look() {
    const q = address.value.trim();
    const found = q && !placeName.value ? await places({ q }) : [];
    if (q === address.value.trim()) offer(found);
  }

  address.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  find("chosen").querySelector("button").onclick = () => {
    choose("", "");
    address.focus();
  };

  // From the list: a town, then its villages

  division.addEventListener("change", async () => {
    const [option] = division.selectedOptions;
    const found = option.value.length === 9 ? await places({ town: option.value }) : [];
    villages.replaceChildren(new Option(words.wholeTown, option.value), ...found.map((place) => new Option(place.name, place.code)));
    villages.dataset.town = option.text;
    find("villages").hidden = !found.length;
    choose(option.value, option.value ? option.text : "");
  });
  villages.addEventListener("change", () => {
    const [option] = villages.selectedOptions;
    const { town } = villages.dataset;
    choose(option.value, option.value.length > 9 ? `${town} ${option.text}` : town);
  });

  // The position: of the phone, or on the map

  function note(position, said) {
    lat.value = position ? position.lat.toFixed(DIGITS) : "";
    lon.value = position ? position.lng.toFixed(DIGITS) : "";
    find("position").querySelector("span").textContent = said;
    show();
    changed();
  }

  function whereAmI() {
    const told = find("position").querySelector("span");
    find("position").hidden = false;
    told.textContent = words.askingPosition;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => note({ lat: coords.latitude, lng: coords.longitude }, words.position.replace("#", Math.max(1, Math.ceil(coords.accuracy)))),
      () => { told.textContent = words.noPosition; },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
    );
  }

  async function openMap() {
    const start = lat.value ? [Number(lat.value), Number(lon.value), CLOSE] : null;
    try {
      const { showMap } = await import(find("map").dataset.module);
      await showMap(find("map"), start, (position) => note(position, words.pinned));
      find("map-button").setAttribute("aria-expanded", "true");
    } catch {
      say(words.noMap, "warning");
    }
  }

  find("position").querySelector("button").onclick = () => note(null, "");
  find("here").onclick = whereAmI;
  find("here").hidden = !(self.isSecureContext && navigator.geolocation);
  find("position-tools").hidden = find("here").hidden && !find("map-button");
  if (find("map-button")) find("map-button").onclick = openMap;
  box.addEventListener("filled", () => {
    if (lat.value) find("position").querySelector("span").textContent = words.pinned;
    if (placeName.value) box.querySelector("details").open = false;
    offer([]);
    show();
  });
  show();
}
