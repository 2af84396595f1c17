/* A button beside each text of a reference that copies it; without this script a click selects the text whole. */
"use strict";

// A browser lets a page write to the clipboard only where it came unaltered: over HTTPS, or from this very machine.
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
