// Screens that are not sheets: the visits, one visit, lists of a visit, the balance preview, sending and files.
import * as store from "./store.js";
import * as sending from "./send.js";
import { exportFile, importFile } from "./file.js";
import { balance } from "./rules.js";
import { rounded, shown } from "./numbers.js";
import { day, h, lang, moment, named, say, unit } from "./words.js";

export const loginLink = () => h("p", {}, h("a", { class: "button", href: "/account/login/?next=/visits/phone/" }, say("login_link")));
export const path = (...steps) => h("p", { class: "path" }, ...steps.flatMap(([href, text], i) => [i ? " › " : "", h("a", { href }, text)]));
const button = (text, onclick, cls = "") => h("button", { type: "button", class: cls, onclick }, text);
export const updateButton = () => h("p", {}, button(say("update_now"), () => location.reload(), "quiet"));

export function exportButton(ctx) {
  return h("p", {}, button(say("export"), async () => {
    const person = (await store.packs())[0]?.person ?? null;
    const name = await exportFile(person);
    if (/^#\/(send|logout)$/.test(location.hash)) await ctx.show();
    ctx.tell(say("exported", { name }), "success");
  }, "quiet"));
}

// What helps on a full phone, in this order: send, take away pictures the centre has, a file.
export async function makeRoom(ctx) {
  const sent = (await store.photos()).filter((p) => p.state === "sent" && p.blob);
  return h("div", { class: "actions" }, navigator.onLine ? button(say("send"), () => ctx.trySend(true), "quiet") : null, sent.length ? dropButton(ctx, sent) : null, exportButton(ctx).firstChild);
}
const megabytes = (n) => (n >= 1e9 ? `${shown(Math.round(n / 1e8) / 10, lang())} GB` : `${shown(Math.max(0.1, Math.round(n / 1e5) / 10), lang())} MB`);
const dropButton = (ctx, sent) => button(say("drop_sent", { count: sent.length, size: megabytes(sent.reduce((sum, p) => sum + p.blob.size, 0)) }), async () => {
  try { ctx.tell(say("dropped", { count: await store.dropSentPhotos() }), "success"); }
  catch (problem) { ctx.tell(say("broken", { text: problem?.message || String(problem) }), "error", exportButton(ctx)); }
}, "quiet");

export async function list(ctx) {
  const packs = (await store.packs()).sort((a, b) => (a.visit.on < b.visit.on ? 1 : -1));
  const card = (p) => {
    const soft = h("p", { class: "soft" });
    fillTaken(soft, p.id);
    return h("li", { class: "card" }, h("h3", {}, h("a", { class: "tap", href: `#/visit/${p.id}` }, `${named(p.visit.firm)}, ${day(p.visit.on)}`)), p.visit.title ? h("p", {}, p.visit.title) : null, soft);
  };
  const offered = h("div", { id: "offered" });
  fillOffered(ctx, offered, packs);
  return [
    h("h1", {}, say("visits")),
    ctx.updated ? h("div", { class: "message" }, h("p", {}, say("update")), updateButton()) : null,
    h("h2", {}, say("packed")),
    packs.length ? h("ul", { class: "cards" }, packs.map(card)) : h("p", {}, say(navigator.onLine ? "none_packed" : "none_packed_offline")),
    offered,
    ...storage(ctx, true),
    h("p", { class: "actions" },
      h("a", { class: "button quiet", href: ctx.base }, say("desk")), h("a", { class: "button quiet", href: "#/send" }, say("send_title")),
      h("a", { class: "button quiet", href: "/account/logout/", "data-logout": true }, say("log_out"))),
  ].filter(Boolean);
}

// How much of a visit is kept and not sent: counted in the background, the screen does not wait for it.
async function fillTaken(place, id) {
  const [kept, outbox, photos] = await Promise.all([store.countOf(id), store.outbox(), store.photosOf(id)]);
  const unsent = outbox.filter((c) => c.visit === id).length + photos.filter((p) => p.state !== "sent").length;
  place.append(kept ? say("taken", { count: kept }) : say("none_taken"), unsent ? ` · ${say("unsent", { count: unsent })}` : "");
}

// What the centre offers: asked in the background; without network the list is simply shorter.
async function fillOffered(ctx, place, packs) {
  const known = await sending.state(ctx.base);
  if (known === false) return place.replaceChildren(h("p", {}, say("login_offered")), loginLink());
  if (!known) return undefined;
  const have = new Map(packs.map((p) => [p.id, p.visit.version]));
  const fresh = known.visits.filter((v) => have.get(v.id) !== v.version);
  if (!fresh.length) return place.replaceChildren(packs.length ? "" : h("p", {}, say("none_offered")));
  return place.replaceChildren(h("h2", {}, say("offered")), h("ul", { class: "cards" }, fresh.map((v) => h("li", { class: "card" },
    h("h3", {}, `${named(v.firm)}, ${day(v.on)}`), v.title ? h("p", {}, v.title) : null,
    h("p", { class: "actions" }, button(have.has(v.id) ? say("refresh") : say("take_along"), () => takeAlong(ctx, v.id)))))));
}

async function takeAlong(ctx, id) {
  ctx.tell(say("taking"));
  try {
    const answer = await fetch(`${ctx.base}${id}/pack.json`, { redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect") return ctx.tell(say("login"), "warning", loginLink());
    if (!answer.ok) return ctx.tell(say(answer.status === 404 ? "gone" : "not_fetched"), "warning");
    const pack = await answer.json();
    if (!(await ctx.keep(() => store.keepPack(pack)))) return undefined;
    navigator.storage?.persist?.();
    return ctx.go(`#/visit/${id}`);
  } catch { return ctx.tell(say("not_fetched"), "warning"); }
}

// Asked in the background: the screen does not wait for it. `whole`: with everything; else only what is urgent.
function storage(ctx, whole = false) {
  const place = h("div", {});
  store.room().then((room) => place.replaceChildren(...storageLines(ctx, room, whole)));
  return [place];
}
function storageLines(ctx, { kept, usage, quota }, whole) {
  const installed = matchMedia("(display-mode: standalone)").matches || navigator.standalone;
  return [
    quota && usage / quota > 0.8 ? h("p", { class: "message warning" }, say("near_full")) : null,
    !whole || kept ? null : h("p", { class: "message warning" }, say("not_kept")),
    !whole || installed ? null : ctx.install
      ? h("p", {}, button(say("install"), async () => { await ctx.install.prompt(); ctx.install = null; ctx.show(); }, "quiet"))
      : h("p", { class: "soft", id: "install" }, say("install_hint")),
    whole ? h("p", { class: "soft", id: "storage" }, quota ? say("storage", { used: megabytes(usage), all: megabytes(quota) }) : say("storage_unknown"), kept ? ` ${say("kept")}` : "") : null,
  ].filter(Boolean);
}

// A visit with its entries by subject and its sheets, with what was found and added in the plant; null where it is not here.
const KIND = { equipment: "equipment", meters: "reading", streams: "stream" };
export async function visitOf(id) {
  const pack = await store.pack(id);
  if (!pack) return null;
  const entries = await store.entriesOf(id);
  const bySubject = Map.groupBy ? Map.groupBy(entries, (e) => e.subject) : group(entries);
  const sheets = { ...pack.sheets };
  for (const [name, kind] of Object.entries(KIND)) {
    const listed = new Set(sheets[name].map((item) => item.subject));
    const found = entries.filter((e) => e.kind === kind && e.fields.name && !listed.has(e.subject) && listed.add(e.subject));
    sheets[name] = [...sheets[name], ...found.map((e) => ({
      subject: e.subject, entry: e.id, name: { lo: e.fields.name, en: e.fields.name }, unit: e.fields.unit || "kg", last: null, usual: null, most: 3,
      capacity: null, known: name === "equipment" ? {} : null, kg: { mass: 1 }, found: true,
    }))];
  }
  return { pack, sheets, entries, of: (subject) => bySubject.get(subject) || [], taken: (subject) => bySubject.get(subject)?.[0]?.fields };
}
function group(entries) {
  const found = new Map();
  for (const e of entries) found.set(e.subject, [...(found.get(e.subject) || []), e]);
  return found;
}
export const missing = (ctx, id) => [path(["#/", say("visits")]), h("h1", {}, say("visit")), h("p", {}, say("not_here")),
  h("p", { class: "actions" }, button(say("take_along"), () => takeAlong(ctx, id)), h("a", { class: "button quiet", href: "#/" }, say("back")))];

const MAIN = { equipment: null, meters: "value", streams: "amount" };
const given = (value) => value !== undefined && value !== null;
export const isDone = (v, table, item) => v.of(item.subject).some((e) => (MAIN[table] ? given(e.fields[MAIN[table]]) : Object.keys(e.fields).some((k) => k !== "name")));

export async function home(ctx, id) {
  const v = await visitOf(id);
  if (!v) return missing(ctx, id);
  const { sheets, pack: { visit } } = v;
  const part = (href, title, done, all) => h("li", {}, h("a", { class: "tap line", href }, h("span", {}, title),
    all === null ? null : h("span", { class: `badge ${done === all ? "good" : ""}` }, `${say("done", { done, all })}${done === all && all ? ` · ${say("complete")}` : ""}`)));
  const answered = (list) => list.questions.filter((q) => v.taken(q.subject)?.answer).length;
  const waiting = (await store.outbox()).filter((c) => c.visit === id).length + (await store.photosOf(id)).filter((p) => p.state !== "sent").length;
  const clash = v.entries.filter((e) => e.mark === "conflict").length;
  return [
    path(["#/", say("visits")]),
    h("h1", {}, `${named(visit.firm)}, ${day(visit.on)}`),
    visit.title ? h("p", { class: "lead" }, visit.title) : null,
    clash ? h("p", { class: "message warning" }, say("conflicts", { count: clash })) : null,
    visit.notes ? h("section", { class: "card" }, h("h2", {}, say("look")), h("p", { class: "pre" }, visit.notes)) : null,
    h("ul", { class: "taps" },
      sheets.checklists.map((l) => part(`#/visit/${id}/check/${l.id}`, named(l.name), answered(l), l.questions.length)),
      Object.keys(MAIN).map((t) => part(`#/visit/${id}/${t}`, say(t), sheets[t].filter((i) => isDone(v, t, i)).length, sheets[t].length || null)),
      part(`#/visit/${id}/balance`, say("balance"), 0, null), part(`#/visit/${id}/notes`, say("notes"), 0, null)),
    waiting ? h("p", { id: "visit-unsent" }, h("a", { class: "tap", href: "#/send" }, say("unsent", { count: waiting }))) : null,
    ...storage(ctx),
    h("p", { class: "actions" }, button(say("refresh"), () => takeAlong(ctx, id), "quiet"),
      button(say("remove"), async () => {
        if (waiting) return ctx.tell(say("remove_no"), "error", exportButton(ctx));
        if (!navigator.onLine) return ctx.tell(say("remove_offline"), "error"); // it could not be fetched again
        if (!window.confirm(say("remove_sure"))) return undefined;
        await store.removeVisit(id);
        return ctx.go("#/");
      }, "danger")),
  ].filter(Boolean);
}

export async function table(ctx, id, name) {
  const v = await visitOf(id);
  if (!v) return missing(ctx, id);
  const line = (item, n) => {
    const e = v.of(item.subject)[0];
    const done = isDone(v, name, item);
    const clash = v.of(item.subject).some((x) => x.mark === "conflict");
    const said = done && MAIN[name] ? `${shown(e.fields[MAIN[name]], lang())} ${unit(e.fields.unit || item.unit)}` : done ? `✓ ${say("taken_one")}` : say("missing");
    return h("li", {}, h("a", { class: "tap line", href: `#/visit/${id}/${name}/${n}` }, h("span", {}, named(item.name)),
      h("span", { class: `badge ${clash ? "warn" : done ? "good" : ""}` }, clash ? `${said} · ${say("two_values")}` : said)));
  };
  return [
    path(["#/", say("visits")], [`#/visit/${id}`, named(v.pack.visit.firm)]),
    h("h1", {}, say(name)),
    v.sheets[name].length ? h("ul", { class: "taps" }, v.sheets[name].map(line)) : h("p", {}, say("none_listed")),
    h("p", { class: "actions" }, h("a", { class: "button quiet", href: `#/visit/${id}/${name}/new` }, say(`add_${name}`))),
  ];
}

const kg = (n) => (Math.abs(n) >= 10000 ? `${shown(rounded(n / 1000), lang())} t` : `${shown(rounded(n), lang())} kg`);
const CLOSES = 0.05;

export async function balances(ctx, id) {
  const v = await visitOf(id);
  if (!v) return missing(ctx, id);
  const { pack } = v;
  const per = say(`b_${pack.visit.basis}`);
  const place = (subject) => {
    for (const t of ["streams", "meters"]) { const n = v.sheets[t].findIndex((i) => i.subject === subject); if (n >= 0) return `#/visit/${id}/${t}/${n}`; }
    return null;
  };
  const line = (l) => h("li", {}, h("span", {}, l.kg === null && place(l.subject) ? h("a", { class: "tap", href: place(l.subject) }, named(l.name)) : named(l.name)),
    l.kg === null ? h("span", { class: "badge warn" }, say(l.from)) : h("span", { class: "num" }, kg(l.kg), h("span", { class: "soft" }, ` ${say(l.from)}`)));
  const results = pack.balances.map((b) => ({ b, r: balance(b, pack, v.taken) }));
  const closed = ({ r }) => !r.missing.length && r.share !== null && Math.abs(r.share) <= CLOSES;
  const badge = ({ r }) => (r.missing.length ? ["warn", say("missing_count", { count: r.missing.length })]
    : closed({ r }) ? ["good", `✓ ${say("closes")}`] : ["bad", r.share === null || Math.abs(r.share) > 9.99 ? say("gap") : `${say("gap")} ${shown(Math.round(r.share * 100), lang())} %`]);
  const first = results.findIndex((one) => !closed(one));
  const one = (result, i) => {
    const { b, r } = result;
    const end = r.missing.length
      ? h("p", { class: "message warning" }, say("close_needs"), " ", r.missing.slice(0, 3).map((m) => named(m.name)).join("; "), r.missing.length > 3 ? ` (+${r.missing.length - 3})` : "")
      : h("p", { class: `message ${closed(result) ? "success" : "warning"}` },
        `${say("gap_text", { gap: kg(r.gap), basis: per, percent: r.share === null ? "–" : shown(Math.round(r.share * 1000) / 10, lang()) })} `, say(closed(result) ? "gap_fine" : r.gap < 0 ? "gap_more_out" : "gap_more_in"));
    const [cls, said] = badge(result);
    return h("details", { class: "card balance", open: i === first }, h("summary", {}, h("h2", {}, `${named(b.name)} · ${say(b.layer)}`), h("span", { class: `badge ${cls}` }, said)), ...["in", "out"].flatMap((side) => [
      h("h3", {}, `${say(side)}: ${r.lines.some((l) => l.side === side && l.kg !== null) ? kg(r.sum[side]) : "–"}`), h("ul", { class: "sums" }, r.lines.filter((l) => l.side === side).map(line))]), end);
  };
  return [path(["#/", say("visits")], [`#/visit/${id}`, named(pack.visit.firm)]), h("h1", {}, say("balance")),
    ...(results.length ? [h("p", { class: "lead" }, say("balance_sum", { done: results.filter(closed).length, all: results.length, basis: per })), ...results.map(one)] : [h("p", {}, say("no_balance"))])];
}

// What one waiting change says, as a line of the unsent list.
function unsentLine(c, visits, entries) {
  const v = visits.get(c.visit);
  const sheets = v ? [...v.sheets.checklists.flatMap((l) => l.questions), ...Object.keys(KIND).flatMap((t) => v.sheets[t])] : [];
  const item = sheets.find((i) => i.subject === c.subject);
  const name = item ? named(item.name) : entries.get(c.entry)?.fields.name || say(c.kind === "note" ? "note" : "other_thing");
  const { value, amount, answer } = c.fields;
  const text = c.fields.text || c.fields.note;
  const said = given(value ?? amount) ? `${shown(value ?? amount, lang())} ${unit(c.fields.unit || entries.get(c.entry)?.fields.unit || item?.unit)}` : answer ? say(`answer_${answer}`) : "";
  return h("li", {}, h("span", {}, name, h("br"), h("span", { class: "soft" }, text ? `${text.slice(0, 60)} · ` : "", v ? `${named(v.visit.firm)} · ` : "", moment(c.device_time))),
    h("span", { class: c.state === "refused" ? "badge bad" : "num" }, c.state === "refused" ? say("refused_one") : said));
}
const SHOWN = 12;

export async function sendPage(ctx, logout = false) {
  const unsent = await store.count();
  const outbox = await store.outbox();
  const refused = outbox.filter((c) => c.state === "refused").length;
  const pictures = await store.photos();
  const waiting = pictures.filter((p) => p.state !== "sent").length;
  const sent = pictures.filter((p) => p.state === "sent" && p.blob);
  const exported = localStorage.getItem("namsai.exported");
  const visits = new Map((await store.packs()).map((p) => [p.id, p]));
  const entries = new Map((unsent ? await Promise.all([...new Set(outbox.map((c) => c.visit))].map(store.entriesOf)) : []).flat().map((e) => [e.id, e]));
  return [
    path(["#/", say("visits")]),
    h("h1", {}, say("send_title")),
    logout && unsent ? h("p", { class: `message ${exported ? "success" : "error"}`, role: exported ? null : "alert" }, say(exported ? "log_out_may" : "log_out_no", { count: unsent })) : null,
    h("p", { class: "lead" }, unsent ? say("unsent", { count: unsent }) : say("all_sent")),
    refused ? h("p", { class: "message error" }, say("refused", { count: refused })) : null,
    unsent && !navigator.onLine ? h("p", {}, say("send_later")) : null,
    unsent ? h("div", { class: "actions" }, button(say("send"), async () => {
      ctx.tell(say("sending"));
      const result = await ctx.trySend(true);
      if (result.state === "offline") ctx.tell(say("send_later"), "warning");
    }), exportButton(ctx).firstChild) : null,
    outbox.length || waiting ? h("section", { class: "card" }, h("h2", {}, say("unsent_list")), h("ul", { class: "sums" }, outbox.slice(-SHOWN).reverse().map((c) => unsentLine(c, visits, entries)),
      outbox.length > SHOWN ? h("li", {}, say("more", { count: outbox.length - SHOWN })) : null, waiting ? h("li", {}, say("photos", { count: waiting })) : null)) : null,
    h("h2", {}, say("storage_title")),
    ...storage(ctx, true),
    sent.length ? h("p", {}, dropButton(ctx, sent)) : null,
    h("h2", {}, say("file_title")),
    h("p", { class: "soft" }, say("file_what")),
    h("p", {}, h("label", { class: "button quiet pick" }, say("import"), h("input", { type: "file", accept: ".json", class: "unseen", onchange: async (e) => {
      const file = e.target.files[0];
      if (!file) return;
      let count = null;
      const fine = await ctx.keep(async () => { count = await importFile(file); });
      if (!fine) return;
      await ctx.show();
      ctx.tell(count === null ? say("import_bad") : say("imported", { count }), count === null ? "error" : "success");
    } }))),
    h("p", { class: "soft" }, `${say("device")}: ${store.deviceId().slice(0, 8)}`),
    h("p", { class: "actions" }, h("a", { class: "button quiet", href: "/account/logout/", "data-logout": true }, say("log_out"))),
  ].filter(Boolean);
}
