// The files that the desk of a ticket keeps ready: found in a dialog of the reply editor by a part of their names, and put into
// the reply as if they were uploaded. Without script the link leads to a page that attaches at once.
import { put } from "./files.js";

const pause = 150;

export function startLibrary(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-library]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(link.href);
    }
  });
}

// Puts a file of the library, by its number, into the reply.
export function takeFile(file) {
  const drop = document.querySelector("form[data-reply] [data-upload]");
  return drop && put(drop, taken(drop.querySelector("a[data-library]").href, file));
}

async function taken(href, file) {
  const address = new URL(href, location.href);
  address.searchParams.set("handler", "Take");
  const response = await fetch(address, {
    method: "POST",
    headers: {
      RequestVerificationToken: document.querySelector('meta[name="request-token"]')?.content ?? "",
      Accept: "application/json",
    },
    body: new URLSearchParams({ file }),
  });
  const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
  if (response.status !== 201 || !answer) {
    throw new Error(answer?.detail ?? "");
  }

  return answer;
}

async function open(href) {
  const pick = (await page(href))?.querySelector(".library-pick");
  if (!pick) {
    location.assign(href);
    return;
  }

  document.getElementById("library-dialog")?.remove();
  const dialog = document.createElement("dialog");
  dialog.className = "dialog library-dialog";
  dialog.id = "library-dialog";
  dialog.setAttribute("aria-labelledby", "h-library");
  dialog.append(document.adoptNode(pick));
  dialog.querySelector("a[data-close]").addEventListener("click", (event) => event.preventDefault());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest(".library-file");
    if (button) {
      event.preventDefault();
      dialog.close();
      takeFile(button.value);
    }
  });
  finding(dialog, href);
  document.body.append(dialog);
  dialog.showModal();
}

function finding(dialog, href) {
  const input = dialog.querySelector(".library-find input");
  let timer = 0;
  const find = async () => {
    const typed = input.value;
    const address = new URL(href, location.href);
    address.searchParams.set("q", typed);
    const list = (await page(address))?.querySelector(".library-list");
    if (list && typed === input.value) {
      dialog.querySelector(".library-list").replaceWith(document.adoptNode(list));
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, pause);
  });
  input.form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("keydown", async (event) => {
    if (event.isComposing || !["Enter", "ArrowDown"].includes(event.key)) {
      return;
    }

    event.preventDefault();
    clearTimeout(timer);
    await find();
    const first = dialog.querySelector(".library-file");
    event.key === "Enter" ? first?.click() : first?.focus();
  });
}

async function page(address) {
  try {
    const response = await fetch(address, { headers: { "HX-Request": "true" } });
    const text = response.ok && !response.redirected ? await response.text() : "";
    return new DOMParser().parseFromString(text, "text/html");
  } catch {
    return null;
  }
}
