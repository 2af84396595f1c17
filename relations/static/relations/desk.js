/* Progressive enhancement of the desk; every page works without it. */
"use strict";

(() => {
  const { readings } = document.currentScript.dataset;
  const TYPED = "input:not([type=hidden]):not([type=checkbox]):not([type=submit]), select, textarea";

  /* Shows below an input how its date or figure is understood; role=status announces it to screen readers. */
  async function read(box) {
    const id = `${box.id}_reading`;
    let told = document.getElementById(id);
    if (!told) {
      told = document.createElement("div");
      told.id = id;
      told.className = "reading";
      told.setAttribute("role", "status");
      (box.closest("td, .flex-container") || box).append(told);
    }
    const answer = await fetch(`${readings}?${new URLSearchParams({ kind: box.dataset.reading, text: box.value })}`);
    if (answer.ok) {
      told.innerHTML = await answer.text();
    }
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-reading]")) {
      read(event.target);
    }
  });

  /* The input for the hedge of the last citation, which is that of the current sentence. */
  const hedgeBox = () =>
    [...document.querySelectorAll("form.coded [name^=citations-][name$=-hedge]")]
      .filter((each) => !each.name.includes("__prefix__"))
      .pop();

  /* The form on the coding screen, or the form of a new row. */
  function formIn(root) {
    const isNew = document.getElementById("django-admin-form-add-constants")?.dataset.modelName;
    return root.querySelector("form.coded") || (isNew && document.getElementById(`${isNew}_form`));
  }

  /* Focuses the first field with an error, or else the first empty field. If the sentence is to be cited for an
     existing record, that is the hedge of the new citation. */
  function enter(root) {
    const form = formIn(root);
    const wrong = root.querySelector(".errors [aria-invalid=true], .errors input, .errors select, .errors textarea");
    const fields = [...(form ? form.elements : [])].filter((field) => field.matches(TYPED) && field.offsetParent);
    const next = form?.dataset.cites ? hedgeBox() : fields.find((field) => !field.value) || fields[0];
    const first = wrong || next;
    (first?.parentNode.querySelector(".select2-selection") || first)?.focus();
  }

  /* On load, so that it runs after Django's script, which focuses the first button. */
  addEventListener("load", () => enter(document));

  /* Gives select2 inputs the accessible name of their field, and turns empty header cells into plain cells. */
  function label(root) {
    root.querySelectorAll(".tabular thead th:empty").forEach((head) => {
      const cell = document.createElement("td");
      cell.className = head.className;
      head.replaceWith(cell);
    });
    root.querySelectorAll("select.admin-autocomplete + .select2 [role=combobox]").forEach((box) => {
      const field = box.closest(".select2").previousElementSibling;
      const name = field.getAttribute("aria-label") || field.labels[0]?.textContent.replace(/:\s*$/, "");
      box.removeAttribute("aria-labelledby");
      box.setAttribute("aria-label", [name, field.selectedOptions[0]?.text].filter(Boolean).join(": "));
      box.querySelector(".select2-selection__rendered").setAttribute("aria-label", name);
    });
  }

  window.django?.jQuery?.(() => {
    label(document);
    const $ = django.jQuery;
    $(document).on("change select2:open", "select.admin-autocomplete", ({ target }) => {
      label(target.parentNode);
      const search = document.querySelector(".select2-container--open .select2-search__field");
      search?.setAttribute("aria-label", `Search: ${target.getAttribute("aria-label") || target.labels[0]?.textContent || ""}`);
    });
    document.addEventListener("formset:added", ({ target }) => {
      label(target);
      const first = [...target.querySelectorAll(TYPED)].find((field) => field.offsetParent);
      (first?.parentNode.querySelector(".select2-selection") || first)?.focus();
    });
  });

  if (!document.querySelector('meta[name="htmx-config"]')) {
    return;
  }

  /* The coding screen. Django initialises its widgets only on page load, so this does it for content from htmx. */
  const coding = () => document.getElementById("coding");

  function furnish(root) {
    const $ = django.jQuery;
    $(root).find(".admin-autocomplete").not("[name*=__prefix__]").djangoAdminSelect2();
    $(root).find(".js-inline-admin-formset").each((_, group) => {
      const { inlineType, inlineFormset } = $(group).data();
      const rows = inlineType === "stacked" ? ".inline-related" : ".tabular.inline-related tbody:first > tr.form-row";
      const selector = `${inlineFormset.name}-group ${rows}`;
      $(selector)[inlineType === "stacked" ? "stackedFormset" : "tabularFormset"](selector, inlineFormset.options);
    });
  }

  function show() {
    document.querySelectorAll("#coding .needs-script").forEach((each) => each.removeAttribute("hidden"));
    const current = document.querySelector(".sentence.is-current");
    const list = current?.closest("nav");
    if (list && list.scrollHeight > list.clientHeight) {
      list.scrollTop += current.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
    }
  }

  function tell(words) {
    const told = document.getElementById("coding-told");
    told.textContent = words;
    told.hidden = false;
    told.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("DOMContentLoaded", () => {
    show();
    /* select2 triggers only a jQuery event; dispatch a DOM event as well. */
    django.jQuery(document).on("change", "select.admin-autocomplete", (event) => {
      if (!event.originalEvent) {
        event.target.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  });

  document.addEventListener("htmx:load", ({ detail }) => {
    if (detail.elt.id === "coding") {
      furnish(detail.elt);
      label(detail.elt);
      show();
      enter(detail.elt);
    }
  });

  /* A response that is not the coding screen, such as a login page or an error, does not replace what was typed. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event;
    if (detail.target.id === "coding" && !detail.serverResponse.includes('id="coding"')) {
      detail.shouldSwap = false;
      const status = detail.xhr.status;
      tell(
        status === 200
          ? "Nothing was saved: you are no longer signed in. Sign in in another window, and save again here."
          : `Nothing was saved: the server answered ${status}. What you typed is still here.`,
      );
    }
  });
  document.addEventListener("htmx:sendError", () => tell("The server does not answer. What you typed is still here."));

  /* Copies the selected words of the sentence into the hedge input, and sets the modality if the phrase is known. */
  function hedge() {
    const text = document.querySelector("#coding .at-hand .text");
    const words = String(getSelection()).trim();
    const box = hedgeBox();
    if (!box || !words || !text.contains(getSelection().anchorNode)) {
      return;
    }
    box.value = words;
    const known = text.dataset.hedges.split(";").map((pair) => pair.split("="));
    const found = known.find(([hedge]) => hedge && words.toLowerCase().includes(hedge));
    const modality = document.getElementById("id_modality");
    if (found && modality) {
      [modality.value] = found.slice(1);
      modality.dispatchEvent(new Event("change", { bubbles: true }));
    }
    box.focus();
  }

  /* Clicks the element with this data-key. If its required text input is empty, focuses that instead. */
  function press(key) {
    const target = coding().querySelector(`[data-key="${CSS.escape(key)}"]`);
    const needed = coding().querySelector(`[data-needed-for="${CSS.escape(key)}"]`);
    if (target?.dataset.opens) {
      document.getElementById(target.dataset.opens).showModal();
    } else if (needed && !needed.value.trim()) {
      needed.focus();
    } else {
      target?.click();
    }
    return Boolean(target);
  }

  document.addEventListener("click", (event) => {
    const { opens } = event.target.closest("[data-opens]")?.dataset || {};
    if (opens) {
      document.getElementById(opens).showModal();
    }
  });

  /* In the capture phase, before select2, which would open its list on the same key. */
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, select, textarea, .select2, dialog");
    if (event.key === "Escape" && isTyping && !event.target.closest(".select2-dropdown, dialog")) {
      event.target.blur();
    } else if (event.key === "Enter" && (event.ctrlKey || event.shiftKey) && !event.target.closest("textarea, .select2-search")) {
      if (press(event.ctrlKey ? "Ctrl+Enter" : "Shift+Enter")) {
        event.preventDefault();
        event.stopPropagation();
      }
    } else if (!isTyping && !event.ctrlKey && !event.altKey && !event.metaKey) {
      if (event.key === "h") {
        hedge();
        event.preventDefault();
      } else if (press(event.key)) {
        event.preventDefault();
      }
    }
  }, true);
})();
