// What the ERP's screens share: documents in rows that unfold, with facts and history.
import { clock, el, toast } from "./base.js";

export function unfolding(id, unfolded, cells, ...details) {
  const line = el("button", { type: "button", className: "line", "aria-expanded": String(unfolded.has(id)) }, ...cells);
  const detail = el("div", { className: "detail", hidden: !unfolded.has(id) }, ...details);
  line.addEventListener("click", () => {
    detail.hidden = !detail.hidden;
    line.setAttribute("aria-expanded", String(!detail.hidden));
    if (detail.hidden) unfolded.delete(id);
    else unfolded.add(id);
  });
  return el("article", { className: "panel row", "data-id": id }, line, detail);
}

export function facts(pairs) {
  return el("dl", {}, ...pairs.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, String(value || "—"))]));
}

export function history(journal, named, act) {
  return el("ol", {}, ...journal.map(({ at, by, action, note }) =>
    el("li", {}, el("time", { className: "num" }, clock(at)), `${[by && named(by), act(action)].filter(Boolean).join(" ")} `, note ? el("q", {}, note) : null)));
}

// Keeps who is chosen while people come and go.
export function offer(select, people) {
  const chosen = select.value;
  select.replaceChildren(...Object.entries(people).map(([user, name]) => el("option", { value: user }, name)));
  if (chosen in people) select.value = chosen;
}

// Does some work and shows what came of it, or why it failed.
export const attempting = (look) => async (work) => {
  try {
    await work();
  } catch (failure) {
    toast(failure.message, true);
  }
  await look();
};
