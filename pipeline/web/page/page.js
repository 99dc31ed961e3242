// Keeps the page up to date in place: who reads, selects or tabs through it is not disturbed.
"use strict";

const SECONDS = 5;
let paused = false;

const button = document.createElement("button");
button.type = "button";
button.id = "pause";
button.addEventListener("click", () => {
  paused = !paused;
  showButton();
  if (!paused) refresh();
});
document.body.prepend(button);
showButton();

function showButton() {
  button.textContent = paused ? "Resume updates" : "Pause updates";
}

async function refresh() {
  if (paused || document.hidden || getSelection().type === "Range") return;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const live = page.getElementById("live");
    if (live) replace(live);
    else say(page.querySelector("h1").textContent);
  } catch {
    say("Not reached; trying again");
  }
}

function replace(live) {
  const shown = document.getElementById("live");
  for (const fold of shown.querySelectorAll("details[open]")) {
    live.querySelector(`#${fold.id}`)?.setAttribute("open", "");
  }
  const reachable = "a, summary";
  const focused = [...shown.querySelectorAll(reachable)].indexOf(document.activeElement);
  shown.replaceWith(live);
  live.querySelectorAll(reachable)[focused]?.focus({ preventScroll: true });
}

function say(words) {
  const state = document.querySelector("#state .state");
  state.textContent = words;
  state.className = "state bad";
}

setInterval(refresh, SECONDS * 1000);
document.addEventListener("visibilitychange", refresh);
