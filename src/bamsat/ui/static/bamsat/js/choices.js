/* A field that offers choices as one types: <… data-choices="address"> around an input. The server answers with <li role="option"> lines.
   data-go: a choice is a link to follow; data-many: the field is empty again after each choice; otherwise data-code goes into the hidden input and data-name into the field.
   Waits for the end of a composition, so that Telex and VNI words arrive whole. */
"use strict";

(() => {
  const PAUSE = 150;
  let count = 0;

  function ready(box) {
    const input = box.querySelector("input:not([type=hidden])");
    const hidden = box.querySelector("input[type=hidden][data-code]");
    const pop = document.createElement("div");
    const list = document.createElement("ul");
    const name = `goi-y-${++count}`;
    let timer = 0;
    let asked = 0;
    pop.className = "pop";
    pop.hidden = true;
    list.id = name;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.getAttribute("aria-label") || box.querySelector("label")?.textContent || "");
    pop.append(list);
    input.after(pop);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", name);

    const options = () => [...list.querySelectorAll("[role=option]")];
    const chosen = () => list.querySelector("[aria-selected=true]");

    function close() {
      pop.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function select(option) {
      for (const other of options()) other.setAttribute("aria-selected", String(other === option));
      if (option) {
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else {
        input.removeAttribute("aria-activedescendant");
      }
    }

    function take(option) {
      const link = option.querySelector("a");
      if (box.hasAttribute("data-go") && link) {
        window.location.assign(link.href);
        return;
      }
      input.value = option.dataset.name;
      if (hidden) hidden.value = option.dataset.code;
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
      if (box.hasAttribute("data-many")) {
        input.value = "";
        if (hidden) hidden.value = "";
      }
    }

    async function ask() {
      const typed = input.value.trim();
      const turn = ++asked;
      if (!typed) return close();
      const address = new URL(box.dataset.choices, window.location.href);
      address.searchParams.set("tim", typed);
      const response = await fetch(address, { headers: { "HX-Request": "true" } });
      if (!response.ok || turn !== asked) return;
      list.innerHTML = await response.text();
      options().forEach((option, place) => {
        option.id = `${name}-${place}`;
        option.setAttribute("aria-selected", "false");
      });
      const any = options().length > 0;
      pop.hidden = !any;
      input.setAttribute("aria-expanded", String(any));
      if (any && !box.hasAttribute("data-go")) select(options()[0]);
    }

    function later() {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, PAUSE);
    }

    input.addEventListener("input", (event) => {
      if (hidden) hidden.value = "";
      if (!event.isComposing) later();
    });
    input.addEventListener("compositionend", later);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229) return;
      const open = !pop.hidden;
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey && open) {
        const all = options();
        const step = event.key === "ArrowDown" ? 1 : -1;
        const at = all.indexOf(chosen());
        select(all[(at + step + all.length + (at < 0 && step < 0 ? 1 : 0)) % all.length]);
        event.preventDefault();
      } else if (event.key === "ArrowDown" && !event.altKey && !open) {
        ask();
        event.preventDefault();
      } else if (event.key === "Enter" && open && chosen() && !event.ctrlKey) {
        take(chosen());
        event.preventDefault();
      } else if (event.key === "Escape" && open) {
        close();
        event.preventDefault();
        event.stopPropagation();
      }
    });
    // A mouse chooses before the field loses its focus.
    pop.addEventListener("mousedown", (event) => event.preventDefault());
    pop.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option && !event.target.closest("a")) take(option);
    });
    input.addEventListener("blur", () => window.setTimeout(close, 100));
  }

  function find(root) {
    for (const box of root.querySelectorAll("[data-choices]:not([data-ready])")) {
      box.setAttribute("data-ready", "");
      ready(box);
    }
  }

  find(document);
  document.addEventListener("htmx:load", (event) => find(event.target.parentElement || document));
})();
