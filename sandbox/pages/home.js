import { ask, el, localize, t } from "./base.js";
import { watchPeople } from "./people.js";

localize();
document.title = t("沙箱", "Sandbox");
watchPeople(document.querySelector("#people"));
for (const { label, url } of await ask("/links.json")) {
  document.querySelector("#product").hidden = false;
  document.querySelector("#links").append(el("a", { className: "tile", href: url }, el("span", {}, el("b", {}, label), el("small", {}, url))));
}
