import { el, here, localize, t } from "./base.js";
import { watchPeople } from "./people.js";

localize();
document.title = t("手机", "Phones");
const users = (new URLSearchParams(location.search).get("users") || "").split(",").map((user) => user.trim()).filter(Boolean);
if (users.length) {
  document.querySelector("#people").hidden = true;
  document.querySelector("#hint").hidden = true;
  const frames = users.map((user) => el("iframe", { src: here(`/phone/${encodeURIComponent(user)}`), title: user }));
  document.querySelector("#shelf").append(...frames);
} else {
  document.querySelector("#shelf").hidden = true;
  watchPeople(document.querySelector("#people"));
}
