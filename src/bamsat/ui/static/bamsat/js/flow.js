/* A remark at a cell: clicking the cell, or Enter on it, opens a line for it; without this script the link does the same with a page load. */
"use strict";

(() => {
  const box = document.getElementById("tra-lai");
  const form = document.getElementById("phieu-tra-lai");
  if (!box || !form) return;
  const more = document.getElementById("them-y-kien");

  function lines() {
    return [...form.querySelectorAll(".flow-remark")];
  }

  function parts(line) {
    return [line.querySelector("select"), line.querySelector("input")];
  }

  function added() {
    const all = lines();
    const line = all[0].cloneNode(true);
    const [cell, text] = parts(line);
    cell.value = "";
    text.value = "";
    all[all.length - 1].after(line);
    return line;
  }

  function mark() {
    const keys = new Set(lines().map((line) => parts(line)).filter(([, text]) => text.value.trim()).map(([cell]) => cell.value));
    for (const link of document.querySelectorAll("[data-remark]")) link.closest("td:not([colspan])")?.classList.toggle("picked", keys.has(link.dataset.remark));
  }

  function remark(key, said) {
    box.open = true;
    const all = lines();
    const line =
      all.find((each) => parts(each)[0].value === key) ||
      all.find((each) => !parts(each)[0].value && !parts(each)[1].value.trim()) ||
      added();
    const [cell, text] = parts(line);
    cell.value = key;
    // What the check says of the cell, unless the checker has words of their own there.
    if (said && !text.value.trim()) text.value = said;
    text.focus();
    mark();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-remark]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    remark(link.dataset.remark, link.dataset.said);
  });
  form.addEventListener("input", mark);
  more.hidden = false;
  more.addEventListener("click", () => parts(added())[0].focus());
  mark();
})();
