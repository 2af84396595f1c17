/* What is typed into a form of the desk is kept by the browser until it is saved, and offered on the way back: after
   the browser was closed, a log-in ran out, or the server was away. It goes when it is saved, at log-out, and when
   somebody else signs in. */
"use strict";

(() => {
  const { user } = document.currentScript.dataset;
  const KEPT = "dyad-typed:";
  const SENT = "dyad-sent"; // of this tab: under which key stands what was sent last
  const LONGEST = 30 * 24 * 60 * 60 * 1000;
  const FORMS = ".app-relations.change-form form[id$=_form], form.coded";

  /* A browser that keeps nothing is no worse off than without this script. */
  function tried(act) {
    try {
      return act();
    } catch {
      return null;
    }
  }

  /* Its own address is that of a form; beside a sentence it names the sentence and the record. */
  function keyOf(form) {
    const { pathname, search } = new URL(form.getAttribute("action") || location.pathname, location.href);
    return `${KEPT}${user}:${pathname}${search}`;
  }

  const read = (key) => tried(() => JSON.parse(localStorage.getItem(key)));
  const drop = (key) => tried(() => localStorage.removeItem(key));

  /* All that a form holds; of a row that was searched for also its name, which no other page knows. */
  function fieldsOf(form) {
    return [...form.elements]
      .filter((field) => field.name && !field.name.includes("__prefix__") && field.name !== "csrfmiddlewaretoken")
      .filter((field) => !field.matches("button, [type=submit], [type=file], [type=password]"))
      .map((field) => [
        field.name,
        field.type === "checkbox" ? field.checked : field.value,
        field.matches("select") && field.value ? field.selectedOptions[0]?.text : "",
      ]);
  }

  const began = new WeakMap();
  const early = new WeakSet(); // forms into which something was typed before the page was whole
  const undecided = new WeakSet(); // forms of which it is not said whether what was kept is taken up

  function keep(form) {
    const fields = fieldsOf(form);
    if (JSON.stringify(fields) !== began.get(form)) {
      tried(() => localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), fields })));
    } else if (!undecided.has(form)) {
      drop(keyOf(form));
    }
  }

  /* As many rows of parts as there were. */
  function addRows(form, fields) {
    for (const [name, value] of fields.filter(([name]) => name.endsWith("-TOTAL_FORMS"))) {
      const group = document.getElementById(`${name.replace("-TOTAL_FORMS", "")}-group`);
      const total = form.elements[name];
      const add = group?.querySelector(".add-row a");
      for (let rows = Number(total?.value); add && rows < Number(value); rows += 1) {
        add.click();
      }
    }
  }

  function fill(form, fields) {
    addRows(form, fields);
    for (const [name, value, text] of fields) {
      const field = form.elements[name];
      if (!field || field instanceof RadioNodeList || name.endsWith("-TOTAL_FORMS")) {
        continue;
      }
      if (field.type === "checkbox") {
        field.checked = value;
      } else {
        if (text && ![...field.options].some((option) => option.value === value)) {
          field.add(new Option(text, value));
        }
        field.value = value;
      }
      if (field.type !== "hidden") {
        field.dispatchEvent(new Event("change", { bubbles: true }));
        window.django?.jQuery?.(field).trigger("change.select2");
      }
    }
  }

  function timeOf(at) {
    const isToday = new Date(at).toDateString() === new Date().toDateString();
    const day = isToday ? {} : { day: "numeric", month: "long" };
    return new Intl.DateTimeFormat("en-GB", { ...day, hour: "2-digit", minute: "2-digit" }).format(at);
  }

  function offer(form, { at, fields }) {
    const bar = document.createElement("div");
    bar.className = "kept-typing";
    bar.setAttribute("role", "status");
    const button = (words, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button";
      made.textContent = words;
      made.addEventListener("click", () => {
        bar.remove();
        undecided.delete(form);
        act();
      });
      bar.append(made);
    };
    button(`Take up what you had typed at ${timeOf(at)}`, () => fill(form, fields));
    button("Throw it away", () => drop(keyOf(form)));
    form.before(bar);
    undecided.add(form);
  }

  /* What was sent and saved needs to be kept no longer; the page that comes after says so. */
  function settle(root) {
    const sent = tried(() => sessionStorage.getItem(SENT));
    if (sent && user) {
      tried(() => sessionStorage.removeItem(SENT));
      if (root.querySelector(".messagelist .success")) {
        drop(sent);
      }
    }
  }

  function open(root) {
    settle(root);
    for (const form of root.querySelectorAll(FORMS)) {
      began.set(form, JSON.stringify(fieldsOf(form)));
      const kept = read(keyOf(form));
      if (kept && JSON.stringify(kept.fields) === began.get(form)) {
        drop(keyOf(form));
      } else if (kept && !root.querySelector(".errornote:not([hidden])")) {
        offer(form, kept);
      }
      if (early.has(form)) {
        began.set(form, "");
        keep(form);
      }
    }
  }

  /* Nothing is left for others, nor for ever. */
  function tidy() {
    const keys = tried(() => Object.keys(localStorage).filter((key) => key.startsWith(KEPT))) || [];
    for (const key of keys) {
      const isOfAnother = user && !key.startsWith(`${KEPT}${user}:`);
      if (isOfAnother || !(Date.now() - read(key)?.at < LONGEST)) {
        drop(key);
      }
    }
  }

  /* Whoever has to sign in again is told that nothing is lost. */
  function reassure() {
    const form = document.getElementById("login-form");
    if (form && tried(() => Object.keys(localStorage).some((key) => key.startsWith(KEPT)))) {
      const told = document.createElement("p");
      told.className = "kept-typing";
      told.setAttribute("role", "status");
      told.textContent = "What was typed here and not saved is kept, and offered on its page after you have signed in.";
      form.before(told);
    }
  }

  const changed = ({ target, type }) => {
    const form = target.closest?.("form");
    if (form && began.has(form)) {
      keep(form);
    } else if (form && type === "input") {
      early.add(form);
    }
  };
  for (const happening of ["input", "change", "formset:added", "formset:removed"]) {
    document.addEventListener(happening, changed);
  }

  document.addEventListener("submit", ({ target }) => {
    if (target.id === "logout-form") {
      tried(() => Object.keys(localStorage).filter((key) => key.startsWith(KEPT)).forEach(drop));
    } else if (target.matches(`${FORMS}, form.choices`)) {
      tried(() => sessionStorage.setItem(SENT, keyOf(target)));
    }
  });

  /* After the scripts of Django, which fill in what a page leaves to them. */
  addEventListener("load", () => {
    tidy();
    reassure();
    open(document);
    /* A choice of select2 is told to jQuery alone. */
    window.django?.jQuery?.(document).on("change", "select", changed);
  });
  document.addEventListener("htmx:load", ({ detail }) => {
    if (detail.elt.id === "coding" && document.readyState === "complete") {
      open(detail.elt);
    }
  });
})();
