// Tickets that are chosen in a list: by click, by a range with Shift, by the keys of the list. What is chosen stays when the
// list is drawn again. Without script the check boxes and their form do it alone.
import { keyOf } from "./shortcuts.js";

const chosen = new Set();
let anchor = null;

export function startSelection(root) {
  root.addEventListener("click", (event) => {
    const box = event.target.closest?.('.table-tickets [name="keys"]');
    if (box) {
      toggle(box, event.shiftKey);
    }
  });
  root.addEventListener("change", ({ target }) => {
    if (target.matches?.("[data-select-page]")) {
      boxes().forEach((box) => (box.checked = target.checked));
      keep();
    } else if (target.matches?.('#bulk-choice [name="all"]')) {
      tell();
    }
  });
  root.addEventListener("reset", ({ target }) => target.id === "bulk-choice" && setTimeout(clear));
  root.addEventListener("keydown", onKey);
  root.addEventListener("htmx:after:swap", restore);
  addEventListener("pageshow", keep);
  keep();
}

function toggle(box, isRange) {
  const all = boxes();
  const from = all.findIndex((one) => one.value === anchor);
  if (isRange && from >= 0) {
    const to = all.indexOf(box);
    all.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((one) => (one.checked = box.checked));
  } else {
    anchor = box.value;
  }

  keep();
}

function onKey(event) {
  if (event.key === "Escape" && chosen.size > 0 && !document.querySelector("dialog[open], .menu[open], [popover]:popover-open")) {
    clear();
    return;
  }

  const step = event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey ? stepOf(event) : 0;
  const line = event.target.closest?.(".table-tickets tbody tr[data-key]");
  if (!step || !line) {
    return;
  }

  event.preventDefault();
  const all = boxes();
  const at = all.indexOf(line.querySelector('[name="keys"]'));
  const next = all[at + step];
  if (!all.some((box) => box.value === anchor && box.checked)) {
    anchor = all[at].value;
    all[at].checked = true;
  }

  if (next) {
    // Going back takes off what was taken in before.
    const from = all.findIndex((box) => box.value === anchor);
    all[at].checked = at === from || Math.abs(at - from) < Math.abs(at + step - from);
    next.checked = true;
    next.closest("tr").querySelector(".table-title").focus();
  }

  keep();
}

function stepOf(event) {
  const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (arrow) {
    return arrow;
  }

  const keys = JSON.parse(document.getElementById("shortcut-sheet")?.dataset.keys ?? "{}");
  return { [keys.next]: 1, [keys.previous]: -1 }[keyOf(event)] ?? 0;
}

function clear() {
  boxes().forEach((box) => (box.checked = false));
  const all = document.querySelector('#bulk-choice [name="all"]');
  if (all) {
    all.checked = false;
  }

  anchor = null;
  keep();
}

function keep() {
  chosen.clear();
  boxes().filter((box) => box.checked).forEach((box) => chosen.add(box.value));
  tell();
}

// What left the list is chosen no longer: nobody edits what one does not see.
function restore() {
  boxes().forEach((box) => (box.checked = chosen.has(box.value)));
  keep();
}

function tell() {
  const form = document.getElementById("bulk-choice");
  if (!form) {
    return;
  }

  const head = document.querySelector("[data-select-page]");
  const page = boxes();
  head.checked = page.length > 0 && chosen.size === page.length;
  head.indeterminate = chosen.size > 0 && chosen.size < page.length;
  page.forEach((box) => box.closest("tr").classList.toggle("is-chosen", box.checked));
  const output = form.querySelector("[data-selected]");
  output.textContent = output.dataset.selected.replace("{0}", chosen.size);
  const all = form.elements.namedItem("all");
  output.hidden = Boolean(all?.checked);
  if (all && chosen.size > 0 && !all.dataset.counted) {
    all.dataset.counted = "";
    count(all);
  }
}

async function count(all) {
  try {
    const response = await fetch(all.dataset.count, { headers: { "HX-Request": "true" } });
    all.closest("label").querySelector("output").textContent = response.ok && !response.redirected ? (await response.text()).trim() : "";
  } catch {
    // Nobody needs the number to go on.
  }
}

const boxes = () => [...document.querySelectorAll('.table-tickets [name="keys"]')];
