// A short message in the polite live region. Pages carry one after a redirect; scripts and fragments can add more.
const shown = 6000;

export function startToasts(root) {
  for (const toast of root.querySelectorAll(".toast")) {
    expire(toast);
  }

  root.addEventListener("click", (event) => event.target.closest?.("[data-dismiss]")?.closest(".toast")?.remove());
  root.addEventListener("htmx:after:swap", () => {
    for (const toast of root.querySelectorAll(".toasts .toast:not([data-expires])")) {
      expire(toast);
    }
  });
}

export function say(message, wrong = false) {
  const toast = document.createElement("div");
  toast.className = wrong ? "toast is-wrong" : "toast";
  toast.textContent = message;
  document.querySelector(".toasts")?.append(toast);
  expire(toast);
}

function expire(toast) {
  toast.dataset.expires = "";
  const later = () => setTimeout(() => (toast.matches(":hover, :focus-within") ? later() : toast.remove()), shown);
  later();
}
