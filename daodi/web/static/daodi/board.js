"use strict";
// The whole screen, and a board that would rather say that it is old than go blank.

(() => {
  const button = document.getElementById("fullscreen");
  if (document.fullscreenEnabled) {
    button.hidden = false;
    button.addEventListener("click", () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen();
    });
  }

  const stale = document.getElementById("stale");
  document.addEventListener("htmx:beforeSwap", (event) => {
    const fresh = event.detail.xhr.status === 200 && event.detail.serverResponse.includes('id="board"');
    event.detail.shouldSwap = fresh;
    stale.hidden = fresh;
  });
  document.addEventListener("htmx:sendError", () => { stale.hidden = false; });
})();
