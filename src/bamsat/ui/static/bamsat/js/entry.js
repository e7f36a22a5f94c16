/* The page of a return: puts the table, the running totals and the saving together, and shows what the server answers. */
"use strict";

(() => {
  const form = document.querySelector("form[data-entry]");
  if (!form) return;
  const words = form.dataset;
  const saved = document.getElementById("da-luu");
  const tally = document.getElementById("dem");
  const send = document.getElementById("gui");
  const done = document.getElementById("vua-lam");
  const note = document.getElementById("ghi-chu");
  const sheet = window.Entry.sheet(JSON.parse(words.sheet), {
    notEnough: words.wNotEnough, lacks: words.wLacks, adding: words.wAdding,
  });
  const STATES = {
    saving: ["half", () => words.wSaving],
    saved: ["good", (at) => `${words.wSaved} ${at}`],
    changed: ["half", () => words.wChanged],
    offline: ["doubt", (count) => words.wOffline.replace("%s", count)],
    signedOut: ["bad", (count) => words.wSignedOut.replace("%s", count)],
    failed: ["doubt", (count) => words.wFailed.replace("%s", count)],
    refused: ["bad", (sentence) => sentence],
  };
  let drawing = 0;

  function tell(text, undoable) {
    done.querySelector("span").textContent = text;
    done.querySelector("button").hidden = !undoable;
    done.hidden = false;
  }

  function state(kind, detail) {
    const [shape, say] = STATES[kind];
    const text = saving && !saving.isStored() && saving.unsent() ? words.wLost : say(detail);
    saved.className = `state ${shape}`;
    if (saved.querySelector("span").textContent !== text) saved.querySelector("span").textContent = text;
  }

  // ---- computed cells

  function draw() {
    drawing = 0;
    sheet.read((key) => table.byKey[key]?.value ?? "");
    for (const cell of form.querySelectorAll("[data-calc]")) cell.textContent = sheet.shown(cell.dataset.calc);
    for (const code of sheet.totals) {
      const said = document.getElementById(`dong-${code}`)?.querySelector(".lacks");
      if (said) said.textContent = sheet.lacks(code);
    }
  }

  function redraw() {
    if (!drawing) drawing = window.requestAnimationFrame(draw);
  }

  // ---- what the server answers

  function mark(cell, kind) {
    const key = cell.dataset.key;
    if (kind === "bad") cell.setAttribute("aria-invalid", "true");
    else cell.removeAttribute("aria-invalid");
    cell.classList.toggle("ask", kind === "ask");
    const said = [`loi-${key}`, `noi-conflict-${key}`, `tu-${key}`].filter((id) => document.getElementById(id));
    if (said.length) cell.setAttribute("aria-describedby", said.join(" "));
    else cell.removeAttribute("aria-describedby");
  }

  function from(cell, word, sentence) {
    cell.parentElement.querySelector(".from")?.remove();
    if (!word) return;
    const small = document.createElement("small");
    const rest = document.createElement("span");
    small.className = "from";
    small.id = `tu-${cell.dataset.key}`;
    small.title = sentence;
    rest.className = "vh";
    rest.textContent = `: ${sentence}`;
    small.append(word, rest);
    cell.after(small);
  }

  function mend(mends) {
    const busy = document.activeElement?.closest(".mend-row");
    for (const row of form.querySelectorAll(".mend-row")) {
      if (row !== busy && !(row.dataset.mends in mends)) row.remove();
    }
    for (const [code, html] of Object.entries(mends)) {
      const line = document.getElementById(`dong-${code}`);
      const there = form.querySelector(`.mend-row[data-mends="${CSS.escape(code)}"]`);
      if (!line || (there && there === busy)) continue;
      const made = document.createElement("template");
      made.innerHTML = html;
      const row = made.content.firstElementChild;
      if (there && there.outerHTML === row.outerHTML) continue;
      if (there) there.replaceWith(row);
      else line.after(row);
    }
  }

  function take(answer) {
    for (const [key, cell] of Object.entries(answer.cells)) {
      const input = table.byKey[key];
      if (!input) continue;
      if (!saving.waits(key) && input !== document.activeElement && input.value !== cell.t) {
        input.value = cell.t;
        if (answer.stale) tell(words.wOthers, false);
      }
      from(input, saving.waits(key) ? "" : cell.w, cell.s || cell.w);
    }
    mend(answer.mends);
    for (const cell of table.cells) mark(cell, answer.marked[cell.dataset.key]);
    for (const cell of table.cells) {
      const explained = document.getElementById(`noi-explained-${cell.dataset.key}`);
      if (explained) cell.dataset.explained = "1";
      else delete cell.dataset.explained;
    }
    if (answer.gone.length) tell(words.wGone.replace("%s", answer.gone.length), false);
    offerAll();
    tally.textContent = answer.tally;
    send.textContent = answer.next;
    send.dataset.first = answer.first;
    if (answer.ready) send.dataset.ready = "";
    else delete send.dataset.ready;
    if (saving.unsent()) return redraw();
    // The server's own words for what it computed, as long as nobody has typed since.
    for (const cell of form.querySelectorAll("[data-calc]")) cell.textContent = answer.computed[cell.dataset.calc] ?? cell.textContent;
    for (const [code, text] of Object.entries(answer.lacks)) {
      const said = document.getElementById(`dong-${code}`)?.querySelector(".lacks");
      if (said) said.textContent = text;
    }
    return null;
  }

  function change(cell, origin) {
    saving.put(cell.dataset.key, cell.value, origin);
    redraw();
  }

  let saving = null;
  const table = window.Entry.table(form, sheet, change, tell);
  saving = window.Entry.saving(form, state, take);

  // ---- buttons under the rows

  function explain(key) {
    const input = form.querySelector(`[data-why="${CSS.escape(key)}"]`);
    const cell = table.byKey[key];
    if (!input.value.trim()) return input.focus();
    saving.put(key, cell.value, undefined, input.value.trim());
    table.go(cell);
    return saving.flush();
  }

  function choose(button) {
    const key = button.closest(".mend-in").dataset.mendOf;
    const mine = button.dataset.take === "mine";
    const cell = table.byKey[key];
    const change = saving.choose(key, mine);
    cell.value = mine ? (change?.text ?? cell.value) : button.dataset.text;
    table.go(cell);
    redraw();
    saving.flush();
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const key = button.closest(".mend-in")?.dataset.mendOf;
    if (button.dataset.take) choose(button);
    else if (key && "text" in button.dataset) {
      table.go(table.byKey[key]);
      table.fill([[table.byKey[key], button.dataset.text]], "typed");
      saving.flush();
    } else if (button.dataset.explain) explain(button.dataset.explain);
    else if (button.name === "luu") saving.flush();
    else if (button === send) press();
    else return;
    event.preventDefault();
  });
  form.addEventListener("keydown", (event) => {
    const input = event.target.closest?.("[data-why]");
    if (!input || event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.ctrlKey) {
      event.preventDefault();
      explain(input.dataset.why);
    } else if (event.key === "Escape") {
      event.preventDefault();
      input.closest("details").open = false;
      table.go(table.byKey[input.dataset.why]);
    }
  });
  form.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.why[open]")) event.target.querySelector("input").focus();
  }, true);
  form.addEventListener("submit", (event) => event.preventDefault());

  /* Many cells written the English way, as a pasted block may be, are mended at once. */
  const all = document.getElementById("doi-het");
  const offers = () => [...form.querySelectorAll(".mend-in[data-kind=error] button[data-text]")];

  function offerAll() {
    const count = offers().length;
    all.hidden = count < 2;
    all.textContent = words.wMendAll.replace("%s", count);
  }

  all.addEventListener("click", () => {
    const pairs = offers().map((button) => [table.byKey[button.closest(".mend-in").dataset.mendOf], button.dataset.text]);
    tell(words.wMended.replace("%s", table.fill(pairs, "typed")), true);
    saving.flush();
  });

  // ---- sending

  async function press() {
    const answer = await saving.flush();
    if (!answer) return;
    if (answer.ready && !saving.unsent() && !form.querySelector(".mend-in[data-kind=conflict]")) {
      hand();
      return;
    }
    if (!document.getElementById(`loi-${answer.first}`) && answer.first) {
      saving.asks(true);
      await saving.flush();
    }
    toTrouble(answer.first);
  }

  /* The first cell to mend; pressed again there, the next one. */
  function toTrouble(first) {
    const all = [...form.querySelectorAll(".mend-in[data-kind=conflict], .mend-in[data-kind=error], .mend-in[data-kind=doubt], .mend-in[data-kind=missing]")];
    const keys = all.map((each) => each.dataset.mendOf);
    const here = keys.indexOf(document.activeElement?.dataset?.key);
    table.go(table.byKey[here >= 0 ? keys[(here + 1) % keys.length] : first || keys[0]]);
  }

  function hand() {
    for (const cell of form.querySelectorAll(".cell, [data-why]")) cell.disabled = true;
    for (const [name, value] of [["gui", "1"], ["lan", saving.revision()]]) {
      const input = document.createElement("input");
      [input.type, input.name, input.value] = ["hidden", name, value];
      form.append(input);
    }
    form.submit();
  }

  // ---- around the table

  done.querySelector("button").addEventListener("click", () => table.undo());
  note.addEventListener("input", (event) => event.isComposing || saving.putNote(note.value));
  note.addEventListener("compositionend", () => saving.putNote(note.value));
  form.addEventListener("focusout", () => saving.soon(400));

  const paste = document.getElementById("dan");
  paste.hidden = false;
  paste.addEventListener("click", async () => {
    const cell = table.current();
    table.go(cell);
    try {
      const text = await navigator.clipboard.readText();
      table.paste(cell, text);
    } catch {
      tell(words.wHowToPaste, false);
    }
  });

  // Whoever leaves for another page of this return takes nothing unsaved along.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-after-saving]");
    if (!link || !saving.unsent() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (await saving.flush()) window.location.assign(link.href);
  });
  document.addEventListener("submit", async (event) => {
    const leaving = event.target;
    if (!leaving.matches("form[data-after-saving]") || !saving.unsent()) return;
    event.preventDefault();
    const pressed = event.submitter;
    if (await saving.flush()) leaving.requestSubmit(pressed);
  });

  // ---- what was left from the last time

  offerAll();
  const left = saving.restore();
  const keys = Object.keys(left.changes || {});
  for (const key of keys) if (table.byKey[key]) table.byKey[key].value = left.changes[key].text;
  if (left.note) note.value = left.note;
  if (keys.length || left.note) {
    tell(words.wRestored.replace("%s", keys.length), false);
    redraw();
    saving.flush();
  }
  const asked = window.location.hash.startsWith("#loi-") && table.byKey[decodeURIComponent(window.location.hash.slice(5))];
  if (asked) table.go(asked);
})();
