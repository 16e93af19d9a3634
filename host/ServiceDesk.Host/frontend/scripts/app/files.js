// Files that are picked, dropped or pasted go up at once, with progress. Without script the form carries them itself.
// <div class="drop" data-upload="/files"> with an <input type="file">, a list .files and texts in data attributes.
// Where the form carries its files itself, for who is not signed in, the attribute is empty.
const area = '[data-upload]:not([data-upload=""])';
const going = new Set();

export function startFiles(root) {
  // A form is sent with the files that are still on their way, or stays where one of them was refused.
  root.addEventListener("submit", async (event) => {
    const { target, submitter } = event;
    const waiting = [...going].filter((one) => target.contains(one.drop));
    if (waiting.length === 0) {
      return;
    }

    event.preventDefault();
    event.stopImmediatePropagation();
    const taken = await Promise.all(waiting.map((one) => one.taken));
    // Not sent yet: no second sending (forms.js).
    delete target.dataset.sent;
    if (taken.every(Boolean)) {
      target.requestSubmit(submitter);
    }
  }, true);

  root.addEventListener("change", (event) => {
    const drop = event.target.type === "file" && event.target.closest(area);
    if (drop) {
      take(drop, [...event.target.files]);
      event.target.value = "";
    }
  });

  for (const kind of ["dragover", "dragleave", "drop"]) {
    root.addEventListener(kind, (event) => {
      const drop = areaOf(event.target);
      if (!drop || ![...(event.dataTransfer?.types ?? [])].includes("Files")) {
        return;
      }

      event.preventDefault();
      drop.classList.toggle("is-over", kind === "dragover");
      if (kind === "drop") {
        take(drop, [...event.dataTransfer.files]);
      }
    });
  }

  root.addEventListener("paste", (event) => {
    const drop = areaOf(event.target);
    const files = [...(event.clipboardData?.files ?? [])];
    // Cells of a table come as words and as a picture of them: who writes means the words.
    const isText = !event.target.closest?.(area) && event.clipboardData?.types.includes("text/plain");
    if (drop && files.length && !isText) {
      event.preventDefault();
      take(drop, files);
    }
  });

  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-remove-file]");
    if (button) {
      const drop = button.closest("[data-upload]");
      button.closest(".file").remove();
      tell(drop);
      drop?.querySelector("input[type=file]")?.focus();
    }
  });
}

// A drop area, or the one of the form that the target belongs to. A field takes only what is meant for it.
function areaOf(target) {
  return target.closest?.(area) ?? target.closest?.("form")?.querySelector(`${area}:not([data-most])`);
}

const isOfOne = (drop) => drop.dataset.most === "1";

function take(drop, files) {
  for (const file of isOfOne(drop) ? files.slice(-1) : files) {
    upload(drop, file);
  }
}

// A file that comes from elsewhere, such as the library: what is waited for gives token and name, or says why not.
export async function put(drop, waited) {
  const item = line(drop, "…");
  const one = { drop, taken: waited.then(() => true, () => false) };
  going.add(one);
  try {
    const stored = await waited;
    item.querySelector(".file-name").textContent = stored.name;
    accept(drop, item, stored);
  } catch (error) {
    refuse(drop, item, error.message || drop.dataset.failed);
  } finally {
    going.delete(one);
  }
}

function line(drop, words) {
  const item = document.createElement("li");
  item.className = "file";
  const name = document.createElement("span");
  name.className = "file-name";
  name.textContent = words;
  item.append(name);
  drop.querySelector(".files").append(item);
  return item;
}

function upload(drop, file) {
  const item = line(drop, file.name);
  const progress = document.createElement("progress");
  progress.max = 1;
  progress.setAttribute("aria-label", file.name);
  item.append(progress);

  const body = new FormData();
  body.append("file", file, file.name);
  const request = new XMLHttpRequest();
  const { promise, resolve } = Promise.withResolvers();
  const one = { drop, taken: promise };
  going.add(one);
  request.addEventListener("loadend", () => {
    going.delete(one);
    resolve(request.status === 201);
  });
  request.open("POST", drop.dataset.upload);
  request.setRequestHeader("RequestVerificationToken", document.querySelector('meta[name="request-token"]')?.content ?? "");
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    progress.value = event.lengthComputable ? event.loaded / event.total : 0;
  });
  request.addEventListener("load", () => {
    progress.remove();
    if (request.status === 201) {
      accept(drop, item, request.response);
    } else {
      refuse(drop, item, request.response?.detail ?? request.response?.title ?? drop.dataset.failed);
    }
  });
  request.addEventListener("error", () => {
    progress.remove();
    refuse(drop, item, drop.dataset.failed);
  });
  request.send(body);
}

function accept(drop, item, stored) {
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = drop.dataset.name ?? "files";
  input.value = stored.token;
  item.append(input, remover(drop));
  // A field of one file has the new one in place of the old one, which stays until the new one is there.
  while (isOfOne(drop) && item.previousElementSibling) {
    item.previousElementSibling.remove();
  }

  tell(drop);
  drop.dispatchEvent(new CustomEvent("sd:file", { bubbles: true, detail: { ...stored, name: item.querySelector(".file-name").textContent } }));
}

// Whoever follows the answers of the form looks again.
function tell(drop) {
  drop?.dispatchEvent(new Event("input", { bubbles: true }));
}

function refuse(drop, item, reason) {
  item.classList.add("is-wrong");
  const text = document.createElement("span");
  text.setAttribute("role", "alert");
  text.textContent = reason;
  item.append(text, remover(drop));
}

function remover(drop) {
  return drop.querySelector("template.file-remover").content.firstElementChild.cloneNode(true);
}
