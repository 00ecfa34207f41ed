// A stopwatch in the page: from a key press, or a move of a pointer that holds something, to the
// frame in which its picture was painted.
// `kind` says whose picture counts: "scene" for an explorer's canvas, "interact" for a new image.
window.stopwatch = { kind: null, pressed: null, milliseconds: [] };

document.addEventListener("keydown", (event) => {
  window.stopwatch.pressed = event.timeStamp; // when the key went down, on performance.now's clock
}, true);

document.addEventListener("pointermove", (event) => {
  if (event.buttons) window.stopwatch.pressed = event.timeStamp;
}, true);

// A message posted inside an animation frame arrives after that frame was painted.
function stopAfterPaint(pressed) {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      window.stopwatch.milliseconds.push(performance.now() - pressed);
    };
    channel.port2.postMessage(0);
  });
}

// Only the first picture after a press counts.
function takePress(kind) {
  if (window.stopwatch.kind !== kind) return null;
  const pressed = window.stopwatch.pressed;
  window.stopwatch.pressed = null;
  return pressed;
}

document.addEventListener("course-drawn", () => {
  const pressed = takePress("scene");
  if (pressed !== null) stopAfterPaint(pressed);
}, true);

function newImage(mutation) {
  if (!mutation.target.closest?.(".widget-interact")) return null;
  for (const node of mutation.addedNodes) {
    const image = node.matches?.("img") ? node : node.querySelector?.("img");
    if (image) return image;
  }
  return null;
}

new MutationObserver((mutations) => {
  const image = mutations.map(newImage).find((found) => found !== null);
  if (!image) return;
  const pressed = takePress("interact");
  if (pressed !== null) image.decode().then(() => stopAfterPaint(pressed));
}).observe(document, { childList: true, subtree: true });
