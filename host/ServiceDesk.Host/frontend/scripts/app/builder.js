// The builder of queries: <details data-builder="/address" data-for="id of the input"><div class="builder-body"></div></details>.
// GET /address?q=TEXT answers with rows, or says that rows cannot show it; with the rows' own inputs it answers with the rows
// anew and the query that they write. Only the server reads queries; without rows the text stays as it is.
const pause = 400;
// Longer than a press of the mouse: what is pressed right after a value was typed must not be drawn anew under the pointer.
const press = 250;
let asked = null;

export function startBuilders(root) {
  root.addEventListener(
    "toggle",
    ({ target }) => target.matches?.("details[data-builder]") && target.open && read(target),
    true,
  );
  root.addEventListener("input", ({ target }) => {
    const builder = target.closest?.("details[data-builder]");
    if (builder) {
      // What is chosen is told by its change.
      if (target.matches("input:not([type=checkbox])")) {
        write(builder, null, pause, true);
      }
    } else if (target.id) {
      const other = root.querySelector(`details[data-builder][data-for="${CSS.escape(target.id)}"][open]`);
      if (other && !target.dataset.byBuilder) {
        read(other, pause);
      }
    }
  });
  root.addEventListener("change", ({ target }) => {
    const builder = target.closest?.("details[data-builder]");
    if (builder) {
      write(builder, target.dataset.do ?? null, target.matches("input:not([type=checkbox])") ? press : 0);
    }
  });
  // The form goes with what the rows say, also when it is sent before the answer came.
  root.addEventListener("submit", (event) => {
    if (asked?.isWriting && event.target.contains(asked.builder)) {
      const { target, submitter } = event;
      event.preventDefault();
      event.stopImmediatePropagation();
      asked.now();
      asked.done.then(() => {
        // Not sent yet: no second sending (forms.js).
        delete target.dataset.sent;
        target.requestSubmit(submitter);
      });
    }
  }, true);
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("details[data-builder] button[data-do]");
    if (button) {
      write(button.closest("details"), button.dataset.do, 0);
    }
  });
  // Enter in a row is no reason to send the form around it.
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("details[data-builder] input")) {
      event.preventDefault();
    }
  });
}

const inputOf = (builder) => document.getElementById(builder.dataset.for);
const read = (builder, wait = 0) => ask(builder, new URLSearchParams({ q: inputOf(builder).value }), wait, false);

function write(builder, what, wait, onlyText = false) {
  const given = new URLSearchParams();
  for (const one of builder.querySelectorAll("[name]")) {
    if (one.type !== "checkbox" || one.checked) {
      given.append(one.name, one.value);
    }
  }

  if (what) {
    given.append("b.do", what);
  }

  // While one types, the rows stay as they are and only the text follows.
  ask(builder, given, wait, true, onlyText);
}

function ask(builder, given, wait, isWriting, onlyText = false) {
  clearTimeout(asked?.timer);
  asked?.stop.abort();
  const question = { builder, isWriting, stop: new AbortController() };
  question.done = new Promise((resolve) => {
    const send = async () => {
      clearTimeout(question.timer);
      try {
        await answer(builder, given, question, isWriting, onlyText);
      } finally {
        question.isWriting = false;
        resolve();
      }
    };
    question.timer = setTimeout(send, wait);
    question.now = send;
  });
  asked = question;
}

async function answer(builder, given, question, isWriting, onlyText) {
  const address = new URL(builder.dataset.builder, location.href);
  address.search = given;
  try {
    const response = await fetch(address, { signal: question.stop.signal, headers: { "HX-Request": "true" } });
    if (response.ok && !response.redirected && asked === question) {
      show(builder, await response.text(), isWriting, onlyText);
    }
  } catch (error) {
    if (error.name !== "AbortError") {
      throw error;
    }
  }
}

function show(builder, html, isWriting, onlyText) {
  const drawn = new DOMParser().parseFromString(html, "text/html");
  const query = drawn.querySelector("[data-query]")?.dataset.query;
  if (!onlyText) {
    const focus = document.activeElement?.closest("details[data-builder]") ? document.activeElement.id : "";
    builder.querySelector(".builder-body").replaceChildren(...drawn.body.childNodes);
    const wanted = builder.querySelector("[autofocus]") ?? (focus && document.getElementById(focus));
    (wanted || (focus && builder.querySelector("#b-add")))?.focus?.();
  }

  if (isWriting && query !== undefined) {
    const input = inputOf(builder);
    input.value = query;
    input.dataset.byBuilder = "true";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    delete input.dataset.byBuilder;
  }
}
