// Keys for the comments that wait: they press the buttons that stand there, and move from one
// comment to the next. They are silent while somebody types, and can be turned off.
"use strict";
(() => {
  const keys = document.getElementById("keys");
  const queue = document.querySelector("ol.queue");
  if (!keys) return;
  keys.hidden = false;
  const on = document.getElementById("keys-on");
  const all = queue ? [...queue.children] : [];
  const current = () => document.activeElement.closest?.(".waiting");
  const go = (by) => {
    const at = all.indexOf(current());
    all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))]?.focus();
  };
  const acts = {
    j: () => go(1),
    k: () => go(-1),
    x: () => current()?.querySelector("[name=id]").click(),
    "?": () => { keys.open = !keys.open; },
    u: () => (current()?.querySelector("[data-key=u]") ?? document.querySelector("[data-last]"))?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !on.checked) return;
    if (event.target.matches("textarea, select, input:not([type=checkbox])")) return;
    const press = acts[event.key] ??
      (() => current()?.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click());
    if (!/^[a-z?]$/.test(event.key)) return;
    event.preventDefault();
    press();
  });
  if (new URLSearchParams(location.search).has("done")) all[0]?.focus();
})();
