// What one writes on a ticket is kept while it is written: in this window at once, on the server a moment later, reply and
// note apart. Another window that wrote, sent or threw it away is told of; nothing that was typed is lost by it.
const pause = 800;
const again = 5000;
const prefix = "reply:";
const sending = "reply-sending";
// What a page that goes away may still send.
const most = 30000;
// How long a window remembers what the server has taken: a page that was drawn before that may still be on its way.
const fresh = 60000;
// How many of the texts it sent without an answer a window knows again.
const memory = 5;

export function startReply(root) {
  settle(root);
  const form = root.querySelector("form[data-reply]");
  if (form) {
    keep(form);
  }
}

// What was sent is no draft any more, whichever page says so: that of the ticket, or of the next one.
function settle(root) {
  const key = sessionStorage.getItem(sending);
  sessionStorage.removeItem(sending);
  if (key && root.querySelector(".toasts .toast, .held-reply")) {
    sessionStorage.removeItem(key);
  }
}

function keep(form) {
  const text = form.elements.namedItem("body");
  const discard = form.querySelector("[data-discard]");
  const note = noteOf(form);
  const drafts = new Map();
  let isLeaving = false;
  let kind = chosen();

  for (const input of form.querySelectorAll("[name=visibility]")) {
    drafts.set(input.value, takeUp(form, input));
  }

  // What was typed before this ran, into the draft that the page came with, is newer than that.
  if (form.dataset.typed || text.value !== text.defaultValue) {
    Object.assign(drafts.get(kind), { text: text.value, isDirty: true });
  }

  show();
  for (const [name, draft] of drafts) {
    if (draft.isDirty) {
      remember(name);
      later(name, 0);
    }
  }

  text.addEventListener("input", () => write(text.value));
  for (const input of form.querySelectorAll("[name=visibility]")) {
    input.addEventListener("change", () => {
      save(kind);
      kind = chosen();
      note.clear();
      show();
    });
  }

  discard.addEventListener("click", () => {
    const before = text.value;
    write("");
    show();
    save(kind);
    note.say(form.dataset.discarded, form.dataset.undo, () => bring(before));
    text.focus();
  });
  form.addEventListener("submit", () => {
    isLeaving = true;
    clearTimeout(drafts.get(kind).timer);
    sessionStorage.setItem(sending, keyOf(form, kind));
  });
  addEventListener("pageshow", (event) => {
    isLeaving = false;
    if (event.persisted) {
      look();
    }
  });
  addEventListener("pagehide", () => {
    for (const name of drafts.keys()) {
      if (!isLeaving || name !== kind) {
        save(name, true);
      }
    }
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? save(kind) : look()));
  document.body.addEventListener("sd:ticket", look);

  function chosen() {
    return form.querySelector("[name=visibility]:checked").value;
  }

  function write(value) {
    const draft = drafts.get(kind);
    draft.text = value;
    draft.isDirty = true;
    discard.hidden = !value;
    note.clear();
    remember(kind);
    later(kind, pause);
  }

  function bring(value) {
    write(value);
    show();
    text.focus();
  }

  function show() {
    const draft = drafts.get(kind);
    if (text.value !== draft.text) {
      text.value = draft.text;
    }

    discard.hidden = !draft.text;
    if (draft.told) {
      tell(draft);
    }
  }

  function remember(name) {
    const { text: written, revision, sent } = drafts.get(name);
    sessionStorage.setItem(keyOf(form, name), JSON.stringify({ text: written, revision, sent }));
  }

  // The server has it: only the next page, if it was drawn before, does not know it yet.
  function taken(name) {
    const { text: written, revision } = drafts.get(name);
    const key = keyOf(form, name);
    const held = JSON.stringify({ text: written, revision, takenAt: Date.now() });
    sessionStorage.setItem(key, held);
    setTimeout(() => sessionStorage.getItem(key) === held && sessionStorage.removeItem(key), fresh);
  }

  function later(name, delay) {
    const draft = drafts.get(name);
    clearTimeout(draft.timer);
    draft.timer = setTimeout(() => save(name), delay);
  }

  async function save(name, isLast = false) {
    const draft = drafts.get(name);
    clearTimeout(draft.timer);
    if (!draft.isDirty || draft.isSaving || (isLast && draft.text.length > most)) {
      return;
    }

    draft.isSaving = true;
    const sent = draft.text;
    draft.sent = [...draft.sent, sent].slice(-memory);
    remember(name);
    const answer = await post(form, name, sent, draft.revision, isLast);
    draft.isSaving = false;
    if (isLeaving) {
      return;
    }

    if (!answer) {
      note.say(form.dataset.unsaved);
      later(name, again);
    } else if (answer.isStale) {
      meet(name, answer.draft);
    } else if (answer.draft) {
      // What changed nothing leaves the door open for what was sent before it.
      draft.sent = answer.draft.revision > draft.revision ? [] : draft.sent;
      draft.revision = answer.draft.revision;
      draft.isDirty = draft.text !== sent;
      if (draft.isDirty) {
        remember(name);
        later(name, pause);
      } else {
        taken(name);
        if (name === kind && sent && !note.isOpen()) {
          note.say(form.dataset.saved);
        }
      }
    } else {
      note.say(answer.refusal);
    }
  }

  async function look() {
    if (isLeaving || document.hidden) {
      return;
    }

    for (const found of (await read(form)) ?? []) {
      const draft = drafts.get(found.visibility);
      if (draft && !draft.isSaving && found.revision > draft.revision) {
        meet(found.visibility, found);
      }
    }
  }

  // Another window was here. What this one holds that is kept nowhere else stays; else the newer takes its place.
  function meet(name, found) {
    const draft = drafts.get(name);
    if (found.state === "Kept" && draft.sent.includes(found.text) && found.text !== draft.text) {
      // No other window: what this one sent before its page went away has only now arrived.
      Object.assign(draft, { revision: found.revision, isDirty: true });
      later(name, 0);
      return;
    }

    const isOwn = draft.isDirty && draft.text && draft.text !== found.text;
    draft.revision = found.revision;
    if (isOwn) {
      draft.told = { state: found.state, other: found.text };
      remember(name);
    } else {
      draft.told = draft.text && found.state !== "Kept" ? { state: found.state } : null;
      draft.text = found.text;
      draft.isDirty = false;
      taken(name);
    }

    if (name === kind) {
      show();
    }
  }

  function tell(draft) {
    const { state, other } = draft.told;
    draft.told = null;
    const words = { Sent: "sentElsewhere", Discarded: "discardedElsewhere", Kept: "changedElsewhere" }[state];
    note.say(form.dataset[words], other ? form.dataset.take : null, () => bring(other));
  }
}

// What the server keeps, or what this window holds that the server does not know yet.
function takeUp(form, input) {
  const { text, state, revision } = input.dataset;
  const draft = { text, revision: Number(revision), isDirty: false, isSaving: false, sent: [], told: null, timer: 0 };
  const key = keyOf(form, input.value);
  const held = sessionStorage.getItem(key);
  if (!held) {
    return draft;
  }

  const own = JSON.parse(held);
  if (own.takenAt) {
    sessionStorage.removeItem(key);
    return own.revision > draft.revision && Date.now() - own.takenAt < fresh
      ? Object.assign(draft, { text: own.text, revision: own.revision })
      : draft;
  }

  draft.sent = own.sent ?? [];
  if (own.text === text) {
    sessionStorage.removeItem(key);
    return draft;
  }

  if (own.revision !== draft.revision) {
    draft.told = { state, other: text };
  }

  return Object.assign(draft, { text: own.text, isDirty: true });
}

function keyOf(form, kind) {
  return `${prefix}${form.dataset.owner}:${kind}`;
}

function noteOf(form) {
  const [words, button] = form.querySelectorAll(".composer-draft > *");
  let act = null;
  button.addEventListener("click", () => act?.());
  return {
    isOpen: () => !button.hidden,
    clear() {
      words.textContent = "";
      button.hidden = true;
    },
    say(message, label, press) {
      words.textContent = message;
      button.textContent = label ?? "";
      button.hidden = !label;
      act = press;
    },
  };
}

async function read(form) {
  const address = new URL(form.dataset.reply, location.href);
  address.searchParams.set("handler", "Drafts");
  try {
    const response = await fetch(address, { headers: { Accept: "application/json", "HX-Request": "true" } });
    return response.ok && !response.redirected ? await response.json() : null;
  } catch {
    return null;
  }
}

// Null when the server did not take it: it cannot be reached, or the session ended.
async function post(form, visibility, text, revision, isLast) {
  const address = new URL(form.dataset.reply, location.href);
  address.searchParams.set("handler", "Draft");
  try {
    const response = await fetch(address, {
      method: "POST",
      keepalive: isLast,
      headers: {
        RequestVerificationToken: document.querySelector('meta[name="request-token"]')?.content ?? "",
        Accept: "application/json",
        "HX-Request": "true",
      },
      body: new URLSearchParams({ visibility, text, revision: String(revision) }),
    });
    const isJson = response.headers.get("Content-Type")?.includes("json");
    const answer = isJson && !response.redirected ? await response.json() : null;
    return response.ok && answer ? { draft: answer }
      : response.status === 409 && answer ? { draft: answer, isStale: true }
      : response.status === 422 && answer ? { refusal: answer }
      : null;
  } catch {
    return null;
  }
}
