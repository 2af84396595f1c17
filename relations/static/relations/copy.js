/* Adds a copy button to each citation text; without this script a click selects the whole text. */
"use strict";

// Browsers offer the clipboard only in secure contexts: over HTTPS, or from localhost.
if (navigator.clipboard) {
  for (const text of document.querySelectorAll(".cite .whole")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copied";
    });
    text.before(button);
  }
}
