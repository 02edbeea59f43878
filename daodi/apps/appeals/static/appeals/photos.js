// Photos and files: taken or chosen, made small, shown with a way to remove them, refused early with a sentence.
import { setFiles } from "./draft.js";
import { shrink } from "./shrink.js";

const MEGABYTE = 2 ** 20;
const size = (bytes) => (bytes < MEGABYTE ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`);

export function startPhotos({ form, words }) {
  const box = form.querySelector("[data-photos]");
  const input = box.querySelector("input[name=photos]");
  const camera = box.querySelector("input[capture]");
  const status = box.querySelector("[data-photo-status]");
  const errors = box.querySelector("[data-photo-errors]");
  const { megabytes, totalMegabytes, most } = box.dataset;
  const accepted = input.accept.split(",");
  let kept = [];

  const addresses = new Map();
  function picture(file) {
    if (!addresses.has(file)) addresses.set(file, URL.createObjectURL(file));
    return addresses.get(file);
  }

  function line(file) {
    const item = document.getElementById("photo").content.cloneNode(true);
    const img = item.querySelector("img");
    if (file.type.startsWith("image/")) img.src = picture(file);
    else img.hidden = true;
    item.querySelector(".thumbnail-name").textContent = `${file.name} · ${size(file.size)}`;
    item.querySelector(".thumbnail-of").textContent = file.name;
    item.querySelector("button").onclick = () => {
      keep(kept.filter((other) => other !== file));
      form.dispatchEvent(new Event("change"));
      box.querySelector("[data-choose]").focus();
    };
    return item;
  }

  function keep(files) {
    for (const file of kept) {
      if (!files.includes(file)) URL.revokeObjectURL(addresses.get(file));
    }
    kept = files;
    setFiles(input, kept);
    box.querySelector(".thumbnails").replaceChildren(...kept.map(line));
  }

  function complain(file, sentence, number) {
    const item = errors.appendChild(document.createElement("li"));
    item.className = "field-error";
    item.textContent = `${file.name} ${sentence.replace("#", number)}`;
  }

  function refusal(file) {
    const total = kept.reduce((bytes, other) => bytes + other.size, file.size);
    const fits = file.type.startsWith("image/") || accepted.some((suffix) => file.name.toLowerCase().endsWith(suffix));
    if (!fits) return [words.wrongType];
    if (file.size > megabytes * MEGABYTE) return [words.tooLarge, megabytes];
    if (total > totalMegabytes * MEGABYTE) return [words.total, totalMegabytes];
    if (kept.length >= most) return [words.tooMany, most];
    return null;
  }

  async function add(file) {
    let small = file;
    try {
      small = await shrink(file);
    } catch {
      return complain(file, words.unreadable);
    }
    const wrong = refusal(small);
    return wrong ? complain(file, ...wrong) : keep([...kept, small]);
  }

  async function take(chosen) {
    errors.replaceChildren();
    status.textContent = words.preparing;
    status.hidden = false;
    for (const file of chosen) await add(file);
    status.hidden = true;
    form.dispatchEvent(new Event("change"));
  }

  input.addEventListener("change", () => {
    const chosen = [...input.files];
    setFiles(input, kept); // the browser has put the new ones in their place
    take(chosen);
  });
  camera.addEventListener("change", () => take([...camera.files]));
  box.addEventListener("filled", () => keep([...input.files]));
  box.querySelector("[data-choose]").onclick = () => input.click();
  box.querySelector("[data-camera]").onclick = () => camera.click();
  box.querySelector("[data-photo-tools]").hidden = false;
  input.classList.add("visually-hidden");
  input.tabIndex = -1;
}
