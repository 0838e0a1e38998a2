// The sheets: checklist, machine, meter, stream, notes. Each keeps a draft while one types and saves one entry.
import * as store from "./store.js";
import { judgeReading, judgeStream } from "./rules.js";
import { parseNumber, plain, rounded, shown, typed } from "./numbers.js";
import { shrink } from "./photo.js";
import { missing, path, visitOf } from "./screens.js";
import { day, h, lang, named, say, unit } from "./words.js";

let serial = 0;

// A field for a number: read as people type it; two readings are asked back in place.
function numberField(name, label, value, { help = "", needed = false, onvalue = () => {} } = {}) {
  const id = `n${++serial}`;
  const said = h("div", { class: "said", id: `${id}-said`, "aria-live": "polite" });
  const input = h("input", { id, name, inputmode: "decimal", autocomplete: "off", enterkeyhint: "done", "aria-describedby": `${id}-said`, oninput: () => look() });
  input.value = typed(value, lang());
  const read = () => (input.value.trim() === "" ? { value: null } : parseNumber(input.value));
  const pick = (number) => h("button", { type: "button", class: "quiet", onclick: () => { input.value = typed(number, lang()); input.dispatchEvent(new Event("input", { bubbles: true })); input.focus(); } }, plain(number, lang()));
  function look(strict = false) {
    const found = read();
    said.replaceChildren();
    if (found.ask) said.append(h("p", { class: "ask" }, say("ambiguous")), h("p", { class: "actions" }, ...found.ask.map(pick)));
    else if (found.wrong) said.append(h("p", { class: "error" }, say(found.wrong)));
    else if (strict && needed && found.value === null) said.append(h("p", { class: "error" }, say("needed")));
    onvalue(found);
    const wrong = Boolean(found.ask || found.wrong || (strict && needed && found.value === null));
    input.toggleAttribute("aria-invalid", wrong);
    return !wrong;
  }
  const node = h("div", { class: "field" }, h("label", { for: id }, label), input, help ? h("p", { class: "help" }, help) : null, said);
  return { node, input, look, name, read: () => read().value };
}
export function textField(name, label, value, tag = "input", needed = false) {
  const id = `t${++serial}`;
  const error = h("p", { class: "error", hidden: true }, say("needed"));
  const input = h(tag, { id, name, autocomplete: "off", maxlength: tag === "input" ? 120 : 4000, rows: tag === "input" ? null : 2 });
  input.value = value ?? "";
  const read = () => input.value.trim() || null;
  const look = (strict) => { error.hidden = !(strict && needed && read() === null); return error.hidden; };
  return { node: h("div", { class: "field" }, h("label", { for: id }, label), input, error), input, look, name, read };
}
function radioField(name, label, options, value, { needed = false, onpick = () => {} } = {}) {
  const error = h("p", { class: "error", hidden: true }, say("needed"));
  const inputs = options.map(([key]) => h("input", { type: "radio", name: `${name}-${serial}`, "data-name": name, value: key, checked: key === value, onchange: () => { error.hidden = true; onpick(key); } }));
  serial += 1;
  const node = h("fieldset", { class: "field picks" }, h("legend", {}, label), h("div", { class: "pick-row" }, options.map(([, text], i) => h("label", {}, inputs[i], h("span", {}, text)))), error);
  const read = () => inputs.find((i) => i.checked)?.value ?? null;
  return { node, name, inputs, read, look: (strict) => { error.hidden = !(strict && needed && read() === null); return error.hidden; }, set: (v) => inputs.forEach((i) => { i.checked = i.value === v; }) };
}
export function selectField(name, label, options, value) {
  const id = `s${++serial}`;
  const input = h("select", { id, name }, options.map((o) => h("option", { value: o, selected: o === value }, o === "piece" ? say("unit_piece") : unit(o))));
  return { node: h("div", { class: "field" }, h("label", { for: id }, label), input), input, look: () => true, name, read: () => input.value };
}

// A form of fields with draft, save and "save, next one".
export function sheet(ctx, key, fields, { save, next, extra = [] }) {
  const kept = store.draft(key);
  const values = () => Object.fromEntries(fields.map((f) => [f.name, f.input ? f.input.value : f.read()]));
  const form = h("form", { novalidate: true, oninput: () => { ctx.dirty = true; store.keepDraft(key, values()); }, onsubmit: async (event) => {
    event.preventDefault();
    const fine = fields.map((f) => f.look(true));
    if (fine.includes(false)) { form.querySelector("[aria-invalid], .error:not([hidden])")?.scrollIntoView({ block: "center" }); return; }
    const done = await save(Object.fromEntries(fields.map((f) => [f.name, f.read()])));
    if (!done) return;
    ctx.dirty = false;
    store.dropDraft(key);
    const to = event.submitter?.value === "next" ? next : null;
    if (to) ctx.go(to);
    else await ctx.show().then(() => ctx.tell(say("saved"), "success"));
  } }, ...fields.map((f) => f.node), ...extra,
  h("p", { class: "actions big" }, h("button", { value: "stay" }, say("save")), next ? h("button", { class: "quiet", value: "next" }, say("save_next")) : null));
  if (kept) {
    for (const f of fields) {
      if (!(f.name in kept)) continue;
      if (f.input) f.input.value = kept[f.name] ?? "";
      else f.set(kept[f.name]);
    }
    form.prepend(h("p", { class: "message" }, say("draft")));
  }
  setTimeout(() => { fields.forEach((f) => f.look(false)); if (kept) ctx.dirty = true; });
  return form;
}

async function photoBox(ctx, pack, subject, all = null) {
  const mine = (all || (await store.photosOf(pack.id))).filter((p) => p.subject === subject);
  const thumbs = h("div", { class: "thumbs" });
  mine.forEach((p) => thumb(p.blob, thumbs));
  const count = h("span", { class: "soft" }, mine.length ? say("photos", { count: mine.length }) : "");
  const input = h("input", { type: "file", accept: "image/*", capture: "environment", class: "unseen", onchange: async () => {
    const file = input.files[0];
    if (!file) return;
    ctx.tell(say("shrinking"));
    let small;
    try { small = await shrink(file); } catch { ctx.tell(say("photo_bad"), "error"); return; }
    const photo = { key: `${pack.id}/${small.digest}`, visit: pack.id, subject, digest: small.digest, device_time: store.localTime(), person: pack.person, state: "waiting", blob: small.blob };
    if (await ctx.keep(() => store.savePhoto(photo))) { thumb(small.blob, thumbs); mine.push(photo); count.textContent = say("photos", { count: new Set(mine.map((p) => p.key)).size }); }
    input.value = "";
  } });
  return h("div", { class: "photo" }, h("label", { class: "button quiet pick" }, say("photo"), input), " ", count, thumbs);
}
async function thumb(blob, place) {
  try {
    const picture = await createImageBitmap(blob, { resizeHeight: 96 });
    const canvas = h("canvas", { width: picture.width, height: picture.height, "aria-hidden": "true" });
    canvas.getContext("2d").drawImage(picture, 0, 0);
    place.append(canvas);
  } catch { /* the count says that it is there */ }
}

const clashed = (entries) => (entries.some((e) => e.mark === "conflict") ? h("p", { class: "message warning" }, say("clash_here")) : null);
const head = (v, id, table, title) => [
  path(["#/", say("visits")], [`#/visit/${id}`, named(v.pack.visit.firm)], ...(table ? [[`#/visit/${id}/${table}`, say(table)]] : [])), h("h1", {}, title)];
const nextOf = (v, id, table, n) => (n + 1 < v.sheets[table].length ? `#/visit/${id}/${table}/${n + 1}` : null);

export async function checklist(ctx, id, key) {
  const v = await visitOf(id);
  const list = v?.pack.sheets.checklists.find((l) => l.id === key);
  if (!list) return missing(ctx, id);
  const answers = ["yes", "partly", "no", "unseen"].map((a) => [a, say(`answer_${a}`)]);
  const done = () => list.questions.filter((q) => v.taken(q.subject)?.answer).length;
  const badge = h("span", { class: "badge", id: "done" }, say("done", { done: done(), all: list.questions.length }));
  const answered = new Set(list.questions.filter((q) => v.taken(q.subject)?.answer).map((q) => q.subject));
  const photos = await store.photosOf(id);
  const rows = list.questions.map((q, n) => {
    const own = v.taken(q.subject) || {};
    const draftKey = `${id}.${q.subject}`;
    const save = (fields) => ctx.keep(() => store.save(id, v.pack.person, q, "check", fields));
    const pick = radioField("answer", `${n + 1}. ${named(q.name)}`, answers, own.answer, { onpick: async (a) => {
      if (await save({ answer: a })) { answered.add(q.subject); badge.textContent = say("done", { done: answered.size, all: list.questions.length }); }
    } });
    const more = h("details", { ontoggle: () => fill() }, h("summary", {}, say("notes")));
    let filled = false;
    const fill = async () => { // note and photo are made when they are asked for
      if (filled) return;
      filled = true;
      const note = textField("note", say("note"), store.draft(draftKey)?.note ?? own.note, "textarea");
      note.input.addEventListener("input", () => { ctx.dirty = true; store.keepDraft(draftKey, { note: note.input.value }); });
      note.input.addEventListener("change", async () => { if (await save({ note: note.read() })) { ctx.dirty = false; store.dropDraft(draftKey); } });
      more.append(note.node, await photoBox(ctx, v.pack, q.subject, photos));
    };
    if (own.note || store.draft(draftKey)) more.open = true;
    return h("li", { class: "card question" }, pick.node, more);
  });
  return [...head(v, id, null, named(list.name)), h("p", {}, badge), h("ol", { class: "questions" }, rows)];
}

export async function equipment(ctx, id, n) {
  const v = await visitOf(id);
  const item = v?.sheets.equipment[n];
  if (!item) return missing(ctx, id);
  const own = v.taken(item.subject) || {};
  const known = (name) => (item.known[name] === null || item.known[name] === undefined ? "" : say("known", { value: shown(item.known[name], lang()) }));
  const hint = (name) => h("p", { class: "hint" });
  const number = (name, label) => {
    const box = hint(name);
    const f = numberField(name, label, own[name], { help: known(name), onvalue: (r) => {
      const be = name === "year" && r.value > 2400 && r.value < 2700; // a year of the Buddhist era
      box.textContent = r.value < 0 ? say("below_zero") : name === "load" && r.value > 100 ? say("above_hundred")
        : be ? say("year_be", { year: r.value - 543 }) : name === "year" && r.value && (r.value < 1900 || r.value > new Date().getFullYear() + 1) ? say("year_odd")
          : name === "power" && known(name) && r.value > 3 * item.known.power ? say("above_nameplate", { value: shown(item.known.power, lang()) }) : "";
    } });
    f.node.append(box);
    return f;
  };
  const fields = [
    textField("maker", say("f_maker"), own.maker), textField("model", say("f_model"), own.model), number("year", say("f_year")),
    number("number", say("f_number")), number("power", say("f_power")), number("load", say("f_load")),
    number("hours", say("hours_per", { basis: say(`b_${v.pack.visit.basis}`) })),
    radioField("state", say("f_state"), ["good", "worn", "broken", "off"].map((s) => [s, say(`state_${s}`)]), own.state),
    textField("note", say("f_note"), own.note, "textarea"),
  ];
  const save = (values) => ctx.keep(() => store.save(id, v.pack.person, item, "equipment", values));
  return [...head(v, id, "equipment", named(item.name)), clashed(v.of(item.subject)),
    sheet(ctx, `${id}.${item.subject}`, fields, { save, next: nextOf(v, id, "equipment", n) }), await photoBox(ctx, v.pack, item.subject)].filter(Boolean);
}

export async function meters(ctx, id, n, entry) {
  const v = await visitOf(id);
  const item = v?.sheets.meters[n];
  if (!item) return missing(ctx, id);
  const mine = v.of(item.subject);
  const slot = { ...item, entry: entry || item.entry };
  const own = mine.find((e) => e.id === slot.entry)?.fields || {};
  const told = h("div", { class: "judged", "aria-live": "polite" });
  const sure = h("input", { type: "checkbox", name: "sure", checked: own.sure === true });
  const sureBox = h("label", { class: "check sure", hidden: true }, sure, say("sure"));
  let hard = false;
  const look = (found) => {
    told.replaceChildren();
    hard = false;
    if (found.value !== null && found.value !== undefined) {
      const r = judgeReading(found.value, item, v.pack);
      if (r.used !== null) told.append(h("p", { class: "soft" }, say(r.perDay === null ? "used_only" : "used", { value: shown(r.used, lang()), unit: unit(item.unit), day: shown(r.perDay, lang()) })));
      for (const p of r.problems) told.append(h("p", { class: "message warning", "data-problem": p.key }, say(p.key, Object.fromEntries(Object.entries(p.facts).map(([k, x]) => [k, shown(x, lang())])))));
      if (!r.problems.length && r.used !== null) told.append(h("p", { class: "fine" }, `✓ ${say(r.perDay !== null && (item.usual > 0 || item.capacity > 0) ? "fine" : "fine_only_last")}`));
      hard = r.problems.some((p) => p.hard);
    }
    sureBox.hidden = !hard;
  };
  const fields = [numberField("value", say("reading", { unit: unit(item.unit) }), own.value, { needed: true, onvalue: look }), textField("note", say("f_note"), own.note, "textarea")];
  fields[0].node.append(told, sureBox);
  const save = async (values) => {
    if (hard && !sure.checked) { ctx.tell(say("sure_first"), "error"); return false; }
    const flag = hard ? { sure: true } : own.sure ? { sure: null } : {};
    return ctx.keep(() => store.save(id, v.pack.person, slot, "reading", { ...values, ...flag }));
  };
  const last = item.last ? say("last", { value: shown(item.last.value, lang()), unit: unit(item.unit), on: day(item.last.on) }) : say("no_last");
  const others = mine.length > 1 || entry ? h("ul", { class: "taps" }, mine.map((e, i) => h("li", {}, h("a", { class: "tap line", "aria-current": e.id === slot.entry ? "true" : null, href: `#/visit/${id}/meters/${n}/${e.id}` },
    h("span", {}, say("reading_nr", { number: i + 1 })), h("span", { class: "badge" }, `${shown(e.fields.value, lang())} ${unit(item.unit)}`))))) : null;
  return [...head(v, id, "meters", named(item.name)), clashed(mine), h("p", { class: "lead" }, last), others,
    sheet(ctx, `${id}.${item.subject}.${slot.entry}`, fields, { save, next: nextOf(v, id, "meters", n) }),
    own.value !== undefined ? h("p", {}, h("a", { class: "button quiet", href: `#/visit/${id}/meters/${n}/${crypto.randomUUID()}` }, say("another"))) : null,
    await photoBox(ctx, v.pack, item.subject)].filter(Boolean);
}

export async function streams(ctx, id, n) {
  const v = await visitOf(id);
  const item = v?.sheets.streams[n];
  if (!item) return missing(ctx, id);
  const own = v.taken(item.subject) || {};
  const { basis, per_period: times } = v.pack.visit;
  const known = item.known?.value ?? null;
  const usual = known === null || !times ? null : known / times;
  const box = h("div", { class: "judged", "aria-live": "polite" });
  const units = selectField("unit", say("f_unit"), [...new Set([item.unit, ...Object.keys(v.pack.units)])], own.unit || item.unit);
  const look = (found) => {
    const said = found.value < 0 ? [say("below_zero")] : judgeStream(found.value, units.read(), item, v.pack).map((p) => say(p.key, Object.fromEntries(Object.entries(p.facts).map(([k, x]) => [k, shown(x, lang())]))));
    box.replaceChildren(...said.map((text) => h("p", { class: "message warning" }, text)));
  };
  const amount = numberField("amount", say("amount_per", { basis: say(`b_${basis}`) }), own.amount, { needed: true, onvalue: look });
  amount.node.append(box);
  units.input.addEventListener("change", () => amount.look());
  const fields = [amount, units,
    radioField("how", say("f_how"), ["weighed", "counted", "estimated", "meter", "bill", "calculated"].map((s) => [s, say(`how_${s}`)]), own.how, { needed: true }),
    numberField("uncertainty", say("f_uncertainty"), own.uncertainty), textField("note", say("f_note"), own.note, "textarea")];
  const save = (values) => ctx.keep(() => store.save(id, v.pack.person, item, "stream", values));
  const lead = known === null ? null : h("p", { class: "soft" }, say("known", { value: `${shown(known, lang())} ${unit(item.known.unit)} / ${say("b_period")}` }),
    usual === null || basis === "period" ? "" : ` = ${shown(rounded(usual), lang())} ${unit(item.known.unit)} / ${say(`b_${basis}`)}`);
  return [...head(v, id, "streams", named(item.name)), clashed(v.of(item.subject)), lead,
    sheet(ctx, `${id}.${item.subject}`, fields, { save, next: nextOf(v, id, "streams", n) }), await photoBox(ctx, v.pack, item.subject)].filter(Boolean);
}

export async function notes(ctx, id) {
  const v = await visitOf(id);
  if (!v) return missing(ctx, id);
  const mine = v.entries.filter((e) => e.kind === "note");
  const text = textField("text", say("note"), "", "textarea");
  const save = (values) => (values.text ? ctx.keep(() => store.save(id, v.pack.person, { subject: "note", entry: crypto.randomUUID() }, "note", values)) : true);
  return [...head(v, id, null, say("notes")), mine.length ? h("ul", { class: "lines" }, mine.map((e) => h("li", { class: "pre" }, e.fields.text))) : null,
    sheet(ctx, `${id}.note`, [text], { save }), await photoBox(ctx, v.pack, "note")].filter(Boolean);
}
