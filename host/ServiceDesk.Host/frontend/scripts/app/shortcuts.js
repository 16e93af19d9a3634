// Single keys. Which key does what stands in the sheet's data-keys; a question mark shows the sheet. Letters are taken by
// what they type, and where an input method types something else (ㄱ, Process) by the place of the key.
const places = { Slash: "/", Period: ".", Comma: "," };

// What each does: where it finds what it needs on this page, and what it does with it.
const acts = {
  search: [() => visible("[data-search-box]") ?? visible(".search-link"), focusOrGo],
  filter: [() => visible(".list-filter input:not([type=hidden], [data-search-box])"), focusOrGo],
  new: [() => link("/workspace/new"), focusOrGo],
  next: [() => row(1) ?? visible('[data-step="next"][href]'), goOn],
  previous: [() => row(-1) ?? visible('[data-step="previous"][href]'), goOn],
  reply: [() => composer("Public"), write],
  note: [() => composer("Internal"), write],
  status: [() => cell("status") ?? visible(".transitions :is(a, button):not([disabled])"), workOn],
  edit: [() => visible('[data-command="edit"]'), (one) => one.click()],
  watch: [() => visible('[data-command="watch"]'), (one) => one.click()],
  select: [() => here()?.querySelector('[name="keys"]'), (box) => box.click()],
  priority: [() => cell("priority") ?? visible('select[name="priority"]'), workOn],
  assign: [() => cell("assignee") ?? visible('select[name="assignee"]'), workOn],
};

export function startShortcuts(root) {
  const sheet = root.getElementById("shortcut-sheet");
  if (!sheet) {
    return;
  }

  const keys = JSON.parse(sheet.dataset.keys);
  const byKey = new Map(Object.entries(keys).map(([id, key]) => [key, id]));
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && !moves(byKey, event) || isTaken(event.target)) {
      return;
    }

    if (event.key === "?" || (event.shiftKey && event.code === "Slash")) {
      // Who turned single keys off is asked nothing.
      if (byKey.size > 0) {
        event.preventDefault();
        sheet.showModal();
      }
    } else if (!event.shiftKey && perform(byKey.get(keyOf(event)))) {
      event.preventDefault();
    }
  });
}

// For the palette: what can be done on this page, each with its words and its key.
export function shortcutCommands() {
  const sheet = document.getElementById("shortcut-sheet");
  return [...(sheet?.querySelectorAll("[data-shortcut]") ?? [])]
    .filter(({ dataset }) => !["search", "filter", "new", "next", "previous", "edit", "watch", "select"].includes(dataset.shortcut))
    .filter(({ dataset }) => acts[dataset.shortcut]?.[0]())
    .map((line) => ({
      text: line.textContent,
      key: line.parentElement.querySelector("kbd")?.textContent,
      run: () => perform(line.dataset.shortcut),
    }));
}

export function keyHint(command) {
  const line = document.querySelector(`#shortcut-sheet [data-shortcut="${command}"]`);
  return line?.parentElement.querySelector("kbd")?.textContent;
}

function perform(id) {
  const [find, act] = acts[id] ?? [];
  const found = find?.();
  if (found) {
    act(found);
  }

  return Boolean(found);
}

export function keyOf(event) {
  const typed = event.key.toLowerCase();
  if (/^[\x21-\x7e]$/.test(typed)) {
    return typed;
  }

  return places[event.code] ?? event.code.replace(/^(Key|Digit)/, "").toLowerCase();
}

const moves = (byKey, event) => ["next", "previous"].includes(byKey.get(keyOf(event)));

const isTaken = (target) =>
  target.closest?.("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, dialog, [contenteditable], [role=textbox]") !== null ||
  document.querySelector("dialog[open]") !== null;

const visible = (selector) => [...document.querySelectorAll(selector)].find((one) => one.offsetParent !== null) ?? null;
const link = (path) => document.querySelector(`.side a[href$="${path}"]`);

function focusOrGo(one) {
  if (one.href) {
    location.assign(one.href);
  } else {
    one.focus();
    one.select?.();
  }
}

// To a line of a list, or from ticket to ticket.
function goOn(one) {
  if (one.dataset.step) {
    location.assign(one.href);
  } else {
    one.focus();
  }
}

// The ticket of a list that has the focus.
const here = () => document.activeElement?.closest(".table-tickets tbody tr[data-key]") ?? null;
const cell = (what) => here()?.querySelector(`[data-inline="${what}"]`) ?? null;

// A cell of a list opens its menu; what stands on a ticket's page gets the focus.
function workOn(one) {
  if (one.dataset.inline) {
    one.click();
  } else {
    one.focus();
  }
}

function row(step) {
  const lines = [...document.querySelectorAll(".table-tickets .table-title")];
  const at = lines.findIndex((line) => line.closest("tr").contains(document.activeElement));
  return at < 0 ? lines[0] ?? null : lines[at + step] ?? null;
}

const composer = (kind) => document.querySelector(`.composer input[name="visibility"][value="${kind}"]`);

function write(kind) {
  kind.click();
  kind.closest(".composer").querySelector("textarea, [contenteditable]")?.focus();
}
