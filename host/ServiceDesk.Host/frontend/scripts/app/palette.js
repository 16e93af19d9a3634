// Ctrl+K or Cmd+K: everything that this page and its navigation offer, found by a part of its words; tickets by key, number or
// words are asked of the server. What one may not do is not in the page, so that it is not here either.
import { fits } from "./hangul.js";
import { keyHint, shortcutCommands } from "./shortcuts.js";

const pause = 150;
const most = 12;
let asked = null;
let offered = [];

export function startPalette(root) {
  const palette = root.getElementById("palette");
  if (!palette) {
    return;
  }

  const input = palette.querySelector("input");
  root.addEventListener("keydown", (event) => {
    const isK = event.code === "KeyK" || event.key.toLowerCase() === "k";
    if (isK && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      palette.open ? palette.close() : open(palette, input);
    }
  });
  root.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-palette]")) {
      open(palette, input);
    } else if (event.target === palette) {
      palette.close();
    }
  });
  input.addEventListener("input", () => draw(palette, input));
  input.addEventListener("keydown", (event) => press(palette, input, event));
  palette.addEventListener("close", () => asked?.stop.abort());
  palette.querySelector("ul").addEventListener("click", (event) => {
    const option = event.target.closest(".palette-option");
    if (option) {
      choose(palette, option);
    }
  });
}

function open(palette, input) {
  if (document.querySelector("dialog[open]")) {
    return;
  }

  document.getElementById("side")?.matches(":popover-open") && document.getElementById("side").hidePopover();
  offered = offers(palette);
  input.value = "";
  palette.showModal();
  draw(palette, input);
}

// Actions first: what is at hand is meant more often than what is far.
function offers(palette) {
  const { action, place } = palette.dataset;
  const own = [...document.querySelectorAll(".transitions :is(a, button):not([disabled]), [data-command]:not([hidden])")];
  const menu = [...document.querySelectorAll(".side-end .menu-item")];
  const side = [...document.querySelectorAll(".side-nav a[href], .side-group a[href]")];
  const more = [...(document.getElementById("palette-places")?.content.querySelectorAll("a") ?? [])];
  const seen = new Set();
  return [
    ...own.map((one) => ({ ...offer(one, action), key: keyHint(one.dataset.command) })),
    ...shortcutCommands().map((one) => ({ ...one, kind: action })),
    ...[...side, ...more].map((one) => offer(one, groupOf(one) ?? place)),
    ...menu.map((one) => offer(one, one.href ? place : action)),
  ].filter((one) => {
    const name = `${one.text}\n${one.kind}`;
    return one.text && !seen.has(name) && seen.add(name);
  });
}

const groupOf = (link) => link.dataset.group ?? link.closest(".side-group")?.querySelector(".side-title")?.firstChild?.textContent.trim();

function offer(element, kind) {
  const words = element.cloneNode(true);
  words.querySelectorAll(".count, svg").forEach((part) => part.remove());
  return {
    text: (words.textContent.trim() || element.getAttribute("aria-label") || element.title).replace(/\s+/g, " "),
    kind,
    icon: element.querySelector("svg")?.cloneNode(true),
    // What puts something into the reply listens to its link.
    run: () => (element.href && !element.dataset.macro && !("library" in element.dataset) && !element.download ? location.assign(element.href) : element.click()),
  };
}

function draw(palette, input) {
  const typed = input.value;
  const found = offered
    .map((one) => ({ one, fit: Math.max(fits(one.text, typed), fits(`${one.kind} ${one.text}`, typed) && 1) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .slice(0, most);
  const list = palette.querySelector("ul");
  list.replaceChildren(...found.map(({ one }) => option(one)));
  number(palette, input);
  ask(palette, input);
}

function option(one) {
  const line = document.createElement("li");
  line.className = "palette-option";
  line.setAttribute("role", "option");
  const text = document.createElement("span");
  text.className = "palette-text";
  text.textContent = one.text;
  const kind = document.createElement("span");
  kind.className = "palette-kind";
  kind.textContent = one.kind ?? "";
  line.append(...[one.icon, text, kind].filter(Boolean));
  if (one.key) {
    const key = document.createElement("kbd");
    key.textContent = one.key;
    line.append(key);
  }

  line.run = one.run;
  return line;
}

function ask(palette, input) {
  clearTimeout(asked?.timer);
  asked?.stop.abort();
  asked = null;
  if (!palette.dataset.jump || !input.value.trim()) {
    return;
  }

  const question = { stop: new AbortController(), timer: 0 };
  question.timer = setTimeout(() => answer(palette, input, question), pause);
  asked = question;
}

async function answer(palette, input, question) {
  const address = new URL(palette.dataset.jump, location.href);
  address.searchParams.set("q", input.value);
  try {
    const response = await fetch(address, { signal: question.stop.signal, headers: { "HX-Request": "true" } });
    if (asked === question && response.ok && !response.redirected) {
      palette.querySelector("ul").insertAdjacentHTML("beforeend", await response.text());
      number(palette, input);
    }
  } catch (error) {
    if (error.name !== "AbortError") {
      asked = null;
    }
  }
}

// The first is chosen unless somebody moved on.
function number(palette, input) {
  const options = [...palette.querySelectorAll(".palette-option")];
  options.forEach((one, at) => (one.id = `palette-option-${at}`));
  palette.querySelector(".palette-none").hidden = options.length > 0 || asked !== null;
  point(input, options, Math.max(0, options.findIndex((one) => one.ariaSelected === "true")));
}

function point(input, options, at) {
  options.forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
  if (options[at]) {
    input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

function press(palette, input, event) {
  // Enter ends a syllable that is being composed; it chooses nothing yet.
  if (event.isComposing || event.keyCode === 229) {
    return;
  }

  const options = [...palette.querySelectorAll(".palette-option")];
  const at = options.findIndex((one) => one.ariaSelected === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && options.length) {
    event.preventDefault();
    point(input, options, (at + step + options.length) % options.length);
  } else if (event.key === "Enter") {
    event.preventDefault();
    options[at] && choose(palette, options[at]);
  }
}

function choose(palette, option) {
  palette.close();
  option.run ? option.run() : location.assign(option.dataset.href);
}
