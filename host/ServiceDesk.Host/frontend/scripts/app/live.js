// Keeps lists and tickets true while a page stays open. The server says only that something changed; the page asks for its
// own part again, so that what is shown passes the same checks as ever.
import { presentAs } from "./presence.js";

const quiet = 400;

export function startLive(htmx) {
  keepTyping();
  keepOpen();
  const ticket = document.querySelector("[data-ticket]")?.dataset.ticket;
  if (!document.querySelector('[hx-trigger*="sd:"]') || !window.EventSource) {
    return;
  }

  const tell = gathered((name) => htmx.trigger(document.body, name));
  // The stream begins where the page was drawn: what happened in between is told too.
  const { base = "", log } = document.documentElement.dataset;
  const address = new URL(`${base}/events`, location.href);
  if (log) {
    address.searchParams.set("since", log);
  }

  if (ticket) {
    address.searchParams.set("ticket", ticket);
    address.searchParams.set("window", presentAs());
  }

  const source = new EventSource(address);
  source.addEventListener("list", () => tell("sd:list"));
  if (ticket) {
    source.addEventListener(`ticket:${ticket}`, () => tell("sd:ticket"));
    source.addEventListener(`presence:${ticket}`, () => tell("sd:presence"));
  }

  const all = () => ["sd:list", "sd:ticket"].forEach(tell);
  source.addEventListener("refresh", all);
  // After a broken connection nobody knows what was missed.
  let broken = false;
  source.addEventListener("error", () => (broken = true));
  source.addEventListener("open", () => {
    if (broken) {
      broken = false;
      all();
    }
  });
  addEventListener("pagehide", () => source.close());
}

// Many changes at once are one change to a reader. A hidden page waits until it is seen.
function gathered(act) {
  const waiting = new Set();
  let timer = 0;
  const flush = () => {
    timer = 0;
    if (document.hidden) {
      return;
    }

    for (const name of waiting) {
      waiting.delete(name);
      act(name);
    }
  };
  document.addEventListener("visibilitychange", flush);
  return (name) => {
    waiting.add(name);
    timer ||= setTimeout(flush, quiet);
  };
}

// What one has begun to fill in stays, with the caret where it was, when the page itself draws a part again. A form's answer
// holds what was sent: only what was filled in after that is kept.
function keepTyping() {
  const typed = new Map();
  const late = new Set();
  document.addEventListener("htmx:before:request", (event) => isOwn(event) || late.clear());
  document.addEventListener("input", ({ target }) => {
    // What is typed meanwhile is newer than what is kept.
    typed.delete(nameOfInput(target));
    late.add(nameOfInput(target));
  });
  document.addEventListener("htmx:before:swap", (event) => {
    typed.clear();
    for (const input of document.querySelectorAll(fillable)) {
      const name = nameOfInput(input);
      if (name && isFilledIn(input) && (isOwn(event) || late.has(name))) {
        const caret = input === document.activeElement ? [input.selectionStart, input.selectionEnd] : null;
        const chosen = input.options && [...input.options].filter((option) => option.selected).map((option) => option.value);
        typed.set(name, { value: input.value, checked: input.checked, chosen, caret });
        // What the form was drawn with stays with what is typed over it: else the newer value would be overwritten unseen.
        for (const mark of isOwn(event) ? input.form?.querySelectorAll(marks) ?? [] : []) {
          typed.set(nameOfInput(mark), { mark: mark.value });
        }
      }
    }
  });
  document.addEventListener("htmx:after:swap", () => {
    for (const input of typed.size > 0 ? document.querySelectorAll(`${fillable}, ${marks}`) : []) {
      const kept = typed.get(nameOfInput(input));
      if (kept?.mark !== undefined) {
        input.value = kept.mark;
      } else if (kept) {
        fillIn(input, kept);
      }
    }
  });
}

// Which tickets of a list are chosen is kept by what they are, not by where they stand (selection.js).
const fillable =
  "textarea, select, input:not([type=hidden], [type=file], [type=submit], [name=keys], [data-select-page])";
const marks = 'input[type=hidden]:is([name=taskDrawn], [name=drawn], [name^="drawn."])';
const isTicked = (input) => input.type === "checkbox" || input.type === "radio";

// An input without an id is known by the part in which it stands, its form, its name, and its place or value among those of
// the same name. One of no form is known by nothing.
function nameOfInput(input) {
  if (input.id || !input.form) {
    return input.id ? `#${input.id}` : "";
  }

  const same = [...input.form.elements].filter((other) => other.name === input.name);
  const part = input.closest("[id]")?.id ?? "";
  return `${part} ${input.form.getAttribute("action")} ${input.name} ${isTicked(input) ? input.value : same.indexOf(input)}`;
}

function isFilledIn(input) {
  if (input.options) {
    const options = [...input.options];
    const given = options.filter((option) => option.defaultSelected);
    const first = given.length > 0 || input.multiple ? given : options.slice(0, 1);
    return options.some((option) => option.selected !== first.includes(option));
  }

  return isTicked(input) ? input.checked !== input.defaultChecked : input.value !== input.defaultValue;
}

function fillIn(input, { value, checked, chosen, caret }) {
  if (chosen) {
    for (const option of input.options) {
      option.selected = chosen.includes(option.value);
    }
  } else if (isTicked(input)) {
    input.checked = checked;
  } else if (input.value !== value) {
    input.value = value;
  }

  if (caret && input !== document.activeElement) {
    input.focus({ preventScroll: true });
    if (typeof caret[0] === "number") {
      input.setSelectionRange(...caret);
    }
  }
}

// Asked for because something happened, not by a form.
const isOwn = (event) => event.detail.ctx?.sourceEvent?.type?.startsWith("sd:");

// A part that one has unfolded stays so when the page itself draws it again; what a form answers says by itself what is open.
function keepOpen() {
  const unfolded = () => [...document.querySelectorAll("details[open]:not(.menu)")];
  let open = [];
  document.addEventListener("htmx:before:swap", (event) => {
    if (isOwn(event)) {
      open = unfolded().map(nameOf);
    }
  });
  document.addEventListener("htmx:after:swap", (event) => {
    if (isOwn(event) && open.length > 0) {
      for (const part of document.querySelectorAll("details:not([open], .menu)")) {
        part.open = open.includes(nameOf(part));
      }
    }
  });
}

// What stands in a part may change while it is drawn; where it stands and what its handle says does not.
function nameOf(part) {
  const handle = part.querySelector("summary")?.textContent.trim() ?? "";
  return `${part.parentElement?.closest("[id]")?.id ?? ""} ${handle}`;
}
