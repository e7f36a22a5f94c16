/* Keys are declared in the page: data-keys="Ctrl+Enter" on the button that the keys press. Only keys that no input method eats. */
"use strict";

(() => {
  const NAMES = { " ": "Space", ArrowDown: "Down", ArrowUp: "Up" };

  function pressed(event) {
    const parts = [];
    if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
    if (event.altKey) parts.push("Alt");
    const key = NAMES[event.key] || (event.key.length === 1 ? event.key.toUpperCase() : event.key);
    return [...parts, key].join("+");
  }

  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  // What lies in a closed fold has a place on the page, but nobody sees it.
  function seen(element) {
    return element.getClientRects().length > 0 && (!element.checkVisibility || element.checkVisibility());
  }

  // The same key may stand on several buttons; the one nearest to what has the focus, or in the open card, is meant.
  function meant(keys, target) {
    const all = [...document.querySelectorAll("[data-keys]")].filter(
      (element) => element.dataset.keys.split(" ").includes(keys) && seen(element) && !element.disabled
    );
    const near = target.closest("form, .fig");
    return all.find((element) => near && near.contains(element)) || all.find((element) => element.closest(".fig.open, .ask")) || all[0];
  }

  function act(element) {
    if (element.matches("details")) {
      element.open = !element.open;
      if (element.open) element.querySelector("summary").focus();
    } else if (element.matches("input")) {
      element.focus();
      element.select();
    } else {
      element.click();
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    const keys = pressed(event);
    if (keys === "Escape") {
      const open = document.querySelector("details.pick[open], details.keys[open]");
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
        return;
      }
    }
    // A choice keeps its own arrows; "?" is a letter wherever one types.
    if (event.target.tagName === "SELECT" && /Alt\+(Down|Up)/.test(keys)) return;
    if (keys === "?" && typing(event.target)) return;
    const element = meant(keys, event.target);
    if (element) {
      event.preventDefault();
      act(element);
    }
  });

  // A choice in the top bar closes when one goes elsewhere.
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll("details.pick[open]")) if (!open.contains(event.target)) open.open = false;
  });
  document.addEventListener("focusin", (event) => {
    for (const open of document.querySelectorAll("details.pick[open]")) if (!open.contains(event.target)) open.open = false;
  });

  // On a phone the navigation and the tabs are strips: show the entry that one is at.
  for (const strip of document.querySelectorAll(".nav, .tabs")) {
    const here = strip.querySelector("a[aria-current]");
    if (here && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = here.offsetLeft - 16;
  }
})();
