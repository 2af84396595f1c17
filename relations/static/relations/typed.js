/* Stores what is typed into the forms of the desk in localStorage until it is saved, and offers it again after the
   browser was closed, the session expired, or the server was down. It is removed when it is saved, on logout, and when
   another user signs in. */
"use strict";

(() => {
  const { user } = document.currentScript.dataset;
  const KEPT = "dyad-typed:";
  const SENT = "dyad-sent"; // in sessionStorage: the key of the form that this tab submitted last
  const MAX_AGE = 30 * 24 * 60 * 60 * 1000; // milliseconds
  const FORMS = ".app-relations.change-form form[id$=_form], form.coded";

  /* The result of `act`, or null if the browser has no storage, or refuses to use it. */
  function tried(act) {
    try {
      return act();
    } catch {
      return null;
    }
  }

  /* The storage key of a form: the user and its action or page URL, which on the coding screen names the sentence. */
  function keyOf(form) {
    const { pathname, search } = new URL(form.getAttribute("action") || location.pathname, location.href);
    return `${KEPT}${user}:${pathname}${search}`;
  }

  const read = (key) => tried(() => JSON.parse(localStorage.getItem(key)));
  const drop = (key) => tried(() => localStorage.removeItem(key));

  /* The values of a form, with the label of each selected option, because an autocomplete field has no other options. */
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

  const initial = new WeakMap(); // the values of each form when it was opened, as JSON
  const early = new WeakSet(); // forms that were edited before the page had loaded
  const undecided = new WeakSet(); // forms whose stored values are offered and neither restored nor discarded yet

  function keep(form) {
    const fields = fieldsOf(form);
    if (JSON.stringify(fields) !== initial.get(form)) {
      tried(() => localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), fields })));
    } else if (!undecided.has(form)) {
      drop(keyOf(form));
    }
  }

  /* Adds rows to the formsets until there are as many as when the values were stored. */
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

  /* Removes the stored values of the submitted form, if the page that follows has a success message. */
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
      initial.set(form, JSON.stringify(fieldsOf(form)));
      const kept = read(keyOf(form));
      if (kept && JSON.stringify(kept.fields) === initial.get(form)) {
        drop(keyOf(form));
      } else if (kept && !root.querySelector(".errornote:not([hidden])")) {
        offer(form, kept);
      }
      if (early.has(form)) {
        initial.set(form, "");
        keep(form);
      }
    }
  }

  /* Removes what other users typed, and what is older than MAX_AGE. */
  function tidy() {
    const keys = tried(() => Object.keys(localStorage).filter((key) => key.startsWith(KEPT))) || [];
    for (const key of keys) {
      const isOfAnother = user && !key.startsWith(`${KEPT}${user}:`);
      if (isOfAnother || !(Date.now() - read(key)?.at < MAX_AGE)) {
        drop(key);
      }
    }
  }

  /* Tells a user who has to sign in again that nothing is lost. */
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
    if (form && initial.has(form)) {
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

  /* On load, after Django's scripts have filled in their widgets. */
  addEventListener("load", () => {
    tidy();
    reassure();
    open(document);
    /* select2 triggers only a jQuery event. */
    window.django?.jQuery?.(document).on("change", "select", changed);
  });
  document.addEventListener("htmx:load", ({ detail }) => {
    if (detail.elt.id === "coding" && document.readyState === "complete") {
      open(detail.elt);
    }
  });
})();
