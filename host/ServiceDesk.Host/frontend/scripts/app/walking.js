import { keepList, nextOf, startBeside } from "./beside.js";

// From a list from ticket to ticket, so that a reply can be sent and the next ticket opened. Also what stands on the ticket's
// page for a moment: how far it was read, and replies that still wait.
export function startWalking(root) {
  keepList(root);
  startBeside(root);
  const form = root.querySelector("form[data-reply]");
  if (form) {
    offerNext(form);
    readOn(root, form);
    countDown(root);
  }
}

function offerNext(form) {
  const button = form.querySelector("[data-send-next]");
  const next = nextOf(keyOf(form.dataset.reply));
  if (next) {
    button.value = next;
    button.hidden = false;
  }
}

const keyOf = (address) => decodeURIComponent(new URL(address, location.href).pathname.split("/").at(-1));

// What came while the page is open counts as read when its last message was on the screen.
function readOn(root, form) {
  const seen = form.elements.namedItem("seen");
  const look = new IntersectionObserver((entries) => {
    const live = root.getElementById("ticket-live");
    if (!document.hidden && entries.some((entry) => entry.isIntersecting)) {
      seen.value = live.dataset.version;
    }
  });
  const watch = () => {
    look.disconnect();
    const last = [...root.querySelectorAll("#ticket-live .thread .post")].at(-1);
    if (last) {
      look.observe(last.querySelector(".post-body"));
    }
  };
  root.addEventListener("htmx:after:swap", () => setTimeout(watch));
  document.addEventListener("visibilitychange", watch);
}

function countDown(root) {
  const held = [...root.querySelectorAll("[data-held]")];
  if (held.length === 0) {
    return;
  }

  // Clocks of browsers are not the server's: the time that is left is counted from when the page came.
  const start = performance.now();
  const tick = () => {
    for (const form of held) {
      const left = Math.ceil((Number(form.dataset.held) - (performance.now() - start)) / 1000);
      form.querySelector("[data-held-left]").textContent = left > 0 ? String(left) : "";
      form.hidden = left < -3;
    }

    if (held.some((form) => !form.hidden)) {
      setTimeout(tick, 500);
    }
  };
  tick();
}
