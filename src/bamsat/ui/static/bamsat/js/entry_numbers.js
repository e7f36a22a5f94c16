/* Numbers of forms, exactly: a value is a fraction of two whole numbers, so that what is shown while one types is what the server computes.
   Read and written as Vietnamese do: 1.234,5. What this cannot read, only the server can, and says so after saving. */
"use strict";

window.Entry = window.Entry || {};

(() => {
  const GROUPS = /^(\d{1,3}(?:\.\d{3})+|\d+)?(?:,(\d+))?$/;
  const NOTHING = new Set(["-", "–", "—", "−"]);
  const UNKNOWN = new Set(["...", "…", "..", "chua co", "chua co so", "khong co so", "n/a", "na", "x"]);
  const MOST_DIGITS = 18;
  const MOST_PLACES = 6;
  const MINUS = "\u2212";

  const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  const size = (whole) => (whole < 0n ? -whole : whole);

  function common(a, b) {
    while (b) [a, b] = [b, a % b];
    return a;
  }

  function fraction(over, under) {
    const shared = common(size(over), size(under)) || 1n;
    const sign = under < 0n ? -1n : 1n;
    return { over: (sign * over) / shared, under: (sign * under) / shared };
  }

  const ZERO = fraction(0n, 1n);

  /* "1.234,5" as it is typed: {blank}, {value}, or {} for what has to be looked at. */
  function read(text) {
    const told = text.trim().replace(/\s+/g, " ");
    if (!told || UNKNOWN.has(folded(told))) return { blank: !told };
    if (NOTHING.has(told)) return { value: ZERO };
    let body = told.replace(/(\d) (?=\d{3}(?:\D|$))/g, "$1").replace(/^\+\s*/, "");
    let negative = false;
    const bracketed = /^\(\s*(\d[\d.,]*)\s*\)$/.exec(body);
    if (bracketed) [body, negative] = [bracketed[1], true];
    else if (/^[-\u2212\u2013]/.test(body)) [body, negative] = [body.slice(1).trim(), true];
    const found = GROUPS.exec(body);
    if (!found || (found[1] === undefined && found[2] === undefined)) return {};
    if (/^0\d*\./.test(body)) return {};
    const decimals = found[2] || "";
    const digits = (found[1] || "").replaceAll(".", "") + decimals;
    if (digits.replace(/^0+/, "").length > MOST_DIGITS) return {};
    const over = BigInt(digits || "0");
    return { value: fraction(negative ? -over : over, 10n ** BigInt(decimals.length)) };
  }

  /* The server's "1234.5". */
  function plain(text) {
    const [whole, decimals = ""] = text.split(".");
    return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
  }

  function places(value) {
    for (let count = 0; count <= MOST_PLACES; count += 1) if (10n ** BigInt(count) % value.under === 0n) return count;
    return 2;
  }

  /* Half is rounded away from zero, as on paper. */
  function written(value, wanted) {
    const count = wanted === null || wanted === undefined ? places(value) : wanted;
    const one = 10n ** BigInt(count);
    const scaled = (size(value.over) * one * 2n + value.under) / (value.under * 2n);
    const whole = String(scaled / one).replace(/\B(?=(\d{3})+$)/g, ".");
    const rest = count ? `,${String(scaled % one).padStart(count, "0")}` : "";
    return `${value.over < 0n && scaled ? MINUS : ""}${whole}${rest}`;
  }

  const add = (a, b) => fraction(a.over * b.under + b.over * a.under, a.under * b.under);
  const less = (a, b) => fraction(a.over * b.under - b.over * a.under, a.under * b.under);
  const times = (a, b) => fraction(a.over * b.over, a.under * b.under);
  const by = (a, b) => fraction(a.over * b.under, a.under * b.over);

  window.Entry.numbers = { ZERO, read, plain, written, add, less, times, by };
})();
