/* Lists of findings, tasks, proposals: Alt + arrows go from one row to the next; Enter opens it, as any link, or presses its first button. Without this the Tab key does. */
"use strict";

(() => {
  const list = document.querySelector("[data-walk]");
  if (!list) return;

  // What one lands on: the link of a finding or task, the first button of a proposal; rows folded away are passed over.
  function stops() {
    const all = [...list.querySelectorAll("[data-row]")].map((row) => row.querySelector("[data-stop]") || row.querySelector("th a"));
    return all.filter((one) => one && one.getClientRects().length && (!one.checkVisibility || one.checkVisibility()));
  }

  function step(way) {
    const all = stops();
    const here = document.activeElement.closest("[data-row]");
    const at = all.findIndex((one) => here && here.contains(one));
    const next = at < 0 ? all[way > 0 ? 0 : all.length - 1] : all[at + way];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.closest("[data-row]").scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.tagName === "SELECT") return;
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    step(way);
  });
})();
