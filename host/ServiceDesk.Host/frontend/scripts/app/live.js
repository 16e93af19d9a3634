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

// What one has begun to type in a part that is drawn again stays, with the caret where it was. Several parts may be drawn
// at once: what the first of them found is kept until the last one stands.
function keepTyping() {
  const typed = new Map();
  let swaps = 0;
  document.addEventListener("htmx:before:swap", () => {
    if (swaps === 0) {
      typed.clear();
    }

    swaps++;
    for (const input of document.querySelectorAll(
      "textarea[id], input[id]:not([type=hidden], [type=file], [type=radio], [type=checkbox])",
    )) {
      if (input.value !== input.defaultValue) {
        const caret = input === document.activeElement ? [input.selectionStart, input.selectionEnd] : null;
        typed.set(input.id, { value: input.value, caret });
      }
    }
  });
  // What is typed meanwhile is newer than what is kept.
  document.addEventListener("input", ({ target }) => typed.delete(target.id));
  document.addEventListener("htmx:after:swap", () => {
    swaps = Math.max(0, swaps - 1);
    for (const [id, { value, caret }] of typed) {
      const input = document.getElementById(id);
      if (input && input.value !== value) {
        input.value = value;
      }

      if (input && caret && input !== document.activeElement) {
        input.focus({ preventScroll: true });
        input.setSelectionRange(...caret);
      }
    }
  });
}

// A part that one has unfolded stays so when the page itself draws it again; what a form answers says by itself what is open.
function keepOpen() {
  const isOwn = (event) => event.detail.ctx?.sourceEvent?.type?.startsWith("sd:");
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
