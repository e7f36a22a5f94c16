/* The grid on which a target is divided: shares, running sums and what is still missing, as one types.
   Exact: amounts are whole numbers of billionths of the shown unit. Without this script the button “Tính thử” does the same. */
"use strict";

(() => {
  const form = document.querySelector("form[data-division]");
  if (!form) return;
  const PLACES = 9;
  const ONE = 10n ** BigInt(PLACES);
  const words = form.dataset;
  const rows = [...form.querySelectorAll("tr:has([name^='so-'])")].map((row) => ({
    amount: row.querySelector("[name^='so-']"),
    share: row.querySelector("[name^='ty-le-']"),
    running: row.querySelector("output"),
  }));
  const sum = form.querySelector("[data-sum]");
  const left = form.querySelector("[data-left]");
  const method = form.querySelector("[name='cach']");

  /* A number as Vietnamese write it, or null for one that only the server can read ("5 triệu đồng"). */
  function read(text) {
    const plain = text.trim().replace(/\s/g, "").replace("\u2212", "-");
    if (!plain) return 0n;
    const found = /^(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,9}))?$/.exec(plain);
    if (!found) return null;
    const value = BigInt(found[2].replaceAll(".", "")) * ONE + BigInt((found[3] || "").padEnd(PLACES, "0"));
    return found[1] ? -value : value;
  }

  function said(value, places = PLACES) {
    const size = value < 0n ? -value : value;
    const whole = String(size / ONE).replace(/\B(?=(\d{3})+$)/g, ".");
    const rest = String(size % ONE).padStart(PLACES, "0").slice(0, places).replace(/0+$/, "");
    return `${value < 0n ? "\u2212" : ""}${whole}${rest ? `,${rest}` : ""}`;
  }

  const total = read(words.total);

  function mark(kind, text) {
    const state = document.createElement("span");
    const shape = document.createElement("i");
    state.className = `state ${kind}`;
    shape.className = "shape";
    shape.setAttribute("aria-hidden", "true");
    state.append(shape, text);
    left.replaceChildren(state);
  }

  function work() {
    let running = 0n;
    for (const row of rows) {
      const value = read(row.amount.value);
      if (value === null) return;
      running += value;
      row.running.textContent = row.amount.value.trim() ? said(running) : "";
      if (method?.value !== "shares") row.share.value = row.amount.value.trim() && total ? said((value * 100n * ONE) / total, 2) : "";
    }
    const lacks = total - running;
    sum.textContent = said(running);
    if (!lacks) mark("good", words.fits);
    else mark("doubt", (lacks > 0n ? words.lacks : words.over).replace("%s", `${said(lacks < 0n ? -lacks : lacks)} ${words.unit}`));
  }

  form.addEventListener("input", (event) => {
    if (event.target.name?.startsWith("ty-le-") && method) method.value = "shares";
    if (event.target.name?.startsWith("so-")) {
      if (method) method.value = "amounts";
      work();
    }
  });
})();
