/* Files dropped anywhere on the page, or chosen, are sent one by one with their progress. Without this script the form sends them itself. */
"use strict";

(() => {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const button = form.querySelector("button");
  const list = document.querySelector(".sending");
  const words = form.dataset;
  const AT_ONCE = 2;
  const queue = [];
  let running = 0;
  let sent = [];
  let expected = 0;

  // The native field gives way to one button that opens it.
  input.classList.add("vh");
  input.tabIndex = -1;
  input.required = false;
  button.type = "button";
  button.textContent = words.choose;
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  function line(file) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    const said = document.createElement("span");
    name.className = "name";
    name.textContent = file.name;
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    said.className = "quiet";
    said.textContent = words.queued;
    item.append(name, bar, said);
    list.append(item);
    return { item, bar, said };
  }

  function mark(said, kind, text) {
    const shape = document.createElement("i");
    said.className = `state ${kind}`;
    shape.className = "shape";
    shape.setAttribute("aria-hidden", "true");
    said.replaceChildren(shape, text);
  }

  function refuse(parts, why) {
    mark(parts.said, "bad", words.refused);
    parts.bar.remove();
    const told = document.createElement("p");
    told.className = "why";
    told.textContent = why;
    parts.item.append(told);
  }

  function add(files) {
    expected += files.length;
    for (const file of files) {
      const parts = line(file);
      if (file.size > Number(words.limit)) refuse(parts, words.toolarge);
      else queue.push([file, parts]);
    }
    next();
  }

  function next() {
    while (running < AT_ONCE && queue.length) send(...queue.shift());
    if (!running && !queue.length) finished();
  }

  function finished() {
    // One report dropped: go and read it. Several: stay with the list.
    if (expected === 1 && sent.length === 1) window.location.assign(sent[0]);
    expected = 0;
    sent = [];
  }

  function answer(request) {
    try {
      return JSON.parse(request.responseText);
    } catch {
      return { message: request.status === 413 ? words.toolarge : words.failed };
    }
  }

  function send(file, parts) {
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.append(input.name, file, file.name);
    running += 1;
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      parts.bar.value = Math.round((100 * event.loaded) / event.total);
      parts.said.textContent = `${parts.bar.value}%`;
    });
    request.addEventListener("load", () => {
      const told = answer(request);
      if (request.status < 300) {
        parts.bar.value = 100;
        mark(parts.said, "good", told.message);
        sent.push(told.address);
        document.body.dispatchEvent(new CustomEvent("received"));
      } else refuse(parts, told.message);
    });
    request.addEventListener("error", () => refuse(parts, words.offline));
    request.addEventListener("loadend", () => {
      running -= 1;
      next();
    });
    request.send(data);
  }

  // Drag and drop: the whole page takes it.
  let inside = 0;
  const hasFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  document.addEventListener("dragenter", (event) => {
    if (!hasFiles(event)) return;
    inside += 1;
    document.documentElement.classList.add("dropping");
  });
  document.addEventListener("dragleave", () => {
    inside = Math.max(0, inside - 1);
    if (!inside) document.documentElement.classList.remove("dropping");
  });
  document.addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    inside = 0;
    document.documentElement.classList.remove("dropping");
    add([...event.dataTransfer.files]);
  });
})();
