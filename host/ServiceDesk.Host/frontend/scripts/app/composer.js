// The reply editor: a toolbar that writes Markdown, a look at how it will read, quotes, and lists that open while one writes:
// / at the beginning of a line for macros, @ for people. Without script it is a plain box.
import { apply, offered } from "./macros.js";
import { replace } from "./writing.js";

const wraps = { bold: ["**", "**"], italic: ["*", "*"], code: ["`", "`"], link: ["[", "](https://)"] };
const begins = { list: "- ", numbers: "1. ", quote: "> " };
const keys = { b: "bold", i: "italic", k: "link" };
const pause = 120;

export function startComposer(root) {
  const form = root.querySelector("form[data-reply]");
  const area = form?.elements.namedItem("body");
  if (!area) {
    return;
  }

  tools(form, area);
  pictures(form, area);
  looks(form, area);
  quotes(root, form, area);
  lists(form, area);
}

function tools(form, area) {
  const bar = form.querySelector(".composer-format");
  const buttons = [...bar.querySelectorAll("button")];
  const reach = (index) => buttons.forEach((button, at) => (button.tabIndex = at === index ? 0 : -1));
  reach(0);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
      reach(next);
      buttons[next].focus();
    }
  });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-format]");
    if (button) {
      reach(buttons.indexOf(button));
      write(area, button.dataset.format);
    }
  });
  area.addEventListener("keydown", (event) => {
    const format = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && !event.isComposing && keys[event.key.toLowerCase()];
    // Ctrl+K with nothing chosen stays the palette's.
    if (format && (format !== "link" || area.selectionStart !== area.selectionEnd)) {
      event.preventDefault();
      event.stopPropagation();
      write(area, format);
    }
  });
}

// A picture that was pasted or dropped stands where one writes; it goes along as a file.
function pictures(form, area) {
  form.addEventListener("sd:file", ({ detail }) => {
    if (/\.(png|jpe?g|gif|webp)$/i.test(detail.name) && !area.hidden) {
      const words = detail.name.replace(/[[\]\\]/g, "\\$&");
      replace(area, area.selectionStart, area.selectionEnd, `![${words}](attachment:${detail.token})`);
    }
  });
}

function write(area, format) {
  area.focus();
  let { selectionStart: start, selectionEnd: end } = area;
  const chosen = area.value.slice(start, end);
  if (begins[format] || (format === "code" && chosen.includes("\n"))) {
    start = area.value.lastIndexOf("\n", start - 1) + 1;
    const lines = area.value.slice(start, end);
    if (format === "code") {
      replace(area, start, end, `\`\`\`\n${lines}\n\`\`\``);
      return;
    }

    const mark = begins[format];
    const all = lines.split("\n");
    const isOn = all.every((line) => line.startsWith(mark));
    replace(area, start, end, all.map((line) => (isOn ? line.slice(mark.length) : mark + line)).join("\n"));
    return;
  }

  const [before, after] = wraps[format];
  const isOn = area.value.slice(start - before.length, start) === before && area.value.slice(end, end + after.length) === after;
  if (isOn && format !== "link") {
    replace(area, start - before.length, end + after.length, chosen);
    area.setSelectionRange(start - before.length, end - before.length);
    return;
  }

  replace(area, start, end, before + chosen + after);
  const from = start + before.length;
  if (format === "link" && chosen) {
    // The address is what is missing.
    area.setSelectionRange(from + chosen.length + 2, from + chosen.length + after.length - 1);
  } else {
    area.setSelectionRange(from, from + chosen.length);
  }
}

function looks(form, area) {
  const button = form.querySelector("[data-look]");
  const shown = form.querySelector(".composer-look");
  const show = (isShown) => {
    button.setAttribute("aria-pressed", String(isShown));
    shown.hidden = !isShown;
    area.hidden = isShown;
  };
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-pressed") === "true") {
      show(false);
      area.focus();
      return;
    }

    const html = await ask(form, "Look", { text: area.value });
    if (html !== null) {
      shown.innerHTML = html;
      show(true);
    }
  });
  form.addEventListener("change", (event) => event.target.name === "visibility" && show(false));
  area.addEventListener("input", () => area.hidden && show(false));
}

function quotes(root, form, area) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-quote]");
    if (!button) {
      return;
    }

    const post = button.closest(".post");
    const body = post.querySelector(".post-body");
    const picked = getSelection();
    const isPart = !picked.isCollapsed && body.contains(picked.anchorNode) && body.contains(picked.focusNode);
    const words = (isPart ? picked.toString() : body.innerText).trim();
    // What agents wrote among themselves must not slip into a reply.
    const note = form.querySelector('[name=visibility][value="Internal"]');
    if (post.classList.contains("post-note") && !note.checked) {
      note.click();
    }

    const quoted = [`**${button.dataset.quote}**`, ...words.split("\n")].map((line) => `> ${line}`.trimEnd()).join("\n");
    const gap = area.value && !area.value.endsWith("\n") ? "\n\n" : "";
    area.hidden && form.querySelector("[data-look]").click();
    area.focus();
    replace(area, area.value.length, area.value.length, `${gap}${quoted}\n\n`);
    form.scrollIntoView({ block: "nearest" });
  });
}

function lists(form, area) {
  const panel = document.createElement("div");
  panel.className = "combo-panel composer-list";
  panel.hidden = true;
  area.after(panel);
  area.setAttribute("aria-autocomplete", "list");
  let open = null;
  let timer = 0;

  area.addEventListener("input", (event) => {
    clearTimeout(timer);
    const place = placeOf(area);
    if (!place) {
      close();
      return;
    }

    if (place.mark === "/") {
      show(place, offered(place.words).slice(0, 8).map((item) => ({ text: item.textContent.trim(), run: () => apply(item) })));
    } else {
      // A syllable that is still being written is asked for when it stands.
      timer = setTimeout(() => people(place), event.isComposing ? pause * 3 : pause);
    }
  });
  area.addEventListener("keydown", (event) => {
    if (!open || event.isComposing) {
      return;
    }

    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      point((open.at + step + open.items.length) % open.items.length);
    } else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      take(open.at);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  area.addEventListener("blur", () => setTimeout(close, 150));
  panel.addEventListener("mousedown", (event) => event.preventDefault());
  panel.addEventListener("click", (event) => {
    const option = event.target.closest(".combo-option");
    if (option) {
      take([...panel.querySelectorAll(".combo-option")].indexOf(option));
    }
  });

  async function people(place) {
    const found = await ask(form, "Mentions", { q: place.words, visibility: form.querySelector("[name=visibility]:checked").value }, "GET");
    if (found && JSON.stringify(placeOf(area)) === JSON.stringify(place)) {
      show(place, found.map((one) => ({ text: one.name, note: one.warning, run: () => mention(one) })));
    }
  }

  function show(place, items) {
    if (!items.length) {
      close();
      return;
    }

    open = { place, items, at: 0 };
    const list = document.createElement("ul");
    list.className = "combo-list";
    list.id = "composer-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", place.mark === "/" ? form.dataset.macros : form.dataset.people);
    items.forEach((item, index) => {
      const option = document.createElement("li");
      option.className = "combo-option";
      option.id = `composer-option-${index}`;
      option.setAttribute("role", "option");
      const text = document.createElement("span");
      text.className = "combo-text";
      text.textContent = item.text;
      option.append(text);
      if (item.note) {
        const note = document.createElement("span");
        note.className = "combo-label";
        note.textContent = item.note;
        option.append(note);
      }

      list.append(option);
    });
    panel.replaceChildren(list);
    panel.hidden = false;
    area.setAttribute("aria-controls", list.id);
    point(0);
  }

  function point(index) {
    open.at = index;
    panel.querySelectorAll(".combo-option").forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = panel.querySelector(`#composer-option-${index}`);
    option.scrollIntoView({ block: "nearest" });
    area.setAttribute("aria-activedescendant", option.id);
  }

  function take(index) {
    const { place, items } = open;
    close();
    replace(area, place.start, area.selectionEnd, "");
    items[index].run();
  }

  function mention(one) {
    replace(area, area.selectionStart, area.selectionEnd, `[@${one.name.replace(/[[\]\\]/g, "\\$&")}](person:${one.id}) `);
    if (one.warning) {
      form.querySelector(".composer-warning").textContent = `${one.name}: ${one.warning}`;
    }
  }

  function close() {
    open = null;
    panel.hidden = true;
    panel.replaceChildren();
    area.removeAttribute("aria-controls");
    area.removeAttribute("aria-activedescendant");
  }
}

// Where a list belongs: what was begun before the caret.
function placeOf(area) {
  const caret = area.selectionStart;
  if (caret !== area.selectionEnd) {
    return null;
  }

  const line = area.value.slice(area.value.lastIndexOf("\n", caret - 1) + 1, caret);
  const found = /^(\/)([^/]{0,40})$/.exec(line) ?? /(?:^|[\s(])(@)([\p{L}\p{M}\p{N}._-]{1,40})$/u.exec(line);
  return found ? { mark: found[1], words: found[2], start: caret - found[2].length - 1 } : null;
}

async function ask(form, handler, values, method = "POST") {
  const address = new URL(form.dataset.reply, location.href);
  address.searchParams.set("handler", handler);
  const body = new URLSearchParams(values);
  if (method === "GET") {
    body.forEach((value, name) => address.searchParams.set(name, value));
  }

  try {
    const response = await fetch(address, {
      method,
      headers: {
        RequestVerificationToken: document.querySelector('meta[name="request-token"]')?.content ?? "",
        "HX-Request": "true",
      },
      body: method === "GET" ? undefined : body,
    });
    const isJson = response.headers.get("Content-Type")?.includes("json");
    return !response.ok || response.redirected ? null : await (isJson ? response.json() : response.text());
  } catch {
    return null;
  }
}
