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
  root.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-draft]");
    if (form && event.target.matches("textarea, input[type=text]")) {
      const values = {};
      for (const input of form.querySelectorAll("textarea[name], input[type=text][name]")) {
        values[input.name] = input.value;
      }

      sessionStorage.setItem(prefix + form.dataset.draft, JSON.stringify(values));
    }
  });
}

function restore(form) {
  form.dataset.drafted = "";
  const kept = sessionStorage.getItem(prefix + form.dataset.draft);
  if (!kept) {
    return;
  }

  for (const [name, value] of Object.entries(JSON.parse(kept))) {
    const input = form.elements.namedItem(name);
    if (input && "value" in input && !input.value) {
      input.value = value;
    }
  }
}
