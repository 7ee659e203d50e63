// Shared by all pages: language, building elements from data, polling, talking to the sandbox.
export const lang = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh";
export const t = (zh, en) => (lang === "en" ? en : zh);

export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node && name !== "list") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function localize() {
  document.documentElement.lang = lang === "en" ? "en" : "zh-CN";
  for (const node of document.querySelectorAll("[data-en]")) {
    if (lang === "en") node.textContent = node.dataset.en;
  }
  for (const link of document.querySelectorAll("a[data-keep]")) link.href = here(link.getAttribute("href"));
  const other = document.querySelector("[data-other-language]");
  if (!other) return;
  const query = new URLSearchParams(location.search);
  query.set("lang", lang === "en" ? "zh" : "en");
  other.href = `?${query}`;
  other.textContent = lang === "en" ? "中文" : "English";
}

export function here(path) {
  return lang === "en" ? `${path}${path.includes("?") ? "&" : "?"}lang=en` : path;
}

export async function ask(path, method = "GET", body = undefined) {
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  const reply = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const answer = await reply.json();
  if (!reply.ok) throw new Error((lang === "en" && answer.message_en) || answer.message || `HTTP ${reply.status}`);
  return answer;
}

// Calls `show` with the answer whenever it changed; `again()` asks at once.
export function watch(path, show, everyMs = 1000) {
  let last = "";
  const look = async () => {
    const answer = await ask(path).catch(() => null);
    const text = JSON.stringify(answer);
    if (answer === null || text === last) return;
    last = text;
    show(answer);
  };
  const turn = () => look().finally(() => setTimeout(turn, everyMs));
  turn();
  return look;
}

export function toast(text, bad = false) {
  document.querySelector(".toast")?.remove();
  const note = el("div", { className: bad ? "toast bad" : "toast", role: "status" }, text);
  document.body.append(note);
  setTimeout(() => note.remove(), 3500);
}

// "陈静(采购专员·钢材)" -> ["陈静", "采购专员·钢材"]
export function person(name) {
  const parts = /^([^(（]+)[(（](.+)[)）]$/.exec(name);
  return parts ? [parts[1], parts[2]] : [name, ""];
}

const COLOURS = ["#1667ff", "#0f8f4f", "#b4530a", "#7a44d6", "#0b7f93", "#c2366f", "#4a5d7a"];
export function avatar(name) {
  const [given] = person(name);
  const sum = [...given].reduce((total, letter) => total + letter.codePointAt(0), 0);
  const picture = el("span", { className: "avatar" }, given.slice(-2));
  picture.style.background = COLOURS[sum % COLOURS.length];
  return picture;
}

export const clock = (iso) => new Date(iso).toLocaleTimeString(lang === "en" ? "en-GB" : "zh-CN", { hour: "2-digit", minute: "2-digit" });
export const money = (text) => {
  const amount = Number(text);
  return Number.isFinite(amount) ? amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 }) : text;
};
