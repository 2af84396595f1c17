/* What a script adds to the pages of the desk, each of which is whole without it. */
"use strict";

(() => {
  const { readings } = document.currentScript.dataset;
  const TYPED = "input:not([type=hidden]):not([type=checkbox]):not([type=submit]), select, textarea";

  /* What was read in a box of a date or a figure stands below it, and says so to who does not see it. */
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

  /* Where the hedge words of the sentence at hand are typed. */
  const hedgeBox = () =>
    [...document.querySelectorAll("form.coded [name^=citations-][name$=-hedge]")]
      .filter((each) => !each.name.includes("__prefix__"))
      .pop();

  /* The form of a record beside its sentence, or of a row that is new. */
  function formIn(root) {
    const isNew = document.getElementById("django-admin-form-add-constants")?.dataset.modelName;
    return root.querySelector("form.coded") || (isNew && document.getElementById(`${isNew}_form`));
  }

  /* The first wrong field is where one goes on, else the first of the form that is empty; of a record that the
     sentence is to be cited for, its citation. */
  function enter(root) {
    const form = formIn(root);
    const wrong = root.querySelector(".errors [aria-invalid=true], .errors input, .errors select, .errors textarea");
    const fields = [...(form ? form.elements : [])].filter((field) => field.matches(TYPED) && field.offsetParent);
    const next = form?.dataset.cites ? hedgeBox() : fields.find((field) => !field.value) || fields[0];
    const first = wrong || next;
    (first?.parentNode.querySelector(".select2-selection") || first)?.focus();
  }

  /* Later than the script of Django that goes to the first button. */
  addEventListener("load", () => enter(document));

  /* What is chosen by its letters is called as its field is, and a column without a name is no header. */
  function call(root) {
    root.querySelectorAll(".tabular thead th:empty").forEach((head) => {
      const cell = document.createElement("td");
      cell.className = head.className;
      head.replaceWith(cell);
    });
    root.querySelectorAll("select.admin-autocomplete + .select2 [role=combobox]").forEach((box) => {
      const field = box.closest(".select2").previousElementSibling;
      const [label] = field.labels;
      const name = field.getAttribute("aria-label") || label?.textContent.replace(/:\s*$/, "");
      box.removeAttribute("aria-labelledby");
      box.setAttribute("aria-label", [name, field.selectedOptions[0]?.text].filter(Boolean).join(": "));
      box.querySelector(".select2-selection__rendered").setAttribute("aria-label", name);
    });
  }

  window.django?.jQuery?.(() => {
    call(document);
    const $ = django.jQuery;
    $(document).on("change select2:open", "select.admin-autocomplete", ({ target }) => {
      call(target.parentNode);
      const search = document.querySelector(".select2-container--open .select2-search__field");
      search?.setAttribute("aria-label", `Search: ${target.getAttribute("aria-label") || target.labels[0]?.textContent || ""}`);
    });
    document.addEventListener("formset:added", ({ target }) => {
      call(target);
      const first = [...target.querySelectorAll(TYPED)].find((field) => field.offsetParent);
      (first?.parentNode.querySelector(".select2-selection") || first)?.focus();
    });
  });

  if (!document.querySelector('meta[name="htmx-config"]')) {
    return;
  }

  /* The coding screen. What htmx puts in place gets the widgets that Django gives a page when it is loaded. */
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
    /* A choice of select2 is told to jQuery alone. */
    django.jQuery(document).on("change", "select.admin-autocomplete", (event) => {
      if (!event.originalEvent) {
        event.target.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  });

  document.addEventListener("htmx:load", ({ detail }) => {
    if (detail.elt.id === "coding") {
      furnish(detail.elt);
      call(detail.elt);
      show();
      enter(detail.elt);
    }
  });

  /* What is no page of the screen takes nothing away that was typed. */
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

  /* The selected words of the sentence are what hedges it. */
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

  /* A key presses what says that it is its key; one that needs words goes to their box while that is empty. */
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

  /* Heard before select2, which would open its list at the same key, over the page that follows. */
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
