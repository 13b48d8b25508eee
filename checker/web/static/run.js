"use strict";
// A run's page: what is told of it is fetched anew until it ends.
(function () {
  const place = document.getElementById("run");
  const PAUSE = 500;
  async function look() {
    try {
      const answer = await fetch(place.dataset.from);
      if (answer.ok) place.innerHTML = await answer.text();
    } catch { /* the server is gone or busy: the next look will tell */ }
    const state = place.firstElementChild.dataset.state;
    if (state === "done") { location.replace(place.dataset.then); return; }
    if (state === "running") setTimeout(look, PAUSE);
  }
  const state = place.firstElementChild.dataset.state;
  if (state === "running") setTimeout(look, PAUSE);
  if (state === "done") location.replace(place.dataset.then);
})();
