/* Totals and ratios as one types, by the form's own formulas: the same trees, and the same rules for what is lacking, as on the server.
   A sum goes on without what it lacks and says so; a quotient cannot. */
"use strict";

window.Entry = window.Entry || {};

(() => {
  const { ZERO, read, plain, written, add, less, times, by } = window.Entry.numbers;
  const NONE = { value: null, lacking: 0 };

  window.Entry.sheet = (data, words) => {
    const columns = data.c;
    const rows = Object.fromEntries(data.r.map((row) => [row.c, row]));
    const known = Object.fromEntries(Object.entries(data.k).map(([key, text]) => [key, plain(text)]));
    let textOf = () => "";
    let found = new Map();
    let open = new Set();

    const isTyped = (column) => column.k === "typed" || column.k === "known_or_typed";
    const has = (row, code) => !row.h || row.h.includes(code);

    function role(row, column, code) {
      if (row.t && row.t.includes(code)) return "typed";
      if (column.k === "computed" || (row.f && column.t === "number")) return "computed";
      return isTyped(column) ? "typed" : "known";
    }

    function result(key) {
      if (found.has(key)) return found.get(key);
      const dot = key.lastIndexOf(".");
      const [row, code] = [rows[key.slice(0, dot)], key.slice(dot + 1)];
      const column = columns[code];
      if (!row || !column || !has(row, code) || open.has(key)) return NONE;
      open.add(key);
      const made = value(row, column, code, key);
      open.delete(key);
      found.set(key, made);
      return made;
    }

    function value(row, column, code, key) {
      const kind = role(row, column, code);
      if (kind === "computed" && column.k === "computed") {
        return compute(column.f, (name) => result(name.includes(".") ? name : `${row.c}.${name}`));
      }
      if (kind === "computed") {
        if (column.k !== "typed" && key in known) return { value: known[key], lacking: 0 };
        return compute(row.f, (name) => (name === "parts" ? parts(row, code) : result(name.includes(".") ? name : `${name}.${code}`)));
      }
      let there = null;
      if (kind === "typed") {
        const typed = read(textOf(key) || "");
        there = typed.value || (typed.blank && known[key]) || null;
        return { value: there, lacking: there || row.o ? 0 : 1 };
      }
      there = known[key] || null;
      return { value: there, lacking: there ? 0 : 1 };
    }

    function parts(row, code) {
      const all = (row.p || []).map((each) => result(`${each}.${code}`));
      const there = all.filter((each) => each.value);
      return {
        value: there.length ? there.reduce((sum, each) => add(sum, each.value), ZERO) : null,
        lacking: all.reduce((sum, each) => sum + each.lacking, 0),
      };
    }

    function compute(tree, valueOf) {
      const [kind, ...terms] = tree;
      if (kind === "n") return { value: plain(terms[0]), lacking: 0 };
      if (kind === "c") return valueOf(terms[0]);
      const results = terms.map((each) => compute(each, valueOf));
      const lacking = results.reduce((sum, each) => sum + each.lacking, 0);
      if (kind === "*" || kind === "/") {
        const [left, right] = results;
        if (!left.value || !right.value || lacking || (kind === "/" && !right.value.over)) return { value: null, lacking };
        return { value: kind === "*" ? times(left.value, right.value) : by(left.value, right.value), lacking: 0 };
      }
      let sum = null;
      results.forEach((each, at) => {
        if (each.value) sum = kind === "-" && at ? less(sum || ZERO, each.value) : add(sum || ZERO, each.value);
      });
      return { value: sum, lacking };
    }

    function shown(key) {
      const dot = key.lastIndexOf(".");
      const [row, column] = [rows[key.slice(0, dot)], columns[key.slice(dot + 1)]];
      const { value: there, lacking } = result(key);
      if (!there) return lacking && row.f ? words.notEnough : "–";
      return written(there, column.k === "computed" ? column.d : (row.d ?? column.d));
    }

    function lacks(code) {
      const row = rows[code];
      const count = Object.entries(columns)
        .filter(([each, column]) => isTyped(column) && !column.h && has(row, each))
        .reduce((sum, [each]) => sum + result(`${code}.${each}`).lacking, 0);
      return count ? words.lacks.replace("%s", count) : words.adding;
    }

    return {
      last: data.b || {},
      totals: data.r.filter((row) => row.f).map((row) => row.c),
      parts: (code) => rows[code]?.p || [],
      columns: Object.keys(columns).filter((code) => isTyped(columns[code]) && !columns[code].h),
      /* Everything anew with what stands in the cells now. */
      read(texts) {
        textOf = texts;
        found = new Map();
        open = new Set();
      },
      shown,
      lacks,
    };
  };
})();
