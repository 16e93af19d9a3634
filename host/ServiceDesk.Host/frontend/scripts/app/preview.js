// Files that can be looked at open in a dialog: arrows go to the one before and after, Escape closes and gives the focus back.
// <a data-preview="image|text" data-name data-download href="where it is looked at">; without script the link leads there.
export function startPreviews(root) {
  const dialog = root.getElementById("preview");
  if (!dialog?.showModal) {
    return;
  }

  let shown = null;
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-preview]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      dialog.showModal();
      show(link);
    }
  });
  dialog.addEventListener("click", (event) => {
    const step = event.target.closest?.("[data-preview-step]");
    if (step) {
      move(Number(step.dataset.previewStep));
    } else if (event.target === dialog) {
      dialog.close();
    }
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      move(step);
    }
  });
  dialog.addEventListener("close", () => {
    shown = null;
    part("body").replaceChildren();
  });

  function part(name) {
    return dialog.querySelector(`[data-preview-${name}]`);
  }

  // A file stands in the conversation and in the list beside it: it is one.
  function files() {
    const seen = new Set();
    return [...root.querySelectorAll("a[data-preview]")].filter((link) => !seen.has(link.href) && seen.add(link.href));
  }

  function move(step) {
    const all = files();
    const at = all.findIndex((link) => link.href === shown);
    if (all.length > 1) {
      show(all[(at + step + all.length) % all.length]);
    }
  }

  async function show(link) {
    shown = link.href;
    const all = files();
    const place = all.findIndex((one) => one.href === shown) + 1;
    dialog.querySelector("#preview-name").textContent = link.dataset.name;
    part("place").textContent = dialog.dataset.place.replace("{0}", place).replace("{1}", all.length);
    part("download").href = link.dataset.download;
    for (const button of dialog.querySelectorAll("[data-preview-step]")) {
      button.hidden = all.length < 2;
    }

    note(null);
    const body = part("body");
    body.scrollTop = 0;
    if (link.dataset.preview === "image") {
      const image = document.createElement("img");
      image.alt = link.dataset.name;
      image.src = link.href;
      image.addEventListener("error", () => shown === link.href && note(dialog.dataset.failed));
      body.replaceChildren(image);
    } else {
      await text(link, body);
    }
  }

  async function text(link, body) {
    const wait = document.createElement("p");
    wait.className = "quiet";
    wait.textContent = dialog.dataset.loading;
    body.replaceChildren(wait);
    let words = null;
    let isCut = false;
    try {
      const response = await fetch(link.href, { headers: { "HX-Request": "true" } });
      if (response.ok && !response.redirected) {
        words = await response.text();
        isCut = response.headers.get("Preview-Cut") === "true";
      }
    } catch {
      // What is wrong is said below.
    }

    // Somebody went on meanwhile.
    if (shown !== link.href) {
      return;
    }

    const pre = document.createElement("pre");
    pre.textContent = words ?? "";
    body.replaceChildren(...(words === null ? [] : [pre]));
    note(words === null ? dialog.dataset.failed : isCut ? dialog.dataset.cut : null);
  }

  function note(words) {
    part("note").hidden = !words;
    part("note").textContent = words ?? "";
  }
}
