// The list that a ticket was opened from stays beside it: which list that was is kept for this window, so that replies, saved
// edits and reloads keep it too. Whether it is shown in full or as two steps alone is kept for this browser.
const place = "list-came-from";
const choice = "list-beside";
const wide = matchMedia("(min-width: 90rem)");

export function keepList(root) {
  root.addEventListener("click", (event) => {
    const lines = event.target.closest?.(".table-tickets a[href]")?.closest(".table-tickets");
    if (lines) {
      keep(lines.closest("#list")?.getAttribute("hx-get"), lines.querySelectorAll("tr[data-key]"));
    }
  });
}

// The key after one in the list that one came from.
export function nextOf(key) {
  const { keys } = kept();
  return keys[keys.indexOf(key) + 1 || keys.length];
}

export function startBeside(root) {
  const [part, ticket, toggle] = ["beside", "ticket", "beside-toggle"].map((id) => root.getElementById(id));
  const { address, keys } = kept();
  const key = ticket?.dataset.ticket;
  if (!part || !address || !keys.includes(key)) {
    return;
  }

  const from = new URL(address, location.href);
  from.searchParams.set("beside", key);
  part.setAttribute("hx-get", from.pathname + from.search);
  part.setAttribute("hx-trigger", "load, sd:list from:body");
  part.setAttribute("hx-swap", "innerMorph");
  part.addEventListener("htmx:after:swap", () => {
    const isFirst = part.hidden;
    part.hidden = !part.querySelector("[data-step]");
    findSteps(part, key);
    if (isFirst && !part.hidden) {
      begin(part);
    }
  });
  // What came into the list since is part of it for whoever goes there.
  part.addEventListener("click", (event) => {
    if (event.target.closest?.("a[data-key], a[data-step]")) {
      keep(address, part.querySelectorAll("[data-key]"));
    }
  });
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    localStorage.setItem(choice, isOpen() ? "steps" : "list");
    show();
  });
  wide.addEventListener("change", show);
  show();
  window.htmx.process(part);

  function show() {
    toggle.setAttribute("aria-pressed", String(isOpen()));
    part.dataset.shown = isOpen() ? "list" : "steps";
  }
}

// Without a choice, where there is room.
const isOpen = () => (localStorage.getItem(choice) ?? (wide.matches ? "list" : "steps")) === "list";

function keep(address, lines) {
  sessionStorage.setItem(place, JSON.stringify({ address, keys: [...lines].map((line) => line.dataset.key) }));
}

function kept() {
  const { address = null, keys = [] } = JSON.parse(sessionStorage.getItem(place) ?? "{}");
  return { address, keys };
}

// A ticket that its list no longer holds, solved for example, still stands between its neighbours of before.
function findSteps(part, key) {
  if (part.querySelector("[aria-current]")) {
    return;
  }

  const { keys } = kept();
  const at = keys.indexOf(key);
  const drawn = new Map([...part.querySelectorAll("[data-key]")].map((line) => [line.dataset.key, line.href]));
  const around = { previous: keys.slice(0, Math.max(at, 0)).reverse(), next: keys.slice(at + 1) };
  for (const [step, others] of Object.entries(around)) {
    const other = others.find((one) => drawn.has(one));
    const link = part.querySelector(`[data-step="${step}"]`);
    if (other && link) {
      link.href = drawn.get(other);
    }
  }
}

function begin(part) {
  const lines = part.querySelector(".beside-lines");
  const current = lines.querySelector("[aria-current]");
  lines.scrollTop = current ? current.offsetTop - lines.offsetTop - lines.clientHeight / 3 : 0;
}
