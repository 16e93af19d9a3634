// Menus are details elements. Arrow keys move, Escape closes and gives the focus back, a click elsewhere closes.
export function startMenus(root) {
  root.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.(".menu[open]");
    if (!menu) {
      return;
    }

    if (event.key === "Escape") {
      event.stopPropagation();
      menu.open = false;
      menu.querySelector("summary").focus();
      return;
    }

    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    // A select inside a menu keeps its own arrows.
    if (step && !event.target.matches("select, input, textarea")) {
      event.preventDefault();
      move(menu, step);
    }
  });

  root.addEventListener("click", (event) => {
    for (const menu of root.querySelectorAll(".menu[open]")) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    }

    openDialog(event);
  });

  root.addEventListener("focusout", (event) => {
    const menu = event.target.closest?.(".menu[open]");
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) {
      menu.open = false;
    }
  });
}

function move(menu, step) {
  const items = [...menu.querySelectorAll(".menu-item:not([disabled])")].filter((item) => item.offsetParent);
  const at = items.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : items.length - 1) : (at + step + items.length) % items.length;
  items[next]?.focus();
}

// <button data-dialog="id"> opens a dialog; <button data-close> inside closes it.
function openDialog(event) {
  const opener = event.target.closest?.("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }

    return;
  }

  event.target.closest?.("[data-close]")?.closest("dialog")?.close();
}
