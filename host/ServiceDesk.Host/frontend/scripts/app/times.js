// Keeps relative times and promises true while a page stays open.
const minute = 60_000;

export function startTimes(root) {
  setInterval(() => refresh(root), 30_000);
  document.addEventListener("visibilitychange", () => !document.hidden && refresh(root));
}

function refresh(root) {
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto", style: "long" });
  for (const time of root.querySelectorAll("time[data-relative]")) {
    const text = relative(format, new Date(time.dateTime) - Date.now());
    if (text && time.textContent !== text) {
      time.textContent = text;
    }
  }
}

function relative(format, difference) {
  const size = Math.abs(difference);
  if (size < minute) {
    return format.format(0, "second");
  }

  if (size < 60 * minute) {
    return format.format(Math.trunc(difference / minute), "minute");
  }

  if (size < 24 * 60 * minute) {
    return format.format(Math.trunc(difference / (60 * minute)), "hour");
  }

  return size < 7 * 24 * 60 * minute ? format.format(Math.trunc(difference / (24 * 60 * minute)), "day") : null;
}
