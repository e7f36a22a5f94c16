/* Saves as one goes. What is not yet saved is kept on this machine under the return and the user, and sent again when the line is back;
   what somebody else changed meanwhile is not written over: it is held until this writer chooses. */
"use strict";

window.Entry = window.Entry || {};

(() => {
  const SOON = 1000;
  const PATIENCE = 20000;
  const LONGEST_WAIT = 30000;

  class SignedOut extends Error {}
  class Refused extends Error {}

  window.Entry.saving = (form, tell, take) => {
    const words = form.dataset;
    const name = `bamsat.phieu.${words.uuid}.${words.user}`;
    const seen = JSON.parse(words.seen);
    let token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
    let revision = Number(words.revision);
    let waiting = { changes: {}, note: null };
    let stored = true;
    let timer = 0;
    let failures = 0;
    let busy = null;
    let missing = "missing" in words;

    const held = () => Object.values(waiting.changes).filter((change) => change.held).length;
    const count = () => Object.keys(waiting.changes).length + (waiting.note === null ? 0 : 1);
    const unsent = () => count() - held();

    function keep() {
      try {
        if (count()) localStorage.setItem(name, JSON.stringify(waiting));
        else localStorage.removeItem(name);
        stored = true;
      } catch {
        stored = false;
      }
    }

    function kept() {
      try {
        return JSON.parse(localStorage.getItem(name)) || null;
      } catch {
        return null;
      }
    }

    function later(pause) {
      window.clearTimeout(timer);
      timer = window.setTimeout(flush, pause);
    }

    async function request(body) {
      const stop = new AbortController();
      const alarm = window.setTimeout(() => stop.abort(), PATIENCE);
      try {
        const response = await fetch(words.save, {
          method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body, signal: stop.signal,
        });
        const isJson = (response.headers.get("Content-Type") || "").includes("json");
        if (response.redirected || (response.ok && !isJson)) throw new SignedOut();
        return { status: response.status, said: isJson ? await response.json() : {} };
      } finally {
        window.clearTimeout(alarm);
      }
    }

    /* Who signed in anew has a new token. */
    async function renew() {
      const response = await fetch(words.save, { headers: { Accept: "application/json" } });
      if (response.redirected || !(response.headers.get("Content-Type") || "").includes("json")) throw new SignedOut();
      token = (await response.json()).token;
      for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
    }

    async function send() {
      const sent = structuredClone(waiting);
      const changes = Object.entries(sent.changes).map(([key, change]) => ({
        key, text: change.text, seen: change.seen, origin: change.origin, why: change.why,
      }));
      for (const key of Object.keys(sent.changes)) (waiting.changes[key].tried ||= []).push(sent.changes[key].text);
      keep();
      const body = JSON.stringify({ revision, missing, note: sent.note, changes });
      let answer = await request(body);
      if (answer.status === 403) {
        await renew();
        answer = await request(body);
      }
      if (answer.status === 409) throw new Refused(answer.said.error);
      if (answer.status !== 200) throw new Error(String(answer.status));
      settle(sent, answer.said);
      return answer.said;
    }

    function settle(sent, answer) {
      revision = answer.revision;
      for (const [key, cell] of Object.entries(answer.cells)) seen[key] = cell.n;
      for (const [key, before] of Object.entries(sent.changes)) {
        const now = waiting.changes[key];
        if (!now) continue;
        const theirs = answer.cells[key];
        if (key in answer.conflicts) {
          // An answer that was lost on the way looks like somebody else's writing, and is one's own.
          const own = theirs && before.tried?.includes(theirs.t) && !before.held;
          if (own) now.seen = answer.conflicts[key];
          else [now.held, now.theirs, now.count] = [true, theirs ? theirs.t : "", answer.conflicts[key]];
        } else if (answer.gone.includes(key) || (now.text === before.text && now.why === before.why)) {
          delete waiting.changes[key];
        } else {
          now.seen = seen[key] || 0;
          now.tried = [];
        }
      }
      if (waiting.note === sent.note) waiting.note = null;
      keep();
    }

    async function run() {
      window.clearTimeout(timer);
      tell("saving");
      try {
        const answer = await send();
        failures = 0;
        tell("saved", answer.saved);
        take(answer);
        if (unsent()) later(SOON);
        return answer;
      } catch (error) {
        if (error instanceof Refused) {
          tell("refused", error.message);
          return null;
        }
        failures += 1;
        tell(error instanceof SignedOut ? "signedOut" : /^\d+$/.test(error.message) ? "failed" : "offline", unsent());
        later(Math.min(LONGEST_WAIT, SOON * 2 ** failures));
        return null;
      }
    }

    /* Everything that waits, at once; the answer, or null where it could not be saved. */
    async function flush() {
      while (busy) await busy;
      busy = run();
      try {
        return await busy;
      } finally {
        busy = null;
      }
    }

    window.addEventListener("online", () => unsent() && flush());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && failures && flush());
    window.addEventListener("beforeunload", (event) => {
      if (!stored && unsent()) event.preventDefault();
    });

    return {
      put(key, text, origin = "typed", why = undefined) {
        const change = (waiting.changes[key] ||= { seen: seen[key] || 0 });
        Object.assign(change, { text, origin });
        if (why !== undefined) change.why = why;
        keep();
        tell(failures ? "offline" : "changed", unsent());
        if (!failures) later(SOON);
      },
      putNote(text) {
        waiting.note = text;
        keep();
        tell("changed");
        if (!failures) later(SOON);
      },
      /* This writer's value goes over the other, or the other stays. */
      choose(key, mine) {
        const change = waiting.changes[key];
        if (!change) return null;
        if (mine) Object.assign(change, { seen: change.count, held: false, tried: [] });
        else delete waiting.changes[key];
        keep();
        return change;
      },
      /* What was left from the last time, to be shown again. */
      restore() {
        const left = kept();
        if (!left?.changes) return {};
        waiting = { changes: left.changes, note: left.note ?? null };
        for (const change of Object.values(waiting.changes)) change.held = false;
        return waiting;
      },
      soon: (pause) => unsent() && !failures && later(pause),
      waits: (key) => waiting.changes[key],
      asks: (asked) => (missing = asked),
      revision: () => revision,
      isStored: () => stored,
      unsent,
      flush,
    };
  };
})();
