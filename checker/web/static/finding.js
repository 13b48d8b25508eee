"use strict";
// A finding's page: its document beside it, the way to the next, and the decision by key.
(function () {
  const page = document.getElementById("page");
  const form = document.getElementById("decision");
  const base = location.pathname.replace(/\/findings\/.*$/, "");
  const here = location.pathname;
  const VERDICTS = { 1: "confirmed", 2: "dismissed", 3: "changed", 4: "not_applicable" };
  sessionStorage.setItem("last " + base, here);

  // The way through the findings is that of the matrix as it was filtered, else the one the page came with.
  const kept = JSON.parse(sessionStorage.getItem("filter " + base) || "null");
  const order = kept ? kept.order : [];
  const at = order.indexOf(here);
  if (at >= 0) {
    point("before", order[at - 1]);
    point("after", order[at + 1]);
    const next = order[at + 1] || "";
    if (form) form.elements.then.value = next.split("/").pop();
    const position = document.querySelector(".steps .quiet");
    if (position) position.textContent = (at + 1) + " / " + order.length;
  }
  function point(id, path) {
    const link = document.getElementById(id);
    if (link && path) link.href = path;
    if (link && !path) link.remove();
  }

  let asked = null;
  async function show(number) {
    asked = number;
    for (const quote of document.querySelectorAll("blockquote")) {
      const link = quote.querySelector("a.show");
      quote.classList.toggle("chosen", Boolean(link) && link.dataset.place === String(number));
    }
    if (!page.querySelector("figure, section")) page.querySelector(".empty").textContent = page.dataset.wait;
    let text = "";
    try {
      const answer = await fetch(page.dataset.from + number);
      if (answer.ok) text = await answer.text();
    } catch { /* told below */ }
    if (asked !== number) return;
    if (text) page.innerHTML = text;
    else page.textContent = page.dataset.lost;
    const mark = page.querySelector(".mark, .here");
    if (mark) {
      const box = mark.getBoundingClientRect(), frame = page.getBoundingClientRect();
      page.scrollTop += box.top - frame.top - frame.height / 3;
    }
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a.show");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(Number(link.dataset.place));
  });
  if (page.dataset.first !== "") show(Number(page.dataset.first));

  function reasonNext() {
    const isChanged = form.elements.verdict.value === "changed";
    form.elements.status.required = isChanged;
    form.elements.reason.required = form.elements.verdict.value !== "confirmed";
    (isChanged ? form.elements.status : form.elements.reason).focus();
  }
  form.addEventListener("change", (event) => { if (event.target.name === "verdict") reasonNext(); });
  form.addEventListener("submit", () => {
    if (form.elements.verdict.value !== "changed") form.elements.status.value = "";
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form.contains(event.target)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[value=next]"));
    }
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "radio";
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const link = { j: "after", k: "before" }[event.key];
    if (link && document.getElementById(link)) document.getElementById(link).click();
    if (event.key === "Escape") location.href = base;
    if (VERDICTS[event.key]) {
      event.preventDefault();
      const anew = document.getElementById("anew");
      if (anew) anew.open = true;
      form.querySelector("[name=verdict][value=" + VERDICTS[event.key] + "]").checked = true;
      reasonNext();
    }
  });
})();
