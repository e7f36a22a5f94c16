/* A file to send, chosen or dropped on its form: the browser's own field, in the browser's own language, gives way to a button and the
   file's name in ours. <div data-choose="…" data-none="…"> around the input. Without this script the field stays as the browser draws it. */
"use strict";

(() => {
  for (const box of document.querySelectorAll("[data-choose]:has(> input[type=file])")) {
    const input = box.querySelector("input[type=file]");
    const form = input.form;
    const button = document.createElement("label");
    const chosen = document.createElement("output");
    button.className = "btn";
    button.htmlFor = input.id;
    button.textContent = box.dataset.choose;
    chosen.className = "quiet";
    chosen.htmlFor = input.id;
    input.classList.add("vh");
    input.after(button, chosen);

    const show = () => (chosen.textContent = [...input.files].map((file) => file.name).join(", ") || box.dataset.none);
    const hasFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
    show();
    input.addEventListener("change", show);

    form.addEventListener("dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      document.documentElement.classList.add("dropping");
    });
    form.addEventListener("dragleave", () => document.documentElement.classList.remove("dropping"));
    form.addEventListener("drop", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      document.documentElement.classList.remove("dropping");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      form.querySelector("button.main, button")?.focus();
    });
  }
})();
