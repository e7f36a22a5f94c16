/* What htmx asks for and does not get is said aloud: the line is cut, the sign-in has run out, the server refused. */
"use strict";

(() => {
  const place = document.getElementById("trouble");
  const words = place.dataset;

  function tell(text) {
    place.querySelector("p").textContent = text;
    place.hidden = false;
  }

  document.addEventListener("htmx:sendError", () => tell(words.offline));
  document.addEventListener("htmx:responseError", (event) => {
    const request = event.detail.xhr;
    const number = request.getResponseHeader("X-Request-Id") || "";
    const said = request.status === 403 ? words.refused : words.failed;
    tell(number ? `${said} ${words.number} ${number}.` : said);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) place.hidden = true;
  });
  // A page to sign in at is no part of this page: come again as a whole, and come back after it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const came = event.detail.xhr.responseURL;
    if (came && new URL(came).pathname === words.signin) {
      event.detail.shouldSwap = false;
      window.location.reload();
    }
  });
})();
