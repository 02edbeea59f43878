// The form as a list of names and values that can be kept, and back again.

// The server's own, and what is there whether or not anybody wrote something.
const OURS = new Set(["csrfmiddlewaretoken", "form_key"]);
const TYPED = "textarea, input:not([type=hidden], [type=radio], [type=checkbox])";

const isEmptyFile = (value) => value instanceof File && !value.size;

export function entriesOf(form) {
  return [...new FormData(form)].filter(([name, value]) => !OURS.has(name) && !isEmptyFile(value));
}

export function isTyped(form) {
  return [...form.querySelectorAll(TYPED)].some((field) => field.name && (field.files ? field.files.length : field.value.trim()));
}

export const hasWords = (form) => Boolean(form.elements.text.value.trim() || form.elements.recording.files.length);

export function titleOf(form) {
  return form.elements.text.value.trim().split("\n")[0].slice(0, 60);
}

export function setFiles(input, files) {
  const carrier = new DataTransfer();
  for (const file of files) carrier.items.add(file);
  input.files = carrier.files;
}

function fillSelect(field, values, label) {
  const there = [...field.options].some((option) => option.value === values[0]);
  if (values[0] && !there) field.add(new Option(label || values[0], values[0]));
  if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
  else field.value = values[0] || "";
}

// Put kept values into the form, and empty all others; the parts of the page hear "filled" and draw themselves anew.
export function fill(form, entries) {
  const values = (name) => entries.filter(([other]) => other === name).map(([, value]) => value);
  form.reset();
  for (const field of form.elements) {
    if (!field.name || OURS.has(field.name)) continue;
    const given = values(field.name);
    if (field.type === "file") setFiles(field, given);
    else if (field.type === "checkbox" || field.type === "radio") {
      if (entries.length) field.checked = given.includes(field.value);
    } else if (field.tagName === "SELECT") fillSelect(field, given, values("place_name")[0]);
    else field.value = given[0] || "";
  }
  for (const part of form.querySelectorAll("[data-part]")) part.dispatchEvent(new Event("filled"));
}

export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
