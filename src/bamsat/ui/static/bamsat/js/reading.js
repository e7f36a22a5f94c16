/* The reading page: a mark in the document opens its card, a card shows its mark. Everything works by links and forms without this. */
"use strict";

(() => {
  const page = document.querySelector(".reading");
  if (!page) return;
  const quiet = window.matchMedia("(prefers-reduced-motion: reduce)");
  const wide = window.matchMedia("(min-width: 75.01rem)");
  const card = (ordinal) => document.getElementById(`so-${ordinal}`);
  const mark = (ordinal) => document.querySelector(`.fg[data-so~="${ordinal}"]`);
  const openCard = () => page.querySelector(".fig.open");

  function show(element, block) {
    if (element) element.scrollIntoView({ block, inline: "nearest", behavior: quiet.matches ? "auto" : "smooth" });
  }

  function inView(element) {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= window.innerHeight - 48;
  }

  // What is typed and not saved is not thrown away: the card stays open beside the new one.
  function dirty(figure) {
    return [...figure.querySelectorAll("input, select, textarea")].some((field) =>
      field.tagName === "SELECT"
        ? [...field.options].some((option) => option.selected !== option.defaultSelected)
        : field.type !== "hidden" && field.value !== field.defaultValue
    );
  }

  function close(figure) {
    if (dirty(figure)) return;
    figure.classList.remove("open");
    figure.querySelector(":scope > a").removeAttribute("aria-expanded");
    for (const part of figure.querySelectorAll(":scope > :not(a)")) part.remove();
  }

  function current(ordinal) {
    for (const other of page.querySelectorAll(".fg[aria-current]")) other.removeAttribute("aria-current");
    const here = mark(ordinal);
    if (here) here.setAttribute("aria-current", "true");
    return here;
  }

  // Of very many figures not all are listed: the page comes again with this one open.
  function visit(ordinal) {
    window.location.assign(`?so=${ordinal}`);
  }
  document.addEventListener("htmx:oobErrorNoTarget", (event) => {
    const ordinal = event.detail.content?.dataset?.so || event.detail.content?.querySelector?.(".fig")?.dataset.so;
    if (ordinal) visit(ordinal);
  });

  function open(ordinal, from) {
    const target = card(ordinal);
    if (!target) return visit(ordinal);
    const fold = target.closest("details");
    if (fold) fold.open = true;
    for (const other of page.querySelectorAll(".fig.open")) if (other !== target) close(other);
    current(ordinal);
    window.htmx.ajax("GET", target.dataset.card, { target, swap: "outerHTML" }).then(() => arrived(ordinal, from));
  }

  function arrived(ordinal, from) {
    const target = card(ordinal);
    const here = current(ordinal);
    if (!target) return;
    const address = new URL(window.location.href);
    address.searchParams.set("so", ordinal);
    address.hash = "";
    window.history.replaceState(null, "", address);
    target.querySelector(":scope > a").focus({ preventScroll: true });
    if (from === "mark" || wide.matches) show(target, from === "mark" && !wide.matches ? "start" : "nearest");
    if (from !== "mark" && here && (wide.matches ? !inView(here) : from === "mark-link")) show(here, "center");
  }

  page.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const words = event.target.closest(".fg");
    if (words) {
      // One number may tell several figures: a second click goes to the next of them.
      const told = words.dataset.so.split(" ");
      const at = told.findIndex((ordinal) => card(ordinal)?.classList.contains("open"));
      event.preventDefault();
      return open(told[(at + 1) % told.length], "mark");
    }
    const row = event.target.closest(".fig > a");
    if (!row) return;
    const figure = row.parentElement;
    event.preventDefault();
    if (figure.classList.contains("open")) {
      // The document stands above the list on a phone: the open row leads up to its words.
      if (wide.matches) {
        close(figure);
        current(0);
      } else show(mark(figure.dataset.so), "center");
    } else open(figure.dataset.so, "row");
  });

  // Next and previous among all figures, in the order of the list.
  function step(way) {
    const rows = [...page.querySelectorAll(".fig")];
    const at = rows.indexOf(openCard());
    const next = at < 0 ? (way > 0 ? rows[0] : rows[rows.length - 1]) : rows[at + way];
    if (next) open(next.dataset.so, "keys");
  }
  for (const button of document.querySelectorAll("[data-step]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      step(Number(button.dataset.step));
    });
  }

  // After an answer of the server: the card that is open now, its mark, and the focus belong together.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.requestConfig?.verb !== "post") {
      const field = event.target.querySelector?.("[data-first]") || (event.target.matches?.(".fig") && event.target.querySelector("[data-first]"));
      // Who types already in another field of the form is not called back to the first.
      if (field && !field.closest("form")?.contains(document.activeElement)) {
        field.focus({ preventScroll: true });
        show(field.closest(".fig, .ask"), "nearest");
      }
      return;
    }
    window.clearTimeout(settled);
    settled = window.setTimeout(() => {
      const figure = openCard();
      if (!figure) return current(0);
      const wrong = figure.querySelector("[aria-invalid=true]");
      if (wrong) wrong.focus();
      else arrived(figure.dataset.so, "keys");
    }, 0);
  });
  let settled = 0;

  // Coming in with ?so=12: bring the words and the card to the eye.
  const first = openCard();
  if (first) {
    const here = current(first.dataset.so);
    if (here && !inView(here)) here.scrollIntoView({ block: "center" });
    if (wide.matches) first.scrollIntoView({ block: "nearest" });
  }
})();
