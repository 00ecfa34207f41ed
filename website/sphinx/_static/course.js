// Small things that the site's pages need beside the widgets.

// Reviews: how many predictions kept in this browser were right, and how sure one was.
const SHELF = "course.predictions"; // box.js writes it

function predictions(lesson) {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem(SHELF)) ?? {};
  } catch {
    // nothing is kept, or nothing may be
  }
  return Object.entries(kept).filter(([key]) => !lesson || key.startsWith(`${lesson}.`));
}

function review() {
  for (const place of document.querySelectorAll(".course-review")) {
    const entries = predictions(place.dataset.lesson).map(([, entry]) => entry);
    if (entries.length === 0) continue;
    const right = entries.filter((entry) => entry.right).length;
    const sure = entries.reduce((sum, entry) => sum + entry.confidence, 0) / entries.length;
    place.textContent = `${right} of your ${entries.length} predictions were right, `
      + `and you were ${Math.round(sure)} % sure on average.`;
  }
}

review();
addEventListener("course-predicted", review);
addEventListener("storage", review);

// The search field's visible words belong to its name, and the theme's label hides them.
for (const button of document.querySelectorAll(".search-button-field")) button.removeAttribute("aria-label");
