"use strict";
// The start page: a folder that is dropped or chosen is sent file by file, then checked.
(function () {
  const form = document.getElementById("new");
  const drop = document.getElementById("drop");
  const chooser = document.getElementById("chooser");
  const chosen = document.getElementById("chosen");
  const sending = document.getElementById("sending");
  const words = document.getElementById("sending-words");
  const bar = document.getElementById("sent");
  const csrf = document.querySelector("meta[name=csrf]").content;
  const names = Array.from(document.querySelectorAll(".cases h3"), (heading) => heading.textContent.trim().toLocaleLowerCase());
  const AT_ONCE = 4;
  let files = [];
  let isNameOurs = form.elements.name.value === "";
  let abort = null;

  function filled(sentence, fields) {
    return sentence.replace(/\{(\w+)\}/g, (_, name) => String(fields[name]));
  }

  function megabytes(bytes) {
    return (bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  }

  function take(found, name) {
    files = found;
    const size = found.reduce((sum, entry) => sum + entry.file.size, 0);
    drop.classList.toggle("full", found.length > 0);
    chosen.textContent = found.length
      ? filled(form.dataset.chosen, { folder: name, count: found.length, size: megabytes(size) })
      : form.dataset.empty;
    if (isNameOurs && found.length) form.elements.name.value = name.slice(0, 80);
    tellExisting();
  }

  function tellExisting() {
    const name = form.elements.name.value.trim().toLocaleLowerCase();
    const isThere = names.includes(name) && name !== "";
    document.getElementById("exists").textContent = isThere ? form.dataset.exists : "";
  }

  function entriesIn(reader) {
    return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
  }

  function fileOf(entry) {
    return new Promise((resolve, reject) => entry.file(resolve, reject));
  }

  async function walk(entry, path, found) {
    if (entry.isFile) {
      found.push({ path: path + entry.name, file: await fileOf(entry) });
      return;
    }
    const reader = entry.createReader();
    for (let some = await entriesIn(reader); some.length; some = await entriesIn(reader)) {
      for (const inner of some) await walk(inner, path + entry.name + "/", found);
    }
  }

  async function dropped(transfer) {
    const entries = Array.from(transfer.items).map((item) => item.webkitGetAsEntry()).filter(Boolean);
    const found = [];
    const isOneFolder = entries.length === 1 && entries[0].isDirectory;
    for (const entry of entries) await walk(entry, "", found);
    const name = isOneFolder ? entries[0].name : form.elements.name.value || "mappe";
    if (!isOneFolder) for (const entry of found) entry.path = name + "/" + entry.path;
    take(found, name);
  }

  chooser.addEventListener("change", () => {
    const found = Array.from(chooser.files).map((file) => ({ path: file.webkitRelativePath || file.name, file }));
    if (found.length) take(found, found[0].path.split("/")[0]);
  });
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    dropped(event.dataTransfer);
  });
  form.elements.name.addEventListener("input", () => { isNameOurs = form.elements.name.value === ""; tellExisting(); });
  form.elements.folder.addEventListener("input", () => {
    const last = form.elements.folder.value.split(/[\\/]/).filter(Boolean).pop() || "";
    if (isNameOurs) form.elements.name.value = last.slice(0, 80);
    tellExisting();
  });

  async function posted(address, body) {
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRF-Token": csrf, Accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.problem);
    return told;
  }

  async function sendAll(base) {
    const waiting = files.slice();
    const total = files.length;
    let done = 0;
    async function one() {
      for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
        words.textContent = filled(form.dataset.sending, { done: done + 1, total, path: entry.path });
        const answer = await fetch(base + "/files?path=" + encodeURIComponent(entry.path), {
          method: "PUT", body: entry.file, signal: abort.signal,
          headers: { "X-CSRF-Token": csrf, "Content-Type": "application/octet-stream" },
        });
        if (answer.status === 403) throw new Error(form.dataset.lost);
        done += 1;
        bar.value = done / total;
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  }

  function failed(sentence) {
    sending.hidden = false;
    bar.hidden = true;
    words.textContent = sentence;
    for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = false;
  }

  form.addEventListener("submit", async (event) => {
    if (form.elements.folder.value.trim()) return;
    event.preventDefault();
    if (!files.length) { failed(form.dataset.empty); return; }
    for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = true;
    sending.hidden = bar.hidden = false;
    abort = new AbortController();
    try {
      const data = new FormData(form);
      data.set("dropped", "yes");
      const made = await posted("/cases", data);
      await sendAll(made.url);
      const start = new FormData(form);
      start.set("dropped", "yes");
      await posted(made.url + "/check", start);
      location.href = made.url;
    } catch (error) {
      failed(error.name === "AbortError" ? form.dataset.empty : error.message || form.dataset.lost);
    }
  });
  document.getElementById("cancel").addEventListener("click", () => { if (abort) abort.abort(); sending.hidden = true; });
})();
