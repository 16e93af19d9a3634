// Macros in the reply editor: the menu is filtered while one types, a text goes in where the caret stands, and a macro that
// changes the ticket shows first what it changes. Without script each is a page of its own.
import { fits } from "./hangul.js";
import { takeFile } from "./library.js";
import { replace } from "./writing.js";

export function startMacros(root) {
  root.addEventListener("input", (event) => {
    if (event.target.matches?.(".macro-find")) {
      filter(event.target);
    }
  });
  root.addEventListener("keydown", (event) => {
    if (event.target.matches?.(".macro-find") && !event.isComposing) {
      const first = [...event.target.closest(".menu-list").querySelectorAll(".macro-item")].find((item) => !item.hidden);
      if (event.key === "ArrowDown" || event.key === "Enter") {
        event.preventDefault();
        event.key === "Enter" ? first?.click() : first?.focus();
      }
    }
  });
  root.addEventListener("toggle", (event) => {
    if (event.target.matches?.(".macro-menu") && event.target.open) {
      const find = event.target.querySelector(".macro-find");
      find.value = "";
      filter(find);
      find.focus();
    }
  }, true);
  root.addEventListener("click", (event) => {
    const item = event.target.closest?.(".macro-item");
    if (item && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      item.closest("details").open = false;
      apply(item);
    }

    const button = event.target.closest?.("[data-macro-insert]");
    if (button) {
      const text = button.form.elements.namedItem("text");
      button.closest("dialog").close();
      text && insert(text.value, text.dataset.visibility);
      button.dataset.files.split(",").filter(Boolean).forEach((file) => takeFile(file));
    }
  });
}

// For the / of the editor: what is offered, by the words that were typed.
export function offered(words) {
  return [...document.querySelectorAll(".macro-item")].filter((item) => fits(item.textContent.trim(), words));
}

export async function apply(item) {
  if (item.dataset.macro === "text") {
    const found = await text(item.href);
    if (found?.text) {
      insert(found.text, found.visibility);
      return;
    }
  }

  await preview(item.href);
}

async function text(href) {
  const address = new URL(href, location.href);
  address.searchParams.set("handler", "Text");
  try {
    const response = await fetch(address, { headers: { Accept: "application/json", "HX-Request": "true" } });
    return response.ok && !response.redirected ? await response.json() : null;
  } catch {
    return null;
  }
}

async function preview(href) {
  let form = null;
  try {
    const response = await fetch(href, { headers: { "HX-Request": "true" } });
    const page = response.ok && !response.redirected ? await response.text() : "";
    form = new DOMParser().parseFromString(page, "text/html").querySelector(".macro-preview");
  } catch {
    // The page itself says what is wrong.
  }

  if (!form) {
    location.assign(href);
    return;
  }

  document.getElementById("macro-dialog")?.remove();
  const dialog = document.createElement("dialog");
  dialog.className = "dialog macro-dialog";
  dialog.id = "macro-dialog";
  dialog.setAttribute("aria-labelledby", "h-macro");
  dialog.append(document.adoptNode(form));
  dialog.querySelector("[data-macro-insert]")?.removeAttribute("hidden");
  dialog.querySelector("a[data-close]").addEventListener("click", (event) => event.preventDefault());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function insert(words, visibility) {
  const form = document.querySelector("form[data-reply]");
  const kind = form?.querySelector(`[name=visibility][value="${visibility}"]`);
  if (kind && !kind.checked) {
    kind.click();
  }

  const area = form?.elements.namedItem("body");
  if (!area) {
    return;
  }

  const before = area.value.slice(0, area.selectionStart);
  const gap = before && !before.endsWith("\n") ? "\n\n" : "";
  replace(area, area.selectionStart, area.selectionEnd, gap + words);
}

function filter(find) {
  for (const item of find.closest(".menu-list").querySelectorAll(".macro-item")) {
    item.hidden = !fits(item.textContent.trim(), find.value);
  }

  for (const group of find.closest(".menu-list").querySelectorAll(".macro-group")) {
    group.hidden = ![...group.querySelectorAll(".macro-item")].some((item) => !item.hidden);
  }
}
