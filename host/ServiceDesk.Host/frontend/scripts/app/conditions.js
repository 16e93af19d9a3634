// Forms that think: a question is shown when the answers before it ask for it. The server decides the same when the form is
// sent; here it only follows along without a round trip. What is hidden keeps its answer.
export function startConditions(root) {
  const follow = (event) => {
    const form = event.target.closest?.("form");
    if (form?.querySelector("[data-when]")) {
      decide(form);
    }
  };
  root.addEventListener("input", follow);
  root.addEventListener("change", follow);
  root.addEventListener("htmx:after:swap", () => decideAll(root));
  addEventListener("pageshow", () => decideAll(root));
  decideAll(root);
}

function decideAll(root) {
  root.querySelectorAll("form:has([data-when])").forEach(decide);
}

function decide(form) {
  const asked = new Set();
  for (const place of form.querySelectorAll("[data-place]")) {
    const part = place.closest("[data-form-part]");
    const isAsked = [...conditions(part), ...conditions(place)].every((one) => asked.has(one.field) && holds(one, form));
    place.hidden = !isAsked;
    if (isAsked) {
      asked.add(place.dataset.place);
    }
  }

  for (const part of form.querySelectorAll("[data-form-part]")) {
    part.hidden = !part.querySelector("[data-place]:not([hidden])");
  }
}

function conditions(element) {
  return element?.dataset.when ? JSON.parse(element.dataset.when) : [];
}

function holds(condition, form) {
  const answers = new FormData(form)
    .getAll(`fields.${condition.field}`)
    .map((answer) => String(answer).trim())
    .filter((answer) => answer);
  const isMet = condition.is.length === 0 ? answers.length > 0 : answers.some((answer) => condition.is.includes(answer));
  return isMet !== condition.not;
}
