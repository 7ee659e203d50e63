// The ERP's screen: create and submit requisitions, act as their applicant, see what was decided.
import { ask, el, localize, money, person, t, toast, watch } from "./base.js";
import { attempting, facts, history, offer, unfolding } from "./documents.js";

const STATES = { draft: ["草稿", "draft"], submitted: ["审批中", "submitted"], returned: ["已退回", "returned"], approved: ["已批准", "approved"], rejected: ["已驳回", "rejected"] };
const ACTS = { create: ["新建", "created"], update: ["修改", "changed"], submit: ["提交", "submitted"], withdraw: ["撤回", "withdrawn"], return: ["退回", "returned"], approve: ["批准", "approved"], reject: ["驳回", "rejected"], reopen: ["重新打开", "reopened"] };
const BUTTONS = { submit: ["提交", "Submit"], withdraw: ["撤回", "Withdraw"] };
const MATERIALS = { production: ["生产物料", "production"], office: ["办公用品", "office"], service: ["服务", "service"] };
const CATEGORIES = { steel: ["钢材", "steel"], office: ["办公", "office"], it: ["信息设备", "IT"], service: ["服务", "service"] };
const PRESETS = [
  [t("办公用品 3,800", "Office supplies 3,800"), { title: t("办公用品采购", "Office supplies"), amount: "3800", material: "office", category: "office", reason: t("季度办公用品补充", "Quarterly restock") }],
  [t("生产物料 28,000", "Production material 28,000"), { title: t("冷轧钢板采购", "Cold rolled steel"), amount: "28000", material: "production", category: "steel", reason: t("三号产线备料", "Stock for line 3") }],
  [t("高额 120,000", "High value 120,000"), { title: t("数控机床钢材批量采购", "Steel for CNC machines"), amount: "120000", material: "production", category: "steel", project: "P-2026-07", reason: t("新产线建设", "New production line") }],
];
const word = (words, key) => (words[key] ? t(...words[key]) : key);

const form = document.querySelector("#new");
const list = document.querySelector("#list");
const unfolded = new Set();
const amending = new Map();
const shown = new Map();
let people = {};

localize();
document.title = t("ERP · 采购申请", "ERP · Purchase requisitions");
options(form.material, MATERIALS);
options(form.category, CATEGORIES);
document.querySelector("#presets").append(...PRESETS.map(([label, values]) => preset(label, values)));
form.addEventListener("submit", submitNew);
const look = watch("/erp/ui/requisitions", show);
const attempt = attempting(look);

function options(select, words) {
  select.replaceChildren(...Object.keys(words).map((key) => el("option", { value: key }, word(words, key))));
}

function preset(label, values) {
  const node = el("button", { type: "button", className: "button" }, label);
  node.addEventListener("click", () => {
    form.reset();
    const all = { applicant: "li", department: "生产部", ...values };
    for (const [name, value] of Object.entries(all)) form.elements[name].value = value;
  });
  return node;
}

async function submitNew(event) {
  event.preventDefault();
  const values = Object.fromEntries(new FormData(form));
  const line = { item: values.title, quantity: "1", price: values.amount };
  await attempt(async () => {
    const document = await ask("/erp/ui/requisitions", "POST", { ...values, lines: [line] });
    unfolded.add(document.id);
    form.reset();
    toast(t(`${document.id} 已提交`, `${document.id} submitted`));
  });
}

function show(answer) {
  if (JSON.stringify(people) !== JSON.stringify(answer.people)) {
    people = answer.people;
    offer(form.applicant, people);
  }
  for (const document of [...answer.requisitions].reverse()) put(document);
}

// Only a changed row is built anew, so that typing in another one goes on undisturbed.
function put(document) {
  const old = shown.get(document.id);
  const text = JSON.stringify([document, people]);
  if (old?.text === text) return;
  const node = row(document);
  if (shown.size === 0) list.replaceChildren();
  if (old) old.node.replaceWith(node);
  else list.prepend(node);
  shown.set(document.id, { text, node });
}

const named = (user) => (people[user] ? person(people[user])[0] : user);

function row(document) {
  const cells = [
    el("span", { className: "number num" }, document.number),
    el("span", { className: "title" }, el("b", {}, document.title), el("small", {}, `${named(document.applicant)} · ${word(MATERIALS, document.material)}`)),
    el("span", { className: "amount num" }, `¥${money(document.amount)}`),
    el("span", { className: "state" }, el("span", { className: `chip ${document.state}` }, word(STATES, document.state))),
  ];
  const known = facts([
    [t("部门", "Department"), document.department], [t("品类", "Category"), word(CATEGORIES, document.category)],
    [t("项目", "Project"), document.project], [t("说明", "Reason"), document.reason],
    [t("批准人", "Approved by"), named(document.approved_by)], [t("处理人", "Decided by"), named(document.decided_by)],
    [t("轮次", "Round"), document.round], [t("版本", "Version"), document.version],
  ]);
  return unfolding(document.id, unfolded, cells, known, history(document.journal, named, (one) => word(ACTS, one)), actions(document));
}

function actions(document) {
  const place = el("div", { className: "actions" });
  if (["draft", "returned"].includes(document.state)) place.append(act(document, "submit", "primary"));
  if (["draft", "returned", "submitted"].includes(document.state)) place.append(amend(document));
  if (["submitted", "returned"].includes(document.state)) place.append(act(document, "withdraw", "danger"));
  return place;
}

function act(document, action, style) {
  const node = el("button", { type: "button", className: `button ${style}`, "data-action": action }, word(BUTTONS, action));
  node.addEventListener("click", () => attempt(() => ask(`/erp/ui/requisitions/${document.id}/${action}`, "POST", { by: document.applicant })));
  return node;
}

function amend(document) {
  const field = el("input", { value: amending.get(document.id) ?? document.amount, inputMode: "decimal", "aria-label": t("金额", "Amount") });
  const node = el("button", { type: "button", className: "button", "data-action": "amend" }, t("修改金额", "Change amount"));
  field.addEventListener("input", () => amending.set(document.id, field.value));
  node.addEventListener("click", () => attempt(async () => {
    await ask(`/erp/ui/requisitions/${document.id}`, "PUT", { amount: field.value, by: document.applicant });
    amending.delete(document.id);
  }));
  return el("span", { className: "amend" }, field, node);
}
