// A conversation with the robot. Typed text and the cursor survive every refresh.
import { ask, clock, el, lang, localize, t, toast, watch } from "./base.js";

const user = decodeURIComponent(location.pathname.split("/")[2]);
const talk = document.querySelector("#talk");
const drafts = new Map();
const pressing = new Set();
const shown = new Map();

const TRANSLATED = {
  "操作失败，请稍后重试": "Operation failed, please try again later",
  "按钮已失效，请查看卡片最新内容": "This button is gone; see what the card says now",
};
const readable = (text) => (lang === "en" && TRANSLATED[text]) || text;

localize();
const look = watch(`/phone/${encodeURIComponent(user)}/cards.json`, show);

function show({ name, cards, messages }) {
  document.title = `${name} · ${t("手机", "Phone")}`;
  document.querySelector("#owner").textContent = lang === "en" ? `Phone of ${name}` : `${name} 的手机`;
  document.querySelector("#empty").hidden = cards.length + messages.length > 0;
  const wasAtEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 60;
  const talked = [...cards, ...messages].sort((one, other) => one.created_at.localeCompare(other.created_at));
  const isNew = talked.some((one) => !shown.has(nameOf(one)));
  for (const one of talked) put(one);
  if (isNew && wasAtEnd) talk.scrollTop = talk.scrollHeight;
}

const nameOf = ({ outTrackId, number }) => outTrackId || `message ${number}`;

function put(one) {
  const old = shown.get(nameOf(one));
  const text = JSON.stringify(one);
  if (old && old.text === text) return;
  const focus = old && cursorIn(old.node);
  const node = one.outTrackId ? message(one) : written(one);
  if (old) old.node.replaceWith(node);
  else talk.append(node);
  shown.set(nameOf(one), { text, node });
  if (focus) restore(node, focus);
}

function cursorIn(node) {
  const field = node.querySelector("textarea");
  return field && field === document.activeElement ? [field.selectionStart, field.selectionEnd] : null;
}

function restore(node, [start, end]) {
  const field = node.querySelector("textarea");
  if (!field) return;
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
}

function message(card) {
  return el("article", { className: "message", "data-card": card.outTrackId },
    el("time", {}, clock(card.created_at)),
    el("span", { className: "robot", "aria-hidden": "true" }, "✓"),
    body(card));
}

// What the robot wrote beside the cards: Markdown with bold text and links.
function written({ title, text, created_at }) {
  const parts = text.split(/(\*\*.+?\*\*|\[[^\]]+\]\([^)]+\))/).filter((part) => part.trim());
  return el("article", { className: "message", "data-message": title },
    el("time", {}, clock(created_at)),
    el("span", { className: "robot", "aria-hidden": "true" }, "✓"),
    el("div", { className: "card said" }, el("div", { className: "inner" }, ...parts.map(paragraph))));
}

function paragraph(part) {
  const link = part.match(/^\[([^\]]+)\]\(([^)]+)\)$/);
  if (link) return el("a", { href: link[2], target: "_blank", rel: "noopener" }, `${link[1]} ›`);
  return part.startsWith("**") ? el("h3", {}, ...whole(part.slice(2, -2))) : el("p", {}, part.trim());
}

// A heading whose last part, the document's number, is not broken at its hyphens as long as a line holds it.
function whole(title) {
  const at = title.lastIndexOf(" ") + 1;
  return [title.slice(0, at), el("span", { className: "whole" }, title.slice(at))];
}

function body(card) {
  const { params, error } = card;
  const kind = params.status_kind || "open";
  return el("div", { className: `card ${kind}` }, el("div", { className: "inner" },
    el("div", { className: "head" }, el("h3", {}, ...whole(params.title || "")), when(params.status, (text) => el("span", { className: "ribbon" }, text))),
    when(params.subtitle, (text) => el("p", { className: "subtitle" }, text)),
    lines(params.lines),
    when(params.by, (text) => el("p", { className: "by" }, text)),
    when(params.note, (text) => el("p", { className: "note" }, text)),
    when(error, (text) => el("p", { className: "failure", role: "alert" }, readable(text))),
    opinion(card),
    buttons(card),
    when(params.link, (url) => el("a", { className: "more", href: url, target: "_blank", rel: "noopener" }, t("查看详情 ›", "Details ›")))));
}

const when = (value, build) => (value ? build(value) : null);

function lines(text) {
  const pairs = JSON.parse(text || "[]");
  return pairs.length ? el("dl", {}, ...pairs.flatMap(({ k, v }) => [el("dt", {}, k), el("dd", {}, v)])) : null;
}

function opinion({ outTrackId, params }) {
  if (!["optional", "required"].includes(params.opinion)) return null;
  const field = el("textarea", { rows: 1, maxLength: 500, value: drafts.get(outTrackId) || "", placeholder: t("请输入意见", "Write your opinion") });
  field.addEventListener("input", () => drafts.set(outTrackId, field.value));
  const mark = params.opinion === "required" ? el("i", {}, " *") : null;
  return el("label", {}, t("审批意见", "Opinion"), mark, field);
}

function buttons(card) {
  const all = ["button1", "button2", "button3", "button4"].map((name) => card.params[name]).filter(Boolean).map((text) => JSON.parse(text));
  return all.length ? el("div", { className: "buttons" }, ...all.map((button) => pressable(card, button))) : null;
}

function pressable({ outTrackId }, { label, action, style }) {
  const node = el("button", { type: "button", className: `button ${style || "default"}`, disabled: pressing.has(outTrackId), "data-action": action }, label);
  node.addEventListener("click", () => press(outTrackId, action));
  return node;
}

async function press(outTrackId, action) {
  pressing.add(outTrackId);
  setBusy(outTrackId, true);
  try {
    const outcome = await ask(`/phone/${encodeURIComponent(user)}/press`, "POST", { outTrackId, action, opinion: drafts.get(outTrackId) || "" });
    if (outcome.delivered) drafts.delete(outTrackId);
    const { note, status } = outcome.card.params;
    toast(outcome.error ? readable(outcome.error) : note || status || t("已提交", "Sent"), Boolean(outcome.error));
    pressing.delete(outTrackId);
    put(outcome.card);
  } catch (failure) {
    toast(failure.message, true);
  } finally {
    pressing.delete(outTrackId);
    setBusy(outTrackId, false);
    look();
  }
}

function setBusy(outTrackId, busy) {
  for (const button of shown.get(outTrackId).node.querySelectorAll("button")) button.disabled = busy;
}
