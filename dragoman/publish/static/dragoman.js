// Joins events with their sentences under the pointer or the focus, both ways, and opens the
// reasons of an event that is linked to. Everything on the pages works without it.
"use strict";
(() => {
  const named = (element) => element.dataset.reports.split(" ");
  const all = [...document.querySelectorAll("[data-reports]")];
  const light = (reports) => {
    for (const element of all) {
      element.classList.toggle("lit", named(element).some((one) => reports.includes(one)));
    }
  };
  const follow = (event) => {
    const over = event.target.closest?.("[data-reports]");
    light(over ? named(over) : []);
  };
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, follow);
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.dataset.reports) light(named(target));
  };
  addEventListener("hashchange", open);
  open();
})();
