// Everything here only adds comfort: each page works without it.
import htmx from "htmx.org";
import { startBuilders } from "./app/builder.js";
import { startCombos } from "./app/combo.js";
import { startComposer } from "./app/composer.js";
import { startConditions } from "./app/conditions.js";
import { startCounting } from "./app/counting.js";
import { startFiles } from "./app/files.js";
import { startForms } from "./app/forms.js";
import { startInline } from "./app/inline.js";
import { startLevels } from "./app/levels.js";
import { startLibrary } from "./app/library.js";
import { startLive } from "./app/live.js";
import { startMacros } from "./app/macros.js";
import { startMenus } from "./app/menus.js";
import { startPeople } from "./app/people.js";
import { startPalette } from "./app/palette.js";
import { startPresence } from "./app/presence.js";
import { startPreviews } from "./app/preview.js";
import { holdSwaps } from "./app/pressing.js";
import { startShortcuts } from "./app/shortcuts.js";
import { startRedaction } from "./app/redact.js";
import { startReply } from "./app/reply.js";
import { startSelection } from "./app/selection.js";
import { startSorting } from "./app/sorting.js";
import { startTimes } from "./app/times.js";
import { startToasts } from "./app/toasts.js";
import { startWalking } from "./app/walking.js";

document.addEventListener("htmx:config:request", (event) => {
  const { request } = event.detail.ctx;
  const token = document.querySelector('meta[name="request-token"]')?.content;
  if (token && !/^(GET|HEAD)$/i.test(request.method)) {
    request.headers["RequestVerificationToken"] = token;
  }
});

// A fragment asked for after the session ended comes back as the sign-in page: go there instead of showing it inside.
document.addEventListener("htmx:before:swap", (event) => {
  const response = event.detail.ctx?.response;
  if (response?.headers?.get?.("X-Sign-In")) {
    event.preventDefault();
    location.reload();
  }
});

let running = 0;
document.addEventListener("htmx:before:request", () => busy(1));
document.addEventListener("htmx:finally:request", () => busy(-1));

function busy(change) {
  running = Math.max(0, running + change);
  document.documentElement.classList.toggle("is-busy", running > 0);
}

holdSwaps(htmx);
startMenus(document);
startTimes(document);
startToasts(document);
startLevels(document);
startPeople(document);
startForms(document);
startConditions(document);
startSorting(document);
startFiles(document);
startRedaction(document);
startReply(document);
startMacros(document);
startLibrary(document);
startComposer(document);
startWalking(document);
startPresence(document);
startPreviews(document);
startCombos(document);
startBuilders(document);
startCounting(document);
startPalette(document);
startShortcuts(document);
startSelection(document);
startInline(document);
startLive(htmx);

window.htmx = htmx;
