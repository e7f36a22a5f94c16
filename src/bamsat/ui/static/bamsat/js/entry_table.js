/* The table under the hands: going from cell to cell, pasting a block, copying, taking back. Only keys that no Vietnamese input method eats.
   Alt + arrow and Ctrl + D, S, V, Enter; no bare letter does anything but stand in its cell. */
"use strict";

window.Entry = window.Entry || {};

(() => {
  const { ZERO, read, add, less } = window.Entry.numbers;

  /* Cells of a copied block; a quoted cell may hold line breaks. */
  function block(text) {
    const rows = [[""]];
    let quoted = false;
    const told = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let at = 0; at < told.length; at += 1) {
      const letter = told[at];
      const row = rows[rows.length - 1];
      if (quoted && letter === '"' && told[at + 1] === '"') [row[row.length - 1], at] = [`${row[row.length - 1]}"`, at + 1];
      else if (quoted && letter === '"') quoted = false;
      else if (!quoted && letter === '"' && row[row.length - 1] === "") quoted = true;
      else if (!quoted && letter === "\t") row.push("");
      else if (!quoted && letter === "\n") rows.push([""]);
      else row[row.length - 1] += letter === "\n" ? " " : letter;
    }
    return rows.map((row) => row.map((cell) => cell.trim()));
  }

  window.Entry.table = (form, sheet, change, tell) => {
    const words = form.dataset;
    const lines = [...form.querySelectorAll("tr[data-row]")].map((tr) => ({
      code: tr.dataset.row,
      at: Object.fromEntries([...tr.querySelectorAll(".cell")].map((cell) => [cell.dataset.key.slice(tr.dataset.row.length + 1), cell])),
    }));
    const cells = lines.flatMap((line) => sheet.columns.map((code) => line.at[code]).filter(Boolean));
    const byKey = Object.fromEntries(cells.map((cell) => [cell.dataset.key, cell]));
    const place = new Map();
    lines.forEach((line, row) => sheet.columns.forEach((code, column) => line.at[code] && place.set(line.at[code], { row, column })));
    const undone = [];
    let before = "";
    let editing = false;
    let current = null;

    function go(cell) {
      if (!cell) return false;
      cell.focus();
      if (cell.select) cell.select();
      cell.scrollIntoView({ block: "nearest" });
      return true;
    }

    function vertical(cell, step) {
      const { row, column } = place.get(cell);
      for (let at = row + step; at >= 0 && at < lines.length; at += step) {
        const found = lines[at].at[sheet.columns[column]];
        if (found) return found;
      }
      return null;
    }

    function sideways(cell, step, far = false) {
      const { row, column } = place.get(cell);
      const all = sheet.columns.map((code) => lines[row].at[code]);
      const found = step > 0 ? all.slice(column + 1).filter(Boolean) : all.slice(0, column).filter(Boolean).reverse();
      return far ? found[found.length - 1] : found[0];
    }

    /* One step that can be taken back: texts by cell. */
    function fill(pairs, origin) {
      const changed = pairs.filter(([cell, text]) => cell.value !== text);
      if (!changed.length) return 0;
      undone.push(changed.map(([cell]) => [cell, cell.value]));
      for (const [cell, text] of changed) {
        cell.value = text;
        change(cell, origin);
      }
      if (current) before = current.value;
      return changed.length;
    }

    function undo() {
      const step = undone.pop();
      if (!step) return;
      for (const [cell, text] of step) {
        cell.value = text;
        change(cell, "typed");
      }
      if (current) before = current.value;
      tell(words.wUndone, false);
      go(step[0][0]);
    }

    /* Whether a block was copied with its totals, as the whole sheet has them: then some line of it is the sum of its parts. */
    function hasTotals(texts, row) {
      const there = lines.slice(row, row + texts.length);
      const amount = (at) => read(texts[at][0] || "").value;
      const checks = there
        .map((line, at) => [at, sheet.parts(line.code).map((code) => there.findIndex((each) => each.code === code))])
        .filter(([at, parts]) => parts.length && parts.every((part) => part >= 0) && amount(at)?.over);
      if (!checks.length) return texts.length > 2 && texts.length === lines.length - row && row === 0;
      return checks.every(([at, parts]) => {
        const gap = less(amount(at), parts.map(amount).reduce((sum, each) => add(sum, each || ZERO), ZERO));
        return Math.abs(Number(gap.over) / Number(gap.under)) <= parts.length / 2;
      });
    }

    function paste(cell, text) {
      const rows = block(text);
      const { row, column } = place.get(cell);
      const code = sheet.columns[column];
      const typed = lines.slice(row).filter((line) => line.at[code]);
      const below = hasTotals(rows, row) ? lines.slice(row) : typed;
      const across = sheet.columns.slice(column);
      const pairs = [];
      let wide = 0;
      rows.slice(0, below.length).forEach((texts, down) => {
        wide = Math.max(wide, texts.length);
        texts.slice(0, across.length).forEach((each, right) => {
          const target = below[down].at[across[right]];
          if (target && (target.tagName !== "SELECT" || [...target.options].some((option) => option.value === each))) pairs.push([target, each]);
        });
      });
      const done = fill(pairs, "pasted");
      const said = [words.wPasted.replace("%s", done)];
      if (rows.length > below.length) said.push(words.wRowsOut.replace("%s", rows.length - below.length));
      if (wide > across.length) said.push(words.wColumnsOut.replace("%s", wide - across.length));
      tell(said.join(" "), done > 0);
    }

    function copy(cell, text, origin) {
      if (!text) return tell(words.wNoLast, false);
      if (fill([[cell, text]], origin)) cell.select?.();
      return null;
    }

    /* The next cell that waits for something: wrong, to be looked at, or empty. */
    function waiting(cell, step) {
      const open = cells.filter(
        (each) => each === cell || each.ariaInvalid === "true" || each.classList.contains("ask") || (!each.value.trim() && !each.placeholder && !each.dataset.explained)
      );
      return open[open.indexOf(cell) + step];
    }

    function atEdge(cell, step) {
      if (cell.tagName === "SELECT") return true;
      const [start, end, length] = [cell.selectionStart, cell.selectionEnd, cell.value.length];
      if (start === 0 && end === length) return !editing || !length;
      return !editing && start === end && end === (step < 0 ? 0 : length);
    }

    function plainKey(event, cell) {
      const isSelect = cell.tagName === "SELECT";
      switch (event.key) {
        case "Enter": return go(vertical(cell, event.shiftKey ? -1 : 1)) || true;
        case "ArrowDown": return !isSelect && !cell.list && (go(vertical(cell, 1)) || true);
        case "ArrowUp": return !isSelect && !cell.list && (go(vertical(cell, -1)) || true);
        case "ArrowLeft": return atEdge(cell, -1) && go(sideways(cell, -1));
        case "ArrowRight": return atEdge(cell, 1) && go(sideways(cell, 1));
        case "Home": return !editing && go(sideways(cell, -1, true));
        case "End": return !editing && go(sideways(cell, 1, true));
        case "F2":
          editing = !editing;
          if (editing && !isSelect) cell.setSelectionRange(cell.value.length, cell.value.length);
          return true;
        case "Escape":
          if (cell.value !== before) {
            cell.value = before;
            change(cell, "typed");
          }
          editing = false;
          cell.select?.();
          return true;
        default: return false;
      }
    }

    function withControl(event, cell) {
      const key = event.key.toLowerCase();
      if (key === "d") {
        copy(cell, sheet.last[cell.dataset.key], "last");
        return true;
      }
      if (key === "z" && cell.value === before && undone.length) {
        undo();
        return true;
      }
      return false;
    }

    function withAlt(event, cell) {
      if (event.key === "ArrowRight") {
        copy(cell, vertical(cell, -1)?.value, "typed");
        return true;
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        go(waiting(cell, event.key === "ArrowDown" ? 1 : -1));
        return true;
      }
      return false;
    }

    form.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229 || !place.has(event.target)) return;
      const control = event.ctrlKey || event.metaKey;
      if (control && (event.altKey || event.shiftKey)) return;
      const done = control ? withControl(event, event.target) : event.altKey ? withAlt(event, event.target) : plainKey(event, event.target);
      if (done) event.preventDefault();
    });
    form.addEventListener("focusin", (event) => {
      if (!place.has(event.target)) return;
      current = event.target;
      before = current.value;
      editing = false;
      if (current.select && event.relatedTarget) current.select();
    });
    form.addEventListener("focusout", (event) => {
      if (place.has(event.target) && event.target.value !== before) undone.push([[event.target, before]]);
    });
    form.addEventListener("paste", (event) => {
      if (!place.has(event.target)) return;
      const text = event.clipboardData.getData("text/plain");
      if (!/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""))) return;
      event.preventDefault();
      paste(event.target, text);
    });
    const typed = (event) => place.has(event.target) && !event.isComposing && change(event.target, "typed");
    form.addEventListener("input", typed);
    form.addEventListener("compositionend", (event) => place.has(event.target) && change(event.target, "typed"));

    return { cells, byKey, go, fill, undo, paste, current: () => current || cells[0], may: (cell) => place.has(cell) };
  };
})();
