// A machine, meter or stream that is found in the plant and is not on the list: its name (and unit), then its sheet.
import * as store from "./store.js";
import { sheet, selectField, textField } from "./sheets.js";
import { missing, path, visitOf } from "./screens.js";
import { h, named, say } from "./words.js";

const KINDS = { equipment: ["equipment", "equipment"], meters: ["reading", "meter"], streams: ["stream", "stream"] };
const FIRST = { meters: ["kWh", "m3"], streams: ["kg", "t", "m3"] };

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g; // as ui.forms.plain
const hex = (bytes) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");
const text = new TextEncoder();

// The same name is the same thing on every device and at the desk (fieldwork.plan.read_lines).
export async function subjectOf(prefix, name) {
  return `${prefix}:new-${hex(await crypto.subtle.digest("SHA-256", text.encode(name))).slice(0, 10)}`;
}

// The id that the first entry about a subject has on every device: uuid5(visit, subject), as Visit.slot.
export async function slotOf(visit, subject) {
  const space = Uint8Array.from(visit.replaceAll("-", "").match(/../g), (x) => parseInt(x, 16));
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-1", new Uint8Array([...space, ...text.encode(subject)]))).slice(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export async function found(ctx, id, table) {
  const v = await visitOf(id);
  if (!v) return missing(ctx, id);
  const [kind, prefix] = KINDS[table];
  const fields = [textField("name", say("f_name"), "", "input", true)];
  if (FIRST[table]) fields.push(selectField("unit", say("f_unit"), [...new Set([...FIRST[table], ...Object.keys(v.pack.units)])], FIRST[table][0]));
  const save = async (values) => {
    const name = values.name.replace(INVISIBLE, "").replace(/\s+/g, " ").trim();
    if (!name) return false;
    const known = (item) => Object.values(item.name).includes(name);
    let at = v.sheets[table].findIndex(known);
    if (at < 0) {
      const subject = await subjectOf(prefix, name);
      if (!(await ctx.keep(async () => store.save(id, v.pack.person, { subject, entry: await slotOf(id, subject) }, kind, { ...values, name })))) return false;
      at = (await visitOf(id)).sheets[table].findIndex((item) => item.subject === subject);
    }
    store.dropDraft(`${id}.${table}.new`);
    ctx.dirty = false;
    ctx.go(`#/visit/${id}/${table}/${at}`);
    return false; // the sheet of the new thing is open: nothing more to show here
  };
  return [path(["#/", say("visits")], [`#/visit/${id}`, named(v.pack.visit.firm)], [`#/visit/${id}/${table}`, say(table)]),
    h("h1", {}, say(`add_${table}`)), h("p", {}, say("add_what")), sheet(ctx, `${id}.${table}.new`, fields, { save })];
}
