"use strict";
// Draws what stands in the table beside it; without this file the table says it all.

(() => {
  const drawn = [];
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  function base(given) {
    const text = { color: css("muted"), fontFamily: css("sans") };
    return {
      animation: !still.matches,
      textStyle: text,
      tooltip: {
        trigger: "axis",
        renderMode: "richText", // the other one writes style attributes, which the page's policy forbids
        confine: true,
        backgroundColor: css("surface"),
        borderColor: css("line-strong"),
        textStyle: { ...text, color: css("text") },
        formatter: (points) => {
          const at = points[0].dataIndex;
          const value = given.values[at] === null ? "—" : `${given.values[at]} ${given.unit}`;
          return [given.names[at], value, given.notes[at]].filter(Boolean).join("\n");
        },
      },
    };
  }

  function values(given, more) {
    const lines = { lineStyle: { color: css("line") } };
    return {
      type: "value",
      min: 0,
      max: given.unit === "%" ? 100 : null,
      minInterval: 1,
      axisLabel: { color: css("muted"), formatter: `{value} ${given.unit}` },
      splitLine: lines,
      ...more,
    };
  }

  const names = (given, more) => ({
    type: "category",
    data: given.names,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: css("line-strong") } },
    axisLabel: { color: css("muted"), ...more },
  });

  function bars(given) {
    const faint = css("line-strong");
    return {
      ...base(given),
      grid: { left: 8, right: 24, top: 8, bottom: 8, containLabel: true },
      xAxis: values(given),
      yAxis: { ...names(given, { width: 150, overflow: "truncate" }), inverse: true },
      series: [{
        type: "bar",
        barMaxWidth: 18,
        data: given.values.map((value, at) => ({
          value,
          itemStyle: { color: given.few[at] ? faint : css("link"), opacity: given.few[at] ? 0.4 : 1 },
        })),
      }],
    };
  }

  // The band is where the true share lies with 95 % confidence: wide where there are few cases.
  function band(given) {
    const plain = { type: "line", stack: "band", symbol: "none", lineStyle: { opacity: 0 }, silent: true };
    if (!given.low.length) return [];
    const missing = (at) => given.values[at] === null;
    return [
      { ...plain, data: given.low.map((low, at) => (missing(at) ? null : low)) },
      {
        ...plain,
        data: given.high.map((high, at) => (missing(at) ? null : high - given.low[at])),
        areaStyle: { color: css("link"), opacity: 0.15 },
      },
    ];
  }

  function line(given) {
    return {
      ...base(given),
      grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
      xAxis: names(given),
      yAxis: values(given),
      series: [
        ...band(given),
        {
          type: given.unit ? "line" : "bar",
          barMaxWidth: 24,
          data: given.values,
          symbolSize: 6,
          color: css("link"),
          lineStyle: { width: 2 },
        },
      ],
    };
  }

  function draw({ chart, given }) {
    chart.setOption(given.kind === "bars" ? bars(given) : line(given), true);
  }

  function begin(box) {
    const given = JSON.parse(box.querySelector("script").textContent);
    box.hidden = false;
    box.style.setProperty("--rows", given.names.length);
    const each = { given, chart: window.echarts.init(box.querySelector(".chart-canvas")) };
    drawn.push(each);
    draw(each);
  }

  if (!window.echarts) return;
  document.querySelectorAll("[data-chart]").forEach(begin);
  dark.addEventListener("change", () => drawn.forEach(draw));
  window.addEventListener("resize", () => drawn.forEach(({ chart }) => chart.resize()));
})();
