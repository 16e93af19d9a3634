// A value of a ticket changed in its line of a list: a small menu over the cell, by mouse and by keys. The line is drawn again
// from the answer. Without script the cell leads to the same menu as a page.
import { fits } from "./hangul.js";
import { say } from "./toasts.js";

export function startInline(root) {
  root.addEventListener("click", (event) => {
    const cell = event.target.closest?.("a[data-inline]");
    if (cell && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(cell);
    }
  });
  root.addEventListener("keydown", walk);
}

// Across a line: its box, its title, its cells.
function walk(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const line = event.target.closest?.(".table-tickets tr[data-key]");
  if (!step || !line || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }

  const stops = [...line.querySelectorAll('[name="keys"], .table-title, [data-inline]')].filter((one) => one.offsetParent);
  event.preventDefault();
  stops[stops.indexOf(event.target) + step]?.focus();
}

async function open(cell) {
  const form = await ask(cell.href);
  if (!form) {
    location.assign(cell.href);
    return;
  }

  const key = cell.closest("tr").dataset.key;
  const menu = document.createElement("div");
  menu.className = "inline-menu menu-list";
  menu.popover = "auto";
  menu.append(document.adoptNode(form));
  document.getElementById("inline-menu")?.remove();
  menu.id = "inline-menu";
  document.body.append(menu);
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState === "closed") {
      menu.remove();
    }
  });
  menu.addEventListener("keydown", (event) => move(menu, event));
  menu.addEventListener("input", () => filter(menu));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // The page's own listeners do not send it once more.
    event.stopPropagation();
    send(form, event.submitter, key, menu);
  });
  menu.showPopover();
  place(menu, cell);
  (menu.querySelector("input:not([type=hidden])") ?? menu.querySelector('[aria-current="true"]') ?? items(menu)[0])?.focus();
}

async function ask(address) {
  try {
    const response = await fetch(address, { headers: { "HX-Request": "true" } });
    const text = response.ok && !response.redirected ? await response.text() : "";
    return new DOMParser().parseFromString(text, "text/html").querySelector(".inline-form");
  } catch {
    return null;
  }
}

async function send(form, button, key, menu) {
  const data = new FormData(form, button);
  const columns = document.querySelector(".table-tickets")?.dataset.columns ?? "";
  data.set("columns", columns);
  let page = null;
  let isDone = false;
  try {
    const response = await fetch(form.action, { method: "POST", body: data, headers: { "HX-Request": "true" } });
    isDone = response.ok;
    page = response.redirected ? null : new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    // The page itself says what is wrong.
  }

  menu.hidePopover();
  const fresh = page?.querySelector("tr[data-key]");
  if (!fresh) {
    location.reload();
    return;
  }

  const old = document.querySelector(`.table-tickets tr[data-key="${CSS.escape(key)}"]`);
  if (old) {
    fresh.querySelector('[name="keys"]').checked = old.querySelector('[name="keys"]').checked;
    fresh.classList.toggle("is-chosen", old.classList.contains("is-chosen"));
    const line = document.adoptNode(fresh);
    old.replaceWith(line);
    line.querySelector(".table-title").focus();
  }

  const words = page.querySelector("[data-said]")?.textContent.trim();
  if (words) {
    say(words, !isDone);
  }
}

function place(menu, cell) {
  const at = cell.getBoundingClientRect();
  const below = at.bottom + menu.offsetHeight + 8 < innerHeight;
  menu.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - menu.offsetHeight - 4)}px`;
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - menu.offsetWidth - 8))}px`;
}

function move(menu, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const all = items(menu);
    const at = all.indexOf(document.activeElement);
    all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length]?.focus();
  } else if (event.key === "Enter" && event.target.matches("input") && !event.isComposing) {
    event.preventDefault();
    items(menu)[0]?.click();
  }
}

function filter(menu) {
  const words = menu.querySelector("input:not([type=hidden])")?.value ?? "";
  menu.querySelectorAll(".menu-item").forEach((item) => (item.hidden = !fits(item.textContent.trim(), words)));
}

const items = (menu) => [...menu.querySelectorAll(".menu-item")].filter((item) => !item.hidden);
