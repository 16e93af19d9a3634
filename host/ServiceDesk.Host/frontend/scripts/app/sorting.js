// A list whose items are dragged to another place by their handles. Its buttons do the same without script and by keyboard.
// In an editor whose form is drawn anew (<ol data-sort-op="move-place">), the button [data-sort-press] is pressed with the places.
// <ol data-sort="/address"> with <li data-sort-id="…"> that have a [data-sort-handle]; POST /address with id and to, from 0.
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

  function target(event) {
    const over = event.target.closest?.("[data-sort-id]");
    return dragged && over && over !== dragged && over.parentElement === dragged.parentElement ? over : null;
  }

  function mark(item) {
    root.querySelectorAll(".is-target").forEach((other) => other !== item && other.classList.remove("is-target"));
    item?.classList.add("is-target");
  }
}

async function place(item, over) {
  const list = item.parentElement;
  if (list.dataset.sortOp) {
    const button = list.closest("form").querySelector("[data-sort-press]");
    button.value = [list.dataset.sortOp, item.dataset.sortId, over.dataset.sortId].join(".");
    button.click();
    return;
  }

  const to = [...list.children].indexOf(over);
  const body = new URLSearchParams({ id: item.dataset.sortId, to: String(to) });
  const token = document.querySelector('meta[name="request-token"]')?.content ?? "";
  await fetch(list.dataset.sort, { method: "POST", body, headers: { RequestVerificationToken: token } });
  location.reload();
}
