// A list whose items are dragged to another place by their handles. Its buttons do the same without script and by keyboard.
// In an editor whose form is drawn anew (<ol data-sort-op="move-place">), the button [data-sort-press] is pressed with the places.
// <ol data-sort="/address"> with <li data-sort-id="…"> that have a [data-sort-handle]; POST /address with id and to, from 0.
// Lists with the same address exchange their items (data-sort-list="…" is posted as group); one that is empty takes them
// anywhere in the [data-sort-into] around it.
export function startSorting(root) {
  let dragged = null;
  root.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-sort-handle]")?.closest("[data-sort-id]") ?? null;
    if (dragged) {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", dragged.dataset.sortId);
    }
  });
  root.addEventListener("dragover", (event) => {
    const over = target(event);
    if (over) {
      event.preventDefault();
      mark(over);
    }
  });
  root.addEventListener("dragend", () => {
    mark(null);
    dragged = null;
  });
  root.addEventListener("drop", (event) => {
    const over = target(event);
    if (over) {
      event.preventDefault();
      place(dragged, over);
    }
  });

  // The nearest item around the pointer of a list to which the dragged one can go; else the list around it.
  function target(event) {
    if (!dragged || !event.target.closest) {
      return null;
    }

    for (let over = event.target.closest("[data-sort-id]"); over; over = over.parentElement.closest("[data-sort-id]")) {
      if (over !== dragged && isSame(over.parentElement, dragged.parentElement)) {
        return over;
      }
    }

    const lists = event.target.closest("[data-sort-into]")?.querySelectorAll("[data-sort]") ?? [];
    return [...lists].find((list) => list !== dragged.parentElement && isSame(list, dragged.parentElement)) ?? null;
  }

  function mark(item) {
    root.querySelectorAll(".is-target").forEach((other) => other !== item && other.classList.remove("is-target"));
    item?.classList.add("is-target");
  }
}

const isSame = (list, other) => list === other || (Boolean(list.dataset.sort) && list.dataset.sort === other.dataset.sort);

async function place(item, over) {
  const list = over.matches("[data-sort-id]") ? over.parentElement : over;
  if (list.dataset.sortOp) {
    const button = list.closest("form").querySelector("[data-sort-press]");
    button.value = [list.dataset.sortOp, item.dataset.sortId, over.dataset.sortId].join(".");
    button.click();
    return;
  }

  const items = [...list.children];
  const to = list === over ? items.length : items.indexOf(over);
  const body = new URLSearchParams({ id: item.dataset.sortId, to: String(to) });
  if (list.dataset.sortList) {
    body.set("group", list.dataset.sortList);
  }

  const token = document.querySelector('meta[name="request-token"]')?.content ?? "";
  await fetch(list.dataset.sort, { method: "POST", body, headers: { RequestVerificationToken: token } });
  location.reload();
}
