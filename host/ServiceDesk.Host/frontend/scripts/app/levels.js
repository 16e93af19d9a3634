// A choice among many that stand under one another is made level by level: first the country, then the city. What is sent
// stays the one list that a page without script shows.
export function startLevels(root) {
  // A list without levels has the attribute too, empty.
  const start = () => root.querySelectorAll('select[data-levels]:not([data-levels=""], [data-levelled])').forEach(level);
  root.addEventListener("htmx:after:swap", start);
  start();
}

function level(list) {
  list.dataset.levelled = list.required ? "required" : "";
  const box = document.createElement("div");
  box.className = "levels";
  list.after(box);
  list.hidden = true;
  // What nobody can reach must neither be demanded nor get the focus.
  list.required = false;
  const label = document.querySelector(`label[for="${list.id}"]`);
  const first = `${list.id}-1`;
  label?.setAttribute("for", first);
  draw(list, box);
  list.removeAttribute("aria-invalid");
  // What is put into the list from elsewhere, a form that was gone back to for example, shows here too.
  list.addEventListener("change", (event) => event.isTrusted || draw(list, box));
  addEventListener("pageshow", () => draw(list, box));
}

function draw(list, box) {
  const options = [...list.options].filter((option) => option.value);
  const path = [];
  for (let next = list.value; next; next = options.find((option) => option.value === next)?.dataset.under) {
    path.unshift(next);
  }

  const wanted = [];
  for (let depth = 0; ; depth++) {
    const under = depth ? path[depth - 1] : "";
    const below = under === undefined ? [] : options.filter((option) => (option.dataset.under ?? "") === under);
    if (!below.length) {
      break;
    }

    wanted.push({ under, below, chosen: path[depth] ?? "" });
  }

  wanted.forEach(({ under, below, chosen }, depth) => {
    let select = box.children[depth];
    if (!select || select.dataset.under !== under) {
      const made = build(list, box, under, below, depth);
      select ? select.replaceWith(made) : box.append(made);
      select = made;
    }

    select.value = chosen;
  });
  while (box.children.length > wanted.length) {
    box.lastElementChild.remove();
  }
}

function build(list, box, under, below, depth) {
  const select = document.createElement("select");
  select.className = list.className;
  select.id = `${list.id}-${depth + 1}`;
  select.dataset.under = under;
  select.required = list.dataset.levelled === "required" && depth === 0;
  select.append(new Option(list.options[0].text, ""), ...below.map((option) => new Option(option.dataset.name, option.value)));
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (list.hasAttribute(name)) {
      select.setAttribute(name, list.getAttribute(name));
    }
  }

  if (depth > 0) {
    const above = [...list.options].find((option) => option.value === under);
    select.setAttribute("aria-label", `${list.dataset.levels} › ${above.text}`);
  }

  select.addEventListener("change", (event) => {
    event.stopPropagation();
    list.value = select.value || under;
    draw(list, box);
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return select;
}
