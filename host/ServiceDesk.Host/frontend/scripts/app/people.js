// A person is looked up by name, initial consonants or address, among more than a list can hold. What is sent stays the one
// list that a page without script shows: whoever is found is put into it. What was not found here is sent as it was typed, with
// a mark that tells it from the number of a person: the server finds the one whom it means, or says that there is nobody.
const typedMark = "?";

export function startPeople(root) {
  const start = () => root.querySelectorAll('select[data-people]:not([data-people=""], [data-peopled])').forEach(look);
  root.addEventListener("htmx:after:swap", start);
  start();
}

function look(list) {
  list.dataset.peopled = "";
  const input = document.createElement("input");
  input.className = list.className;
  input.id = `${list.id}-name`;
  input.autocomplete = "off";
  input.maxLength = 320;
  input.placeholder = list.dataset.hint ?? "";
  input.dataset.complete = list.dataset.people;
  input.required = list.required;
  input.autofocus = list.autofocus;
  for (const name of ["aria-describedby", "aria-invalid", "aria-label"]) {
    if (list.hasAttribute(name)) {
      input.setAttribute(name, list.getAttribute(name));
    }
  }

  const box = document.createElement("span");
  box.className = "combo";
  box.append(input);
  list.after(box);
  list.hidden = true;
  // What nobody can reach must neither be demanded nor get the focus.
  list.required = false;
  list.removeAttribute("aria-invalid");
  document.querySelector(`label[for="${list.id}"]`)?.setAttribute("for", input.id);
  const show = () => (input.value = list.value ? list.selectedOptions[0].text : "");
  show();
  if (list.matches(":focus, [autofocus]")) {
    input.focus();
  }

  input.addEventListener("combo:take", ({ detail: option }) => {
    choose(list, option.dataset.id, option.querySelector(".combo-text").textContent);
    show();
  });
  // None while the list is still that of what was written before.
  const offered = () =>
    box.querySelector(".combo-panel")?.dataset.of === input.value ? [...box.querySelectorAll(".combo-option")] : [];
  input.addEventListener("keydown", (event) => {
    const options = offered();
    const isPointed = box.querySelector('.combo-option[aria-selected="true"]');
    if (event.key === "Enter" && !event.isComposing && !isPointed && isOpen(list, input)) {
      // Enter says whom it means, before it sends.
      event.preventDefault();
      options.length ? options[0].click() : input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  input.addEventListener("focusout", () => {
    const typed = input.value.trim();
    const options = offered();
    if (!isOpen(list, input)) {
      return;
    }

    if (typed && options.length === 1) {
      options[0].click();
    } else {
      choose(list, typed && typedMark + typed, typed);
    }
  });
  // What is put into the list from elsewhere, a form that was gone back to for example, shows here too.
  list.addEventListener("change", (event) => event.isTrusted || show());
  addEventListener("pageshow", show);
}

const isOpen = (list, input) => input.value.trim() !== (list.value ? list.selectedOptions[0].text : "");

function choose(list, value, name) {
  if (![...list.options].some((option) => option.value === value)) {
    list.append(new Option(name, value));
  }

  list.value = value;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}
