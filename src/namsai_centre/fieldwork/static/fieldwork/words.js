// Words of the phone in the reader's language, and small helpers to build a page without HTML in strings.
let all = { lo: {}, en: {} };
let now = "lo";

export async function loadWords(address) {
  now = localStorage.getItem("namsai.lang") || /(?:^|; )django_language=(lo|en)/.exec(document.cookie)?.[1] || "lo"; // at first: as at the desk
  all = await (await fetch(address)).json();
  document.documentElement.lang = now;
}
export const lang = () => now;
export function switchTo(next) {
  now = next;
  localStorage.setItem("namsai.lang", next);
  document.documentElement.lang = next;
}
export function say(key, facts = {}) {
  return (all[now][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "–");
}
export const other = () => (now === "lo" ? ["en", "English"] : ["lo", "ລາວ"]);
export const named = (name) => (now === "en" ? name.en || name.lo : name.lo || name.en) || "–";
export const unit = (name) => (name === "m3" ? "m³" : name || "");
// A day as at the desk: 27 November 2026.
export function day(iso) {
  if (!iso) return "–";
  const [year, month, date] = iso.slice(0, 10).split("-").map(Number);
  return `${date} ${say(`month_${month}`)} ${year}`;
}
export function moment(iso) {
  return iso ? `${day(iso)}, ${iso.slice(11, 16)}` : "–";
}

// h("p", {class: "soft"}, "text", child): text is always text.
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}
