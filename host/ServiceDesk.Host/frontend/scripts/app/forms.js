// Comfort for forms: Ctrl+Enter sends, a form is sent once, the first wrong input gets the focus, and what was typed
// survives a reload or an expired session until it was sent.
// By the person: who signs in next in the same tab must not read what the one before has typed.
const prefix = `draft:${document.body.dataset.me ?? ""}:`;
const sending = "draft-sending";

export function startForms(root) {
  root.querySelector('[aria-invalid="true"]')?.focus();

  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      const form = event.target.closest?.("form[data-quick]");
      if (form) {
        event.preventDefault();
        const next = event.shiftKey ? form.querySelector("[data-send-next]:not([hidden])") : null;
        form.requestSubmit(next);
      }
    }
  });

  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 4000) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }

    form.dataset.sent = String(Date.now());
    if (form.dataset.draft) {
      sessionStorage.setItem(sending, form.dataset.draft);
    }
  }, true);

  root.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-submit]")) {
      // Another choice is no second sending of the first.
      delete event.target.form?.dataset.sent;
      event.target.form?.requestSubmit();
    }
  });

  addEventListener("pageshow", () => root.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
  startDrafts(root);
}

// A draft is forgotten when the page after sending says that it was done; a session that ended or a lost connection keeps it.
function startDrafts(root) {
  const sent = sessionStorage.getItem(sending);
  if (sent && root.querySelector(".toasts .toast")) {
    sessionStorage.removeItem(prefix + sent);
    sessionStorage.removeItem(sending);
  }

  root.querySelectorAll("form[data-draft]").forEach(restore);
  root.addEventListener("htmx:after:swap", () => root.querySelectorAll("form[data-draft]:not([data-drafted])").forEach(restore));
  root.addEventListener("input", keep);
  root.addEventListener("combo:take", keep);
  root.addEventListener("click", (event) => {
    const form = event.target.closest?.("[data-forget]")?.closest("form[data-draft]");
    form && sessionStorage.removeItem(prefix + form.dataset.draft);
  });
}

// With whom it is shared is kept like the words: what was written privately must not come back as if it were for everybody.
const written = "textarea[name], input[type=text][name], .sharing input:not([type=checkbox])[name]";
const said = ".sharing select[name], .sharing input[type=checkbox][name]";

function keep(event) {
  const form = event.target.closest?.("form[data-draft]");
  if (!form || !event.target.matches(`${written}, ${said}`)) {
    return;
  }

  const before = JSON.parse(sessionStorage.getItem(prefix + form.dataset.draft) ?? "{}");
  const values = {};
  for (const input of form.querySelectorAll(`${written}, ${said}`)) {
    // Of what was there already only what was changed is a draft, with the mark of what it was changed from.
    const mark = markOf(input);
    if (mark && input.value === input.defaultValue && !(input.name in before)) {
      continue;
    }

    if (mark) {
      values[mark.name] = [mark.value];
    }

    const value = input.type !== "checkbox" ? input.value : input.checked ? input.value : null;
    if (value !== null) {
      (values[input.name] ??= []).push(value);
    }
  }

  sessionStorage.setItem(prefix + form.dataset.draft, JSON.stringify(values));
}

function restore(form) {
  form.dataset.drafted = "";
  const kept = sessionStorage.getItem(prefix + form.dataset.draft);
  if (!kept) {
    return;
  }

  const draft = JSON.parse(kept);
  for (const [name, values] of Object.entries(draft)) {
    const inputs = [...form.querySelectorAll(`${written}, ${said}`)].filter((input) => input.name === name);
    inputs.forEach((input, place) => fill(input, [].concat(values), place, draft[`drawn.${name}`]));
  }

  const sharing = form.querySelector("details.sharing");
  if (sharing?.querySelector("input:checked") || [...(sharing?.querySelectorAll("select, .combo input") ?? [])].some((input) => input.value)) {
    sharing.open = true;
  }
}

function markOf(input) {
  return input.form.elements.namedItem(`drawn.${input.name}`);
}

function fill(input, values, place, drawn) {
  const mark = markOf(input);
  if (mark) {
    // What somebody else wrote meanwhile is told when it is sent, by the mark; a page that shows what was typed has told it.
    if (drawn && input.value !== values[place]) {
      input.value = values[place];
      mark.value = drawn[0];
    }
  } else if (input.type === "checkbox") {
    input.checked ||= values.includes(input.value);
  } else if (!input.value && (!("options" in input) || [...input.options].some((option) => option.value === values[place]))) {
    input.value = values[place] ?? "";
  }
}
