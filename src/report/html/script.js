
(() => {
  "use strict";
  const all = (css, within = document) => [...within.querySelectorAll(css)];
  const findings = all("li[data-finding]");
  const marks = new Map();
  for (const mark of all(".mark")) {
    const key = mark.dataset.finding;
    marks.set(key, [...(marks.get(key) ?? []), mark]);
  }
  const of = (finding) => marks.get(finding.dataset.finding) ?? [];

  // a finding and its marks light up together
  const light = (key, on) => {
    document.querySelector(`li[data-finding="${key}"]`)?.classList.toggle("on", on);
    marks.get(key)?.forEach((mark) => mark.classList.toggle("on", on));
  };
  // what has the focus stays lit when the pointer leaves
  const held = (key) => document.activeElement?.closest("[data-finding]")?.dataset.finding === key;
  // listened to in one place: a mark of its own with a listener would be a stop of the tab key
  for (const [event, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(event, ({ target, relatedTarget }) => {
      const thing = target.closest?.("[data-finding]");
      if (!thing || thing.contains(relatedTarget)) return;
      const key = thing.dataset.finding;
      light(key, on || (event === "pointerout" && held(key)));
    });
  }

  // a finding's number shows its mark, on the viewport that has one
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.chip, a.mark");
    if (!link) return;
    const key = link.closest("[data-finding]").dataset.finding;
    event.preventDefault();
    if (link.matches(".mark")) {
      const finding = document.querySelector(`li[data-finding="${key}"]`);
      const closed = finding.closest("details");
      if (closed) closed.open = true;
      finding.scrollIntoView({ block: "nearest" });
      finding.focus({ preventScroll: true });
      return;
    }
    const numbers = marks.get(key).filter((mark) => mark.matches("a"));
    const shown = numbers.find((mark) => mark.getClientRects().length) ?? numbers[0];
    const panel = shown.closest(".panel");
    const pick = panel.closest(".look").querySelectorAll(".pick")[[...panel.parentNode.children].indexOf(panel)];
    if (pick) pick.checked = true;
    const pane = panel.querySelector(".pane");
    const label = shown.querySelector(".label").getBoundingClientRect();
    pane.scrollTop += label.top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    pane.scrollLeft += label.left - pane.getBoundingClientRect().left - pane.clientWidth / 3;
    shown.focus({ preventScroll: true });
    pane.scrollIntoView({ block: "nearest" });
  });

  // on a phone the page as phones show it comes first
  if (innerWidth < 640) {
    for (const look of all(".look")) {
      const narrow = all(".pane svg", look).findIndex((svg) => !svg.matches(".wide"));
      const pick = narrow < 0 ? null : all(".pick", look)[narrow];
      if (pick) pick.checked = true;
    }
  }

  const form = document.getElementById("filters");
  if (!form) return;
  const output = form.querySelector("output");
  const filter = () => {
    const tones = new Set(all("[name=tone]:checked", form).map((box) => box.value));
    const [rule, part] = [form.elements.rule.value, form.elements.part.value];
    let shown = 0;
    for (const finding of findings) {
      const its = finding.dataset;
      const fits = tones.has(its.tone) && (!rule || its.rule === rule) && (!part || its.part === part);
      finding.hidden = !fits;
      of(finding).forEach((mark) => mark.classList.toggle("off", !fits));
      shown += fits;
    }
    for (const page of all(".page")) {
      const own = all("li[data-finding]", page);
      const fit = own.filter((finding) => !finding.hidden);
      page.querySelector(".nothing").hidden = own.length === 0 || fit.length > 0;
      if (rule || part) fit.forEach((finding) => finding.closest("details")?.setAttribute("open", ""));
    }
    output.textContent = output.dataset.text.replace("{n}", shown).replace("{all}", findings.length);
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  form.hidden = false;
  filter();
})();
