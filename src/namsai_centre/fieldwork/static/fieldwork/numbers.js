// Numbers as people type them in Laos: the rule of namsai.lao.numbers.parse_number, held equal to it by a test.
// Returns {value}, {ask: [lao, english]} for two readings, or {wrong: "percent" | "not_a_number"}.

const MONEY = /^(?:₭|LAK|ກີບ|kip)\s*|\s*(?:₭|LAK|ກີບ|kip)$/giu;

export function western(text) {
  return text.replace(/[\u0ed0-\u0ed9]/g, (d) => String(d.codePointAt(0) - 0x0ed0)).replace(/\u2212/g, "-");
}

function reading(digits, group, point) {
  const at = digits.indexOf(point);
  let whole = at < 0 ? digits : digits.slice(0, at);
  const rest = at < 0 ? "" : digits.slice(at + 1);
  if (at >= 0 && !/^\d+$/.test(rest)) return null;
  if (whole.includes(group)) {
    const [first, ...others] = whole.split(group);
    if (!/^[1-9]\d{0,2}$/.test(first) || others.some((p) => !/^\d{3}$/.test(p))) return null;
    whole = first + others.join("");
  }
  if (!/^\d+$/.test(whole) && !(whole === "" && at >= 0)) return null;
  return Number(`${whole || "0"}.${rest || "0"}`);
}

export function parseNumber(text, format = null) {
  let left = western(text.trim());
  if (left.endsWith("%")) return { wrong: "percent" };
  left = left.replace(MONEY, "");
  let sign = 1;
  if (left[0] === "-" || left[0] === "+") {
    sign = left[0] === "-" ? -1 : 1;
    left = left.slice(1).trimStart().replace(MONEY, "");
  }
  const grouped = left.match(/^\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?=[.,]|$)/);
  if (grouped) {
    left = grouped[0].replace(/[ \u00a0\u202f]/g, "") + left.slice(grouped[0].length);
    if ((left.match(/[.,]/g) || []).length === 1) { left = left.replace(",", "."); format = "en"; }
  }
  if (/^\d+$/.test(left) || /^\d+(\.\d+)?[eE][+-]?\d+$/.test(left)) return { value: sign * Number(left) };
  const lao = format === "en" ? null : reading(left, ".", ",");
  const english = format === "lo" ? null : reading(left, ",", ".");
  if (lao !== null && english !== null && lao !== english) return { ask: [sign * lao, sign * english] };
  const found = lao ?? english;
  return found === null ? { wrong: "not_a_number" } : { value: sign * found };
}

export function shown(value, lang) {
  if (value === null || value === undefined) return "–";
  const [whole, rest] = String(Math.abs(value) < 1e15 && Math.abs(value) >= 1e-6 || value === 0 ? Number(value.toPrecision(12)) : value).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, lang === "lo" ? "." : ",");
  return rest ? grouped + (lang === "lo" ? "," : ".") + rest : grouped;
}

export const rounded = (value) => Number(value.toPrecision(Math.abs(value) >= 1000 ? 6 : 3));

// A number to choose by: no groups, the reader's decimal mark.
export const plain = (value, lang) => (lang === "lo" ? String(value).replace(".", ",") : String(value));

// A number for an input field: no groups, the reader's decimal mark (so that it reads back as the same number).
// With exactly three decimals it would have two readings: a zero more says which is meant.
export function typed(value, lang) {
  if (value === null || value === undefined) return "";
  let text = String(value);
  if (/^-?[1-9]\d{0,2}\.\d{3}$/.test(text)) text += "0";
  return lang === "lo" && !text.includes("e") ? text.replace(".", ",") : text;
}
