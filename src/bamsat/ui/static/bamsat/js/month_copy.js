// Copies the words of a field; where the browser does not allow it, they are selected for Ctrl + C.
"use strict";
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  const told = document.getElementById("da-chep");
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    told.textContent = button.dataset.done;
  } catch {
    told.textContent = button.dataset.failed;
  }
});
