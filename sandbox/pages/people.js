import { avatar, el, here, person, t, watch } from "./base.js";

// A tile per person with the count of cards that wait for an answer.
export function watchPeople(place) {
  watch("/phones.json", (phones) => place.replaceChildren(...phones.map(tile)));
}

function tile({ user, name, open }) {
  const [given, post] = person(name);
  const count = open ? el("span", { className: "count", title: t("待处理", "open") }, String(open)) : null;
  const words = el("span", {}, el("b", {}, given), el("small", {}, post || user));
  return el("a", { className: "tile", href: here(`/phone/${encodeURIComponent(user)}`) }, avatar(name), words, count);
}
