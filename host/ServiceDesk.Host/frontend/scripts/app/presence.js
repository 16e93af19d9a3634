// Tells the server what one does on a ticket's page while it is open: looks at it, writes, or has turned away. That the page is
// open at all says its stream of events; nothing is told by a page that is gone.
const lasts = 8000;
const page = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
let said = "Views";
let at = 0;
let timer = 0;

export const presentAs = () => page;

export function startPresence(root) {
  const form = root.querySelector("form[data-reply]");
  const address = form?.dataset.reply;
  if (!address) {
    return;
  }

  form.elements.namedItem("body").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => say(address, document.hidden ? "Away" : "Views"), lasts);
    // Who goes on writing says so now and then.
    if (said !== "Writes" || Date.now() - at > lasts) {
      say(address, "Writes");
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (said !== "Writes" || document.hidden) {
      say(address, document.hidden ? "Away" : "Views");
    }
  });
}

function say(reply, state) {
  said = state;
  at = Date.now();
  const address = new URL(reply, location.href);
  address.searchParams.set("handler", "Presence");
  fetch(address, {
    method: "POST",
    keepalive: true,
    headers: {
      RequestVerificationToken: document.querySelector('meta[name="request-token"]')?.content ?? "",
      "HX-Request": "true",
    },
    body: new URLSearchParams({ window: page, state }),
  }).catch(() => {
    // Nobody misses it.
  });
}
