// Screens that are not sheets: the visits, one visit, lists of a visit, the balance preview, sending and files.
import * as store from "./store.js";
import * as sending from "./send.js";
import { exportFile, importFile } from "./file.js";
import { balance } from "./rules.js";
import { rounded, shown } from "./numbers.js";
import { day, h, lang, named, say } from "./words.js";

export const loginLink = () => h("p", {}, h("a", { class: "button", href: "/account/login/?next=/visits/phone/" }, say("login_link")));
export const path = (...steps) => h("p", { class: "path" }, ...steps.flatMap(([href, text], i) => [i ? " › " : "", h("a", { href }, text)]));
const button = (text, onclick, cls = "") => h("button", { type: "button", class: cls, onclick }, text);

export function exportButton(ctx) {
  return h("p", {}, button(say("export"), async () => {
    const person = (await store.packs())[0]?.person ?? null;
    const name = await exportFile(person);
    ctx.tell(say("exported", { name }), "success");
  }, "quiet"));
}

export async function list(ctx) {
  const packs = (await store.packs()).sort((a, b) => (a.visit.on < b.visit.on ? 1 : -1));
  const offered = h("div", { id: "offered" });
  fillOffered(ctx, offered, packs);
  return [
    h("h1", {}, say("visits")),
    h("h2", {}, say("packed")),
    packs.length ? h("ul", { class: "cards" }, packs.map((p) => card(p))) : h("p", {}, say("none_packed")),
    offered,
    ...storage(),
    h("p", { class: "actions" },
      h("a", { class: "button quiet", href: ctx.base }, say("desk")), h("a", { class: "button quiet", href: "#/send" }, say("send")),
      h("a", { class: "button quiet", href: "/account/logout/", "data-logout": true }, say("log_out"))),
  ];
}
const card = (p) => h("li", { class: "card" }, h("h3", {}, h("a", { class: "tap", href: `#/visit/${p.id}` }, `${named(p.visit.firm)}, ${day(p.visit.on)}`)), h("p", {}, p.visit.title));

// What the centre offers: asked in the background; without network the list is simply shorter.
async function fillOffered(ctx, place, packs) {
  const known = await sending.state(ctx.base);
  if (known === false) return place.replaceChildren(loginLink());
  if (!known) return undefined;
  const have = new Map(packs.map((p) => [p.id, p.visit.version]));
  const fresh = known.visits.filter((v) => have.get(v.id) !== v.version);
  if (!fresh.length) return undefined;
  return place.replaceChildren(h("h2", {}, say("offered")), h("ul", { class: "cards" }, fresh.map((v) => h("li", { class: "card" },
    h("h3", {}, `${named(v.firm)}, ${day(v.on)}`), h("p", {}, v.title),
    button(have.has(v.id) ? say("refresh") : say("take_along"), () => takeAlong(ctx, v.id))))));
}

async function takeAlong(ctx, id) {
  ctx.tell(say("taking"));
  try {
    const answer = await fetch(`${ctx.base}${id}/pack.json`, { redirect: "manual", cache: "no-store" });
    if (!answer.ok) return ctx.tell(say(answer.type === "opaqueredirect" ? "login" : "failed"), "warning");
    const pack = await answer.json();
    if (!(await ctx.keep(() => store.keepPack(pack)))) return undefined;
    navigator.storage?.persist?.();
    return ctx.go(`#/visit/${id}`);
  } catch { return ctx.tell(say("failed"), "warning"); }
}

// Asked in the background: the screen does not wait for it.
function storage() {
  const place = h("div", {});
  store.room().then((room) => place.replaceChildren(...storageLines(room)));
  return [place];
}
function storageLines({ kept, usage, quota }) {
  const mb = (n) => shown(Math.max(0.1, Math.round(n / 1e5) / 10), lang());
  return [
    h("p", { class: "soft", id: "storage" }, quota ? say("storage", { used: mb(usage), all: mb(quota) }) : say("storage_unknown")),
    quota && usage / quota > 0.8 ? h("p", { class: "message warning" }, say("near_full")) : null,
    h("p", { class: kept ? "soft" : "message warning" }, kept ? say("kept") : say("not_kept")),
  ].filter(Boolean);
}

// A visit with its entries by subject; null where it is not on this phone.
export async function visitOf(id) {
  const pack = await store.pack(id);
  if (!pack) return null;
  const entries = await store.entriesOf(id);
  const bySubject = Map.groupBy ? Map.groupBy(entries, (e) => e.subject) : group(entries);
  return { pack, entries, of: (subject) => bySubject.get(subject) || [], taken: (subject) => bySubject.get(subject)?.[0]?.fields };
}
function group(entries) {
  const found = new Map();
  for (const e of entries) found.set(e.subject, [...(found.get(e.subject) || []), e]);
  return found;
}
export const missing = (ctx) => [h("h1", {}, say("visits")), h("p", {}, say("not_here")), h("p", {}, h("a", { class: "button", href: "#/" }, say("back")))];

const MAIN = { equipment: null, meters: "value", streams: "amount" };
export const isDone = (v, table, item) => v.of(item.subject).some((e) => (MAIN[table] ? e.fields[MAIN[table]] !== undefined && e.fields[MAIN[table]] !== null : Object.keys(e.fields).length));

export async function home(ctx, id) {
  const v = await visitOf(id);
  if (!v) return missing(ctx);
  const { visit, sheets } = v.pack;
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
      Object.keys(MAIN).filter((t) => sheets[t].length).map((t) => part(`#/visit/${id}/${t}`, say(t), sheets[t].filter((i) => isDone(v, t, i)).length, sheets[t].length)),
      part(`#/visit/${id}/balance`, say("balance"), 0, null), part(`#/visit/${id}/notes`, say("notes"), 0, null)),
    h("p", { id: "visit-unsent" }, waiting ? say("unsent", { count: waiting }) : say("all_sent")),
    ...storage(),
    h("p", { class: "actions" }, button(say("refresh"), () => takeAlong(ctx, id), "quiet"),
      button(say("remove"), async () => {
        if (waiting) return ctx.tell(say("remove_no"), "error", exportButton(ctx));
        await store.removeVisit(id);
        return ctx.go("#/");
      }, "danger")),
  ].filter(Boolean);
}

export async function table(ctx, id, name) {
  const v = await visitOf(id);
  if (!v) return missing(ctx);
  return [
    path(["#/", say("visits")], [`#/visit/${id}`, named(v.pack.visit.firm)]),
    h("h1", {}, say(name)),
    h("ul", { class: "taps" }, v.pack.sheets[name].map((item, n) => {
      const done = isDone(v, name, item);
      const e = v.of(item.subject)[0];
      const said = done && MAIN[name] ? `${shown(e.fields[MAIN[name]], lang())} ${e.fields.unit || item.unit || ""}` : done ? "✓" : say("missing");
      return h("li", {}, h("a", { class: "tap line", href: `#/visit/${id}/${name}/${n}` }, h("span", {}, named(item.name)),
        h("span", { class: `badge ${done ? "good" : ""}` }, said)));
    })),
  ];
}

export async function balances(ctx, id) {
  const v = await visitOf(id);
  if (!v) return missing(ctx);
  const { pack } = v;
  const per = say(`b_${pack.visit.basis}`);
  const place = (subject) => {
    for (const t of ["streams", "meters"]) { const n = pack.sheets[t].findIndex((i) => i.subject === subject); if (n >= 0) return `#/visit/${id}/${t}/${n}`; }
    return null;
  };
  const kg = (n) => `${shown(rounded(n), lang())} kg`;
  const line = (l) => h("li", {}, h("span", {}, l.kg === null && place(l.subject) ? h("a", { class: "tap", href: place(l.subject) }, named(l.name)) : named(l.name)),
    h("span", { class: l.kg === null ? "badge warn" : "num" }, l.kg === null ? say(l.from) : `${kg(l.kg)} · ${say(l.from)}`));
  const one = (b) => {
    const r = balance(b, pack, v.taken);
    const end = r.missing.length
      ? [h("p", { class: "message warning" }, say("close_needs"), " ", r.missing.slice(0, 3).map((m) => named(m.name)).join("; "), r.missing.length > 3 ? ` (+${r.missing.length - 3})` : "")]
      : [h("p", { class: `message ${r.share !== null && Math.abs(r.share) <= 0.05 ? "success" : "warning"}` },
        `${say("gap")}: ${say("gap_text", { gap: shown(rounded(Math.abs(r.gap)) * Math.sign(r.gap), lang()), basis: per, percent: r.share === null ? "–" : shown(Math.round(r.share * 1000) / 10, lang()) })}. `,
        say(r.share !== null && Math.abs(r.share) <= 0.05 ? "gap_fine" : "gap_large"))];
    return h("section", { class: "card balance" }, h("h2", {}, `${named(b.name)} · ${say(b.layer)}`), ...["in", "out"].flatMap((side) => [
      h("h3", {}, `${say(side)}: ${r.lines.some((l) => l.side === side && l.kg !== null) ? kg(r.sum[side]) : "–"}`), h("ul", { class: "sums" }, r.lines.filter((l) => l.side === side).map(line))]), ...end);
  };
  return [path(["#/", say("visits")], [`#/visit/${id}`, named(pack.visit.firm)]), h("h1", {}, say("balance")),
    ...(pack.balances.length ? pack.balances.map(one) : [h("p", {}, say("no_balance"))])];
}

export async function sendPage(ctx, logout = false) {
  const unsent = await store.count();
  const refused = (await store.outbox()).filter((c) => c.state === "refused").length;
  return [
    path(["#/", say("visits")]),
    h("h1", {}, say("send")),
    logout && unsent ? h("p", { class: "message error", role: "alert" }, say("log_out_no", { count: unsent })) : null,
    h("p", { class: "lead" }, unsent ? say("unsent", { count: unsent }) : say("all_sent")),
    refused ? h("p", { class: "message error" }, say("refused", { count: refused })) : null,
    unsent && !navigator.onLine ? h("p", {}, say("send_later")) : null,
    h("p", { class: "actions" }, button(say("send"), async () => {
      ctx.tell(say("sending"));
      const result = await ctx.trySend(true);
      const left = await store.count();
      if (!left) { await ctx.show(); ctx.tell(say("sent"), "success"); }
      else if (result.state === "offline") ctx.tell(say("send_later"), "warning");
    })),
    unsent ? exportButton(ctx) : null,
    h("p", {}, h("label", { class: "button quiet pick" }, say("import"), h("input", { type: "file", accept: ".json", class: "unseen", onchange: async (e) => {
      const file = e.target.files[0];
      if (!file) return;
      let count = null;
      const fine = await ctx.keep(async () => { count = await importFile(file); });
      if (!fine) return;
      await ctx.show();
      ctx.tell(count === null ? say("import_bad") : say("imported", { count }), count === null ? "error" : "success");
    } }))),
    ...storage(),
    h("p", { class: "soft" }, `${say("device")}: ${store.deviceId().slice(0, 8)}`),
    h("p", { class: "actions" }, h("a", { class: "button quiet", href: "/account/logout/", "data-logout": true }, say("log_out"))),
  ].filter(Boolean);
}
