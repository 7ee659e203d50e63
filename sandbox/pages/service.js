// The hotline's screen: write down what customers report, see who goes there and what was done.
import { ask, el, localize, person, t, toast, watch } from "./base.js";
import { attempting, facts, history, offer, unfolding } from "./documents.js";

const STATES = { new: ["新登记", "new"], reported: ["待派工", "to be assigned"], assigned: ["处理中", "under way"], done: ["已完成", "done"], cancelled: ["已取消", "cancelled"] };
const CHIPS = { new: "draft", reported: "submitted", assigned: "submitted", done: "approved", cancelled: "rejected" };
const ACTS = { create: ["登记", "wrote it down"], report: ["上报", "reported it"], assign: ["派工", "assigned it"], unassign: ["撤销派工", "took the assignment back"], complete: ["完工", "completed it"], reopen: ["重新打开", "reopened it"], cancel: ["取消", "cancelled it"] };
const LEVELS = { normal: ["普通", "normal"], vip: ["VIP", "VIP"] };
const URGENCIES = { normal: ["一般", "normal"], urgent: ["紧急", "urgent"] };
const REGIONS = { 华东: ["华东", "East China"], 华北: ["华北", "North China"], 华南: ["华南", "South China"], 西南: ["西南", "South-west China"] };
const PRESETS = [
  [t("华东 · 主轴异响", "East China · spindle noise"), { title: t("加工中心主轴异响", "Spindle noise of a machining centre"), customer: t("苏州恒力精工", "Suzhou Hengli"), region: "华东", product: "VMC-850", problem: t("转速 8000 以上有异响", "Noise above 8,000 rpm") }],
  [t("华东 · VIP 停机", "East China · VIP standstill"), { title: t("产线停机，请立即处理", "Line stands still"), customer: t("上海宏远汽配", "Shanghai Hongyuan"), level: "vip", region: "华东", urgency: "urgent", product: "HMC-630", problem: t("报警 2041，无法复位", "Alarm 2041, cannot be reset") }],
  [t("华南 · 年度保养", "South China · yearly service"), { title: t("年度保养", "Yearly service"), customer: t("东莞精达", "Dongguan Jingda"), region: "华南", product: "VMC-850" }],
];
const word = (words, key) => (words[key] ? t(...words[key]) : key);

const form = document.querySelector("#new");
const list = document.querySelector("#list");
const unfolded = new Set();
let people = {};

localize();
document.title = t("ERP · 售后服务", "ERP · After-sales service");
for (const [name, words] of [["level", LEVELS], ["region", REGIONS], ["urgency", URGENCIES]]) {
  form.elements[name].replaceChildren(...Object.keys(words).map((key) => el("option", { value: key }, word(words, key))));
}
document.querySelector("#presets").append(...PRESETS.map(([label, values]) => preset(label, values)));
form.addEventListener("submit", report);
const look = watch("/erp/ui/service_requests", show);
const attempt = attempting(look);

function preset(label, values) {
  const node = el("button", { type: "button", className: "button" }, label);
  node.addEventListener("click", () => {
    const reporter = form.reporter.value;
    form.reset();
    for (const [name, value] of Object.entries({ reporter, ...values })) form.elements[name].value = value;
  });
  return node;
}

async function report(event) {
  event.preventDefault();
  await attempt(async () => {
    const made = await ask("/erp/ui/service_requests", "POST", Object.fromEntries(new FormData(form)));
    unfolded.add(made.id);
    form.reset();
    toast(t(`${made.id} 已登记`, `${made.id} reported`));
  });
}

function show(answer) {
  people = answer.people;
  offer(form.reporter, people);
  if (answer.service_requests.length) list.replaceChildren(...answer.service_requests.map(row));
}

const named = (user) => (people[user] ? person(people[user])[0] : user);

function row(request) {
  const cells = [
    el("span", { className: "number num" }, request.number),
    el("span", { className: "title" }, el("b", {}, request.title), el("small", {}, `${request.customer} · ${word(REGIONS, request.region)}`)),
    el("span", { className: "amount" }, named(request.engineer)),
    el("span", { className: "state" }, el("span", { className: `chip ${CHIPS[request.state]}` }, word(STATES, request.state))),
  ];
  const known = facts([
    [t("客户级别", "Customer level"), word(LEVELS, request.level)], [t("紧急程度", "Urgency"), word(URGENCIES, request.urgency)],
    [t("产品", "Product"), request.product], [t("故障描述", "Problem"), request.problem],
    [t("工程师", "Engineer"), named(request.engineer)], [t("处理结果", "Result"), request.result],
  ]);
  return unfolding(request.id, unfolded, cells, known, history(request.journal, named, (one) => word(ACTS, one)), actions(request));
}

function actions(request) {
  const place = el("div", { className: "actions" });
  if (["reported", "assigned"].includes(request.state)) {
    const node = el("button", { type: "button", className: "button danger", "data-action": "cancel" }, t("取消", "Cancel"));
    node.addEventListener("click", () => attempt(() => ask(`/erp/ui/service_requests/${request.id}/cancel`, "POST", { by: request.reporter })));
    place.append(node);
  }
  return place;
}
