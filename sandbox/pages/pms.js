import { el, localize, person, t, watch } from "./base.js";

const STATES = { open: ["进行中", "open"], done: ["已完成", "done"], cancelled: ["已取消", "cancelled"] };
const list = document.querySelector("#list");
let people = {};

localize();
document.title = t("项目系统 · 任务", "Projects · Tasks");
watch("/phones.json", (phones) => { people = Object.fromEntries(phones.map(({ user, name }) => [user, name])); });
watch("/pms/ui/tasks", (tasks) => tasks.length && list.replaceChildren(...tasks.map(row)));

function row({ id, ext_id, title, assignee, description, state }) {
  return el("article", { className: "panel task" },
    el("span", { className: "id num" }, id),
    el("span", { className: "words" }, el("b", {}, title), el("small", {}, description || ext_id)),
    el("span", { className: "assignee" }, person(people[assignee] || assignee)[0]),
    el("span", { className: `chip ${state}` }, t(...STATES[state])));
}
