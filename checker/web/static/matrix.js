"use strict";
// The matrix: filters, arrow keys, and the order in which a finding's page goes on.
(function () {
  const form = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const nothing = document.getElementById("nothing");
  const begin = document.getElementById("begin");
  const case_ = location.pathname;
  const KEY = "filter " + case_;
  const GAPS = ["missing", "denied", "mentioned", "planned", "partial"];
  const tables = Array.from(document.querySelectorAll(".cells")).map((table) => ({
    table,
    heads: Array.from(table.tHead.rows[0].cells),
    rows: Array.from(table.tBodies[0].rows).map((row) => ({
      row,
      name: row.dataset.name,
      isOut: false,
      cells: Array.from(row.cells).map((cell) => {
        const facts = (cell.dataset.f || "").split(" ");
        return { cell, link: cell.firstElementChild, status: facts[0], severity: facts[1], review: facts[2], mark: facts[3], isOut: false };
      }),
    })),
    off: [],
  }));

  function wanted() {
    const fields = form.elements;
    const statuses = new Set(Array.from(form.querySelectorAll("[name=status]:checked"), (box) => box.value));
    return {
      school: fields.school.value.trim().toLocaleLowerCase(), question: fields.question.value, severity: fields.severity.value,
      decision: fields.decision.value, review: fields.review.checked, statuses,
    };
  }

  function fits(entry, want) {
    return want.statuses.has(entry.status) && (!want.severity || entry.severity === want.severity) &&
      (!want.review || entry.review === "1") && (!want.decision || entry.mark === want.decision);
  }

  function set(entry, element, isOut) {
    if (entry.isOut !== isOut) { element.classList.toggle("out", isOut); entry.isOut = isOut; }
  }

  function show() {
    const want = wanted();
    let count = 0, total = 0, any = 0;
    for (const { table, heads, rows, off } of tables) {
      const isOff = heads.map((head) => Boolean(want.question) && Boolean(head.dataset.question) && head.dataset.question !== want.question);
      if (isOff.some((is, at) => is !== Boolean(off[at]))) {
        heads.forEach((head, at) => head.classList.toggle("off", isOff[at]));
        for (const { row } of rows) Array.from(row.cells).forEach((cell, at) => cell.classList.toggle("off", isOff[at]));
        off.splice(0, off.length, ...isOff);
      }
      let inTable = 0;
      for (const entry of rows) {
        let inRow = 0;
        const isNamed = !want.school || entry.name.includes(want.school);
        entry.cells.forEach((cell, at) => {
          if (!cell.status) return;
          total += 1;
          const isIn = isNamed && !isOff[at] && fits(cell, want);
          set(cell, cell.cell, !isIn);
          if (isIn) inRow += 1;
        });
        set(entry, entry.row, inRow === 0);
        count += inRow;
        if (inRow) inTable += 1;
      }
      table.hidden = inTable === 0;
      any += inTable;
    }
    nothing.hidden = any > 0;
    shown.textContent = shown.dataset.words.replace("{shown}", count).replace("{total}", total);
    keep(want, count < total);
  }

  // What is shown is what a finding's page goes through; kept for this window only.
  function keep(want, isFiltered) {
    const order = isFiltered ? visible().map((entry) => entry.link.pathname) : [];
    const fields = Object.fromEntries(new FormData(form).entries());
    fields.status = Array.from(want.statuses).join(" ");
    sessionStorage.setItem(KEY, JSON.stringify({ order, fields }));
    if (begin && isFiltered) {
      const first = visible().find((entry) => entry.mark === "open" && GAPS.includes(entry.status)) || visible()[0];
      if (first) begin.href = first.link.pathname;
    }
  }

  function restore() {
    const kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
    if (!kept) return;
    for (const name of ["school", "question", "severity", "decision"]) form.elements[name].value = kept.fields[name] || "";
    form.elements.review.checked = kept.fields.review === "1";
    const statuses = kept.fields.status.split(" ");
    for (const box of form.querySelectorAll("[name=status]")) box.checked = statuses.includes(box.value);
  }

  function visible() {
    const found = [];
    for (const { rows } of tables) for (const entry of rows) if (!entry.isOut) for (const cell of entry.cells) if (cell.status && !cell.isOut) found.push(cell);
    return found;
  }

  function go(link) {
    for (const old of document.querySelectorAll(".cells a[tabindex='0']")) old.tabIndex = -1;
    link.tabIndex = 0;
    link.focus();
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  function move(link, [down, right]) {
    const rows = tables.flatMap(({ rows }) => rows).filter((entry) => !entry.isOut);
    let at = rows.findIndex((entry) => entry.row.contains(link));
    let column = link.parentElement.cellIndex;
    const isFree = () => {
      const cell = rows[at].cells[column];
      return cell && cell.status && !cell.isOut;
    };
    do {
      at += down;
      column += right;
      if (at < 0 || at >= rows.length || column < 1 || column >= rows[at].cells.length) return;
    } while (!isFree());
    go(rows[at].cells[column].link);
  }

  document.addEventListener("keydown", (event) => {
    const link = event.target.closest && event.target.closest(".cells a");
    if (link && STEPS[event.key]) { event.preventDefault(); move(link, STEPS[event.key]); }
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "/" && !isTyping) { event.preventDefault(); form.elements.school.focus(); }
    if (event.key === "Escape" && event.target === form.elements.school) { form.elements.school.value = ""; show(); }
  });
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => { event.preventDefault(); const first = visible()[0]; if (first) go(first.link); });
  restore();
  show();
  const last = sessionStorage.getItem("last " + case_);
  const first = visible().find((entry) => entry.link.pathname === last) || visible()[0];
  if (first) { first.link.tabIndex = 0; if (last === first.link.pathname) first.link.scrollIntoView({ block: "center", inline: "nearest" }); }
})();
