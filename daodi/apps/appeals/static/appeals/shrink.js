// Make a photo small enough to be sent over a weak network; the server removes what it tells about place and camera.
const LONGEST_SIDE = 1920;
const QUALITY = 0.85;
const SMALL = 1.5 * 2 ** 20;
const isPhoto = (file) => file.type.startsWith("image/") || /\.(jpe?g|png|webp|heic|heif)$/i.test(file.name);

function drawn(picture, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pencil = canvas.getContext("2d");
  pencil.fillStyle = "#fff"; // what is transparent would turn black
  pencil.fillRect(0, 0, canvas.width, canvas.height);
  pencil.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}

// Return the photo as a JPEG, upright, with at most 1920 points a side; what is small already, and what is no photo, as
// it is. Throw when the browser cannot read it.
export async function shrink(file) {
  if (!isPhoto(file) || file.type === "image/gif") return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size <= SMALL && file.type === "image/jpeg") return file;
  const small = await drawn(picture, scale);
  picture.close();
  if (!small) throw new Error(file.name);
  return new File([small], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
}
