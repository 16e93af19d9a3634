// Draws charts, on pages that ask for it only. <div class="chart" data-chart='{"kind","unit","labels","series"}'> stands beside
// a table that says the same, so that nothing is lost where it is not drawn. Colours come from the page's tokens; patterns
// tell the series apart without them.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([AriaComponent, BarChart, CanvasRenderer, GridComponent, LegendComponent, LineChart, TooltipComponent]);

const tones = ["blue", "orange", "green", "violet", "red", "amber", "gray"];
const symbols = ["circle", "rect", "triangle", "diamond", "roundRect", "pin", "arrow"];
const strokes = ["solid", "dashed", "dotted"];
const drawn = new Map();

const resized = new ResizeObserver((entries) => entries.forEach((entry) => drawn.get(entry.target)?.resize()));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
new MutationObserver(drawAll).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class", "style"] });
document.addEventListener("htmx:after:swap", drawAll);
drawAll();

function drawAll() {
  for (const [element, chart] of drawn) {
    if (!element.isConnected) {
      resized.unobserve(element);
      chart.dispose();
      drawn.delete(element);
    }
  }

  document.querySelectorAll(".chart[data-chart]").forEach(draw);
}

function draw(element) {
  // A part that is drawn again by the server keeps its element but loses the canvas in it.
  let chart = drawn.get(element);
  if (chart && !element.querySelector("canvas")) {
    chart.dispose();
    chart = undefined;
  }

  if (!chart) {
    chart = init(element, null, { renderer: "canvas" });
    drawn.set(element, chart);
    resized.observe(element);
  }

  chart.setOption(optionsOf(element, JSON.parse(element.dataset.chart)), true);
}

function optionsOf(element, data) {
  const colour = colours(element);
  const ink = colour("--ink-2");
  const format = (value) => written(value, data.unit);
  const font = getComputedStyle(element).fontFamily;
  return {
    animation: false,
    color: tones.map((tone) => colour(`--${tone}-ink`)),
    textStyle: { fontFamily: font },
    aria: { enabled: true, label: { enabled: false }, decal: { show: data.kind === "bar" && data.series.length > 1 } },
    grid: { left: 8, right: 12, top: data.series.length > 1 ? 40 : 12, bottom: 4, containLabel: true },
    legend: data.series.length > 1 ? { type: "scroll", top: 0, left: 0, textStyle: { color: ink, fontFamily: font } } : undefined,
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      confine: true,
      backgroundColor: colour("--raised"),
      borderColor: colour("--line-strong"),
      textStyle: { color: colour("--ink"), fontFamily: font },
      valueFormatter: (value) => (value === null || value === undefined ? "–" : format(value)),
    },
    ...axes(data, ink, colour, format),
    series: data.series.map((series, index) => ({
      type: data.kind === "line" ? "line" : "bar",
      name: series.name,
      data: series.values,
      stack: data.stacked ? "all" : undefined,
      connectNulls: false,
      symbol: symbols[index % symbols.length],
      symbolSize: 6,
      showSymbol: data.labels.length <= 62,
      lineStyle: { width: 2, type: strokes[index % strokes.length] },
      barMaxWidth: 40,
    })),
  };
}

function axes(data, ink, colour, format) {
  const names = {
    type: "category",
    data: data.labels,
    axisLine: { lineStyle: { color: colour("--line-strong") } },
    axisTick: { show: false },
    axisLabel: { color: ink, hideOverlap: true, width: data.lying ? 110 : undefined, overflow: "truncate" },
    inverse: Boolean(data.lying),
  };
  const values = {
    type: "value",
    min: 0,
    max: data.unit === "percent" ? 100 : undefined,
    minInterval: data.unit === "count" ? 1 : undefined,
    interval: data.unit === "seconds" ? spanOf(data) : undefined,
    axisLabel: { color: ink, formatter: format, hideOverlap: true },
    splitLine: { lineStyle: { color: colour("--line") } },
  };
  return data.lying ? { xAxis: values, yAxis: names } : { xAxis: names, yAxis: values };
}

// Durations have round marks: 30 minutes, 6 hours, 2 days.
function spanOf(data) {
  const most = Math.max(60, ...data.series.flatMap((series) => series.values.map((value) => value ?? 0)));
  const [minute, hour, day] = [60, 3600, 86400];
  const round = [minute, 5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 30 * day];
  return round.find((span) => most / span <= 6) ?? 90 * day;
}

function written(value, unit) {
  const language = document.documentElement.lang || "en";
  if (unit === "percent") {
    return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)}%`;
  }

  if (unit === "seconds") {
    const hours = value / 3600;
    return hours < 1
      ? new Intl.NumberFormat(language, { style: "unit", unit: "minute", unitDisplay: "narrow", maximumFractionDigits: 0 }).format(value / 60)
      : new Intl.NumberFormat(language, { style: "unit", unit: "hour", unitDisplay: "narrow", maximumFractionDigits: 1 }).format(hours);
  }

  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);
}

// A canvas knows no light-dark(): a colour is asked of the page.
function colours(element) {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.after(probe);
  const known = new Map();
  const ask = (name) => {
    if (!known.has(name)) {
      probe.style.color = `var(${name})`;
      known.set(name, getComputedStyle(probe).color);
    }

    return known.get(name);
  };
  for (const name of ["--ink", "--ink-2", "--line", "--line-strong", "--raised", ...tones.map((tone) => `--${tone}-ink`)]) {
    ask(name);
  }

  probe.remove();
  return ask;
}
