// Keeps relative times and promises true while a page stays open.
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export function startTimes(root) {
  stamp(root);
  root.addEventListener("htmx:after:swap", () => stamp(root));
  setInterval(() => refresh(root), 20_000);
  document.addEventListener("visibilitychange", () => !document.hidden && refresh(root));
}

// When a chip came onto the page: its time left was true then.
function stamp(root) {
  for (const chip of root.querySelectorAll(".sla[data-left]:not([data-since])")) {
    chip.dataset.since = String(Date.now());
    chip.dataset.urgency = urgency(Number(chip.dataset.left));
  }
}

function refresh(root) {
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always", style: "long" });
  for (const time of root.querySelectorAll("time[data-relative]")) {
    const text = relative(format, new Date(time.dateTime) - Date.now());
    if (text && time.textContent !== text) {
      time.textContent = text;
    }
  }

  for (const chip of root.querySelectorAll(".sla[data-left][data-since]")) {
    count(chip);
  }
}

// Under a minute the server's own word stays.
function relative(format, difference) {
  const size = Math.abs(difference);
  if (size < minute || size >= 7 * day) {
    return null;
  }

  const [unit, length] = size < hour ? ["minute", minute] : size < day ? ["hour", hour] : ["day", day];
  return format.format(Math.trunc(difference / length), unit);
}

// Only clocks that count now carry data-left. Their numbers count here; icon, word and colour come from the server, which
// the page asks again when a chip gets more urgent.
function count(chip) {
  const left = Number(chip.dataset.left) - (Date.now() - Number(chip.dataset.since));
  const text = duration(left, chip.dataset.days === "true");
  const shown = chip.querySelector(".sla-left");
  if (shown && shown.textContent !== text) {
    shown.textContent = text;
  }

  if (urgency(left) !== Number(chip.dataset.urgency)) {
    chip.dataset.urgency = urgency(left);
    document.body.dispatchEvent(new CustomEvent("sd:list"));
    document.body.dispatchEvent(new CustomEvent("sd:ticket"));
  }
}

const urgency = (left) => [hour, hour / 2, 0].filter((limit) => left < limit).length;

function duration(milliseconds, withDays) {
  const korean = document.documentElement.lang === "ko";
  const minutes = Math.abs(Math.floor(milliseconds / minute));
  const days = withDays ? Math.floor(minutes / 1440) : 0;
  const hours = Math.floor((minutes - days * 1440) / 60);
  const rest = minutes % 60;
  const parts = days ? [[days, "d", "일"], [hours, "h", "시간"]] : [[hours, "h", "시간"], [rest, "m", "분"]];
  const told = parts.filter(([value]) => value > 0).map(([value, english, hangul]) => value + (korean ? hangul : english));
  return (milliseconds < 0 && told.length ? "-" : "") + (told.join(" ") || (korean ? "0분" : "0m"));
}
