// How many tickets a query finds, told beside it while it is written: <input id data-count="/address"> with
// <output for="id" hidden>. GET /address?q=TEXT answers with words, or with nothing while the query is wrong.
const pause = 300;
let asked = null;

export function startCounting(root) {
  root.addEventListener("input", ({ target }) => target.matches?.("input[data-count]") && ask(target));
}

function ask(input) {
  clearTimeout(asked?.timer);
  asked?.stop.abort();
  const question = { stop: new AbortController(), timer: 0 };
  question.timer = setTimeout(() => answer(input, question), pause);
  asked = question;
}

async function answer(input, question) {
  const address = new URL(input.dataset.count, location.href);
  address.searchParams.set("q", input.value);
  const desk = document.getElementById(input.dataset.countDesk ?? "")?.value;
  if (desk) {
    address.searchParams.set("desk", desk);
  }

  try {
    const response = await fetch(address, { signal: question.stop.signal, headers: { "HX-Request": "true" } });
    show(input, response.ok && !response.redirected ? (await response.text()).trim() : "");
  } catch (error) {
    if (error.name !== "AbortError") {
      show(input, "");
    }
  }
}

function show(input, words) {
  for (const output of document.querySelectorAll("output.count-now")) {
    if (output.htmlFor.contains(input.id)) {
      output.textContent = words;
      output.hidden = words === "";
    }
  }
}
