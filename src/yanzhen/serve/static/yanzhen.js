/* A document's page: a fact and its sentence find each other. Without this script the links between them do. */
"use strict";

document.documentElement.classList.add("js");

(function () {
  const text = document.getElementById("text");
  const panel = document.querySelector(".panel");
  if (!text || !panel) return;

  const marks = [...text.querySelectorAll("a.m")];
  const facts = new Map([...panel.querySelectorAll(".fact")].map((fact) => [fact.dataset.id, fact]));
  const status = panel.querySelector(".picked");
  const kinds = panel.querySelector(".kinds");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const marksOf = new Map();
  for (const mark of marks) {
    mark.ids = mark.dataset.ids.split(" ");
    for (const id of mark.ids) {
      if (!marksOf.has(id)) marksOf.set(id, []);
      marksOf.get(id).push(mark);
    }
  }
  let current = null;

  function show(element, block) {
    if (element) element.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });
  }

  /* Scrolls the panel alone, so that the text stays where the reader looks. */
  function showInPanel(fact) {
    const head = panel.querySelector(".panel-head").offsetHeight;
    const top = panel.scrollTop + fact.getBoundingClientRect().top - panel.getBoundingClientRect().top - head - 12;
    panel.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
  }

  function clear() {
    for (const element of document.querySelectorAll(".on")) element.classList.remove("on");
    for (const fact of facts.values()) fact.querySelector("a").removeAttribute("aria-current");
    status.replaceChildren();
    panel.classList.remove("open");
    current = null;
    showKinds();
  }

  function shown() {
    return [...facts.values()].filter((fact) => !fact.hidden);
  }

  function pickFact(id) {
    const fact = facts.get(id);
    if (!fact) return;
    clear();
    current = id;
    fact.hidden = false;
    panel.classList.add("open");
    fact.classList.add("on");
    fact.querySelector("a").setAttribute("aria-current", "true");
    const places = marksOf.get(id) || [];
    for (const mark of places) mark.classList.add("on");
    show(places[0], "center");
    showInPanel(fact);
    history.replaceState(null, "", "#q-" + id);
  }

  function pickMark(mark) {
    clear();
    current = mark.ids[mark.ids.length - 1];
    mark.classList.add("on");
    panel.classList.add("open");
    for (const [id, fact] of facts) {
      const here = mark.ids.includes(id);
      fact.classList.toggle("on", here);
      fact.hidden = !here;
    }
    const all = document.createElement("button");
    all.type = "button";
    all.className = "plain";
    all.textContent = "显示全部";
    all.addEventListener("click", () => {
      clear();
      mark.focus({ preventScroll: true });
    });
    status.replaceChildren(`这一处有 ${mark.ids.length} 条事实。`, all);
    panel.scrollTo({ top: 0 });
    history.replaceState(null, "", "#f-" + current);
  }

  function showKinds() {
    const wanted = new Set([...kinds.querySelectorAll("input:checked")].map((box) => box.value));
    for (const fact of facts.values()) fact.hidden = !wanted.has(fact.dataset.kind);
    for (const mark of marks) {
      mark.classList.toggle("off", !mark.ids.some((id) => facts.has(id) && wanted.has(facts.get(id).dataset.kind)));
    }
  }

  function step(by) {
    const list = shown();
    if (!list.length) return;
    const at = list.findIndex((fact) => fact.dataset.id === current);
    const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)];
    pickFact(next.dataset.id);
    next.querySelector("a").focus({ preventScroll: true });
  }

  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a.to-text");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    pickFact(link.closest(".fact").dataset.id);
  });
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("a.m");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!mark.classList.contains("off")) pickMark(mark);
  });
  kinds.addEventListener("change", clear);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "Escape") clear();
    else return;
    event.preventDefault();
  });

  kinds.hidden = kinds.children.length < 2;
  const wanted = location.hash.startsWith("#q-") ? decodeURIComponent(location.hash.slice(3)) : text.parentElement.dataset.picked;
  if (wanted) pickFact(wanted);
})();
