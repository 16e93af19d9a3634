// The list that a ticket was opened from stays beside it: which list that was is kept for this window, so that replies, saved
// edits and reloads keep it too. Whether it is shown in full or as two steps alone is kept for this browser.
const place = "list-came-from";
const choice = "list-beside";
const wide = matchMedia("(min-width: 90rem)");

export function keepList(root) {
  root.addEventListener("click", (event) => {
    const lines = event.target.closest?.(".table-tickets a[href]")?.closest(".table-tickets");
    if (lines) {
      const keys = [...lines.querySelectorAll("tr[data-key]")].map((line) => line.dataset.key);
      const address = lines.closest("#list")?.getAttribute("hx-get");
      sessionStorage.setItem(place, JSON.stringify({ address, keys }));
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
  if (!part || !address || !keys.includes(ticket.dataset.ticket)) {
    return;
  }

  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    localStorage.setItem(choice, isOpen() ? "steps" : "list");
    show();
  });
  wide.addEventListener("change", show);
  root.body.addEventListener("sd:list", () => draw(part, ticket, address));
  draw(part, ticket, address).then(show);

  function show() {
    toggle.setAttribute("aria-pressed", String(isOpen()));
    part.dataset.shown = isOpen() ? "list" : "steps";
  }
}

// Without a choice, where there is room.
const isOpen = () => (localStorage.getItem(choice) ?? (wide.matches ? "list" : "steps")) === "list";
const kept = () => {
  const { address = null, keys = [] } = JSON.parse(sessionStorage.getItem(place) ?? "{}");
  return { address, keys };
};

async function draw(part, ticket, address) {
  const from = new URL(address, location.href);
  from.searchParams.set("beside", ticket.dataset.ticket);
  const response = await fetch(from, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!response?.ok || response.redirected) {
    return;
  }

  const [lines, focused] = [part.querySelector(".beside-lines"), part.contains(document.activeElement) ? document.activeElement.dataset.key : null];
  const top = lines?.scrollTop;
  part.innerHTML = await response.text();
  part.hidden = false;
  const drawn = part.querySelector(".beside-lines");
  // What moves under the reader stays where it was; a page that came anew begins at its ticket.
  if (top === undefined) {
    const current = drawn.querySelector("[aria-current]");
    drawn.scrollTop = current ? current.offsetTop - drawn.offsetTop - drawn.clientHeight / 3 : 0;
  } else {
    drawn.scrollTop = top;
    drawn.querySelector(`[data-key="${focused}"]`)?.focus();
  }
}
