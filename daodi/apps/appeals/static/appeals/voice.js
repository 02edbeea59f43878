// A voice note: recorded, paused, listened to, recorded again.
import { setFiles } from "./draft.js";

const LONGEST = 5 * 60 * 1000;
const KINDS = { "audio/webm;codecs=opus": "webm", "audio/mp4": "m4a", "audio/ogg;codecs=opus": "ogg" };
const BITS = 32000;
const clock = (time) => `${Math.floor(time / 60000)}:${String(Math.floor(time / 1000) % 60).padStart(2, "0")}`;

export function startVoice({ form, words }) {
  const box = form.querySelector("[data-voice]");
  const find = (name) => box.querySelector(`[data-${name}]`);
  const input = form.elements.recording;
  const player = box.querySelector("audio");
  const kind = self.MediaRecorder && Object.keys(KINDS).find((each) => MediaRecorder.isTypeSupported(each));
  if (!kind || !navigator.mediaDevices) return;
  let recorder = null;
  let parts = [];
  let length = 0;
  let since = 0;

  const running = () => recorder && recorder.state === "recording";
  const time = () => length + (running() ? Date.now() - since : 0);

  function show() {
    const recording = input.files[0];
    for (const name of ["pause", "stop"]) find(name).hidden = !recorder;
    for (const word of find("pause").querySelectorAll("[data-when]")) word.hidden = word.dataset.when !== recorder?.state;
    find("record").hidden = Boolean(recorder || recording);
    find("voice-tools").hidden = Boolean(recording && !recorder);
    find("voice-result").hidden = !recording;
    box.querySelector(".voice-time").hidden = !recorder;
  }

  function tick() {
    if (!recorder) return;
    box.querySelector(".voice-time").textContent = clock(time());
    if (time() >= LONGEST) recorder.stop();
    else setTimeout(tick, 250);
  }

  function set(files) {
    setFiles(input, files);
    listen();
    form.dispatchEvent(new Event("change"));
  }

  function listen() {
    if (player.src) URL.revokeObjectURL(player.src);
    if (input.files[0]) player.src = URL.createObjectURL(input.files[0]);
    else player.removeAttribute("src");
    show();
  }

  function finish() {
    const type = kind.split(";")[0];
    for (const track of recorder.stream.getTracks()) track.stop();
    recorder = null;
    set([new File(parts, `recording.${KINDS[kind]}`, { type })]);
    player.focus();
  }

  async function record() {
    find("voice-error").hidden = true;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: BITS });
    } catch {
      find("voice-error").textContent = words.noMicrophone;
      find("voice-error").hidden = false;
      return;
    }
    [parts, length, since] = [[], 0, Date.now()];
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.onstop = finish;
    recorder.start(1000);
    show();
    tick();
    find("stop").focus();
  }

  function pause() {
    if (running()) {
      length = time();
      recorder.pause();
    } else {
      since = Date.now();
      recorder.resume();
    }
    show();
  }

  find("record").onclick = record;
  find("pause").onclick = pause;
  find("stop").onclick = () => recorder.stop();
  find("drop").onclick = () => { set([]); find("record").focus(); };
  find("again").onclick = () => { set([]); record(); };
  box.addEventListener("filled", listen);
  input.classList.add("visually-hidden");
  input.tabIndex = -1;
  listen();
}
