// An input that completes what is written: a combobox with a list below it. Without script it is a plain input.
// <span class="combo"><input id data-complete="/address"></span>; GET /address?q=TEXT&caret=N answers with a list of options.
// Nothing is chosen until one is pointed at, so that Enter sends and Tab leaves as ever.
const pause = 120;
let asked = null;

export function startCombos(root) {
  root.addEventListener("focusin", (event) => isCombo(event.target) && prepare(event.target));
  root.addEventListener("input", (event) => isCombo(event.target) && ask(event.target));
  root.addEventListener("keydown", (event) => isCombo(event.target) && !event.isComposing && press(event));
  root.addEventListener("focusout", (event) => isCombo(event.target) && close(event.target));
  // The focus stays in the input; a click is enough to choose.
  root.addEventListener("mousedown", (event) => event.target.closest?.(".combo-panel") && event.preventDefault());
  root.addEventListener("click", (event) => {
    const option = event.target.closest?.(".combo-option");
    if (option) {
      take(option.closest(".combo").querySelector("input"), option);
    }
  });

  // A part that is drawn again loses what scripts added to it: a list that was open, or on its way, is asked for anew, once
  // the focus is back.
  const again = () => {
    const input = root.activeElement;
    if (isCombo(input)) {
      prepare(input);
      if (asked?.id === input.id && input.value && !panelOf(input)) {
        ask(input);
      }
    }
  };
  root.addEventListener("htmx:after:swap", () => setTimeout(again));
  again();

  const mistaken = root.querySelector("input[data-mistake]");
  mistaken?.setSelectionRange(Number(mistaken.dataset.mistake), Number(mistaken.dataset.mistake));
}

const isCombo = (element) => element?.matches?.("input[data-complete]") ?? false;
const panelOf = (input) => input.closest(".combo").querySelector(".combo-panel");
const optionsOf = (input) => [...(panelOf(input)?.querySelectorAll(".combo-option") ?? [])];

function prepare(input) {
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  if (!input.hasAttribute("aria-expanded")) {
    input.setAttribute("aria-expanded", "false");
  }
}

function ask(input) {
  clearTimeout(asked?.timer);
  asked?.stop.abort();
  const question = { id: input.id, stop: new AbortController(), timer: 0 };
  question.timer = setTimeout(() => answer(input, question), pause);
  asked = question;
}

async function answer(input, question) {
  const address = new URL(input.dataset.complete, location.href);
  address.searchParams.set("q", input.value);
  address.searchParams.set("caret", String(input.selectionStart ?? input.value.length));
  try {
    const response = await fetch(address, { signal: question.stop.signal, headers: { "HX-Request": "true" } });
    const html = response.ok && !response.redirected ? await response.text() : "";
    if (asked === question && document.activeElement === input) {
      show(input, html, address.searchParams.get("q"));
    }
  } catch (error) {
    if (error.name !== "AbortError") {
      close(input);
    }
  }
}

// The panel says of which text its options are, for whoever takes one without pointing at it.
function show(input, html, text) {
  // Whoever points at an option while a later answer arrives goes on pointing at it.
  const pointed = optionsOf(input).find((option) => option.ariaSelected === "true")?.dataset.text;
  close(input);
  const panel = document.createElement("div");
  panel.className = "combo-panel";
  panel.dataset.of = text;
  panel.innerHTML = html;
  const options = panel.querySelectorAll(".combo-option");
  const list = panel.querySelector(".combo-list");
  if (!options.length) {
    list?.remove();
    if (!panel.querySelector(".combo-mistake")) {
      return;
    }
  } else {
    list.id = `${input.id}-list`;
    options.forEach((option, index) => (option.id = `${input.id}-option-${index}`));
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "true");
  }

  input.closest(".combo").append(panel);
  const at = [...options].findIndex((option) => option.dataset.text === pointed);
  if (at >= 0) {
    point(input, [...options], at);
  }
}

// Who has chosen, or sends the list away, does not want it back.
function leave(input) {
  clearTimeout(asked?.timer);
  asked?.stop.abort();
  asked = null;
  close(input);
}

function close(input) {
  panelOf(input)?.remove();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-controls");
  input.removeAttribute("aria-activedescendant");
}

function press(event) {
  const input = event.target;
  const options = optionsOf(input);
  const at = options.findIndex((option) => option.ariaSelected === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && !event.altKey) {
    event.preventDefault();
    if (options.length) {
      const next = at < 0 ? (step > 0 ? 0 : options.length - 1) : (at + step + options.length) % options.length;
      point(input, options, next);
    } else {
      ask(input);
    }
  } else if ((event.key === "Enter" || event.key === "Tab") && at >= 0 && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    take(input, options[at]);
  } else if (event.key === "Escape" && panelOf(input)) {
    event.preventDefault();
    leave(input);
  }
}

function point(input, options, index) {
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
  options[index].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", options[index].id);
}

// A part of a query takes the place of what was begun, and the next part is offered at once.
function take(input, option) {
  const list = option.closest(".combo-list");
  const isPart = list.dataset.start !== undefined;
  const start = isPart ? Number(list.dataset.start) : 0;
  // What was written since the list came belongs to what it completes.
  const known = start + Number(list.dataset.length);
  const end = isPart ? Math.max(known, input.selectionEnd ?? known) : input.value.length;
  const gap = isPart && !/^\s/.test(input.value.slice(end)) ? " " : "";
  input.setRangeText(option.dataset.text + gap, start, end, "end");
  if (isPart) {
    close(input);
    ask(input);
  } else {
    leave(input);
    input.dispatchEvent(new CustomEvent("combo:take", { bubbles: true, detail: option }));
  }
}
