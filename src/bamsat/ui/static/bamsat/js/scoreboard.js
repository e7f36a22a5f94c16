// The scoreboard: a row's "Vì sao" opens and closes, and the page prints. Without script it is a link, and Ctrl + P prints.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

function slotOf(link) {
  return link.closest("tr").nextElementSibling?.querySelector(".why-slot");
}

function linkOf(slot) {
  return slot.closest("tr").previousElementSibling?.querySelector(".why-btn");
}

// An open row closes on the second click, without asking the server.
document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.target;
  if (link.matches?.(".why-btn") && link.getAttribute("aria-expanded") === "true") {
    event.preventDefault();
    slotOf(link).replaceChildren();
    link.setAttribute("aria-expanded", "false");
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  const slot = event.target.closest?.(".why-slot");
  if (slot) linkOf(slot)?.setAttribute("aria-expanded", String(slot.childElementCount > 0));
});
