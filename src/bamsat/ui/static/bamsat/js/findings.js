/* The inbox of findings: Alt + arrows go from one finding to the next; Enter opens it, as any link. Without this the Tab key does. */
"use strict";

(() => {
  const list = document.querySelector(".finding-list");
  if (!list) return;

  // Findings that stand in sight: those folded away are passed over.
  function links() {
    return [...list.querySelectorAll("[data-finding] th a")].filter((link) => link.getClientRects().length && (!link.checkVisibility || link.checkVisibility()));
  }

  function step(way) {
    const all = links();
    const here = document.activeElement.closest("[data-finding]");
    const at = all.findIndex((link) => here && here.contains(link));
    const next = at < 0 ? all[way > 0 ? 0 : all.length - 1] : all[at + way];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.closest("tr").scrollIntoView({ block: "nearest" });
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
