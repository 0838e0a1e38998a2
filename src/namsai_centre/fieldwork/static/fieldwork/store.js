// What the phone keeps: IndexedDB for packs, entries, changes not sent yet and photos; localStorage for drafts and counts.
// Nothing unsent is ever taken away here but by `sent` (the server has it). The worker runs this too: it has no localStorage.
let db;
const NAME = "namsai-fieldwork";
const local = globalThis.localStorage;

export function open() {
  return new Promise((yes, no) => {
    if (db) { yes(db); return; }
    const ask = indexedDB.open(NAME, 1);
    ask.onupgradeneeded = () => {
      const d = ask.result;
      d.createObjectStore("packs", { keyPath: "id" });
      d.createObjectStore("entries", { keyPath: "id" }).createIndex("visit", "visit");
      d.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true }).createIndex("change", "change", { unique: true });
      d.createObjectStore("photos", { keyPath: "key" }).createIndex("visit", "visit");
      ask.transaction.objectStore("photos").createIndex("state", "state");
    };
    ask.onsuccess = () => { db = ask.result; db.onversionchange = () => { db.close(); db = undefined; }; yes(db); };
    ask.onerror = () => no(ask.error);
  });
}

// Run work(transaction, then) and wait until it is on the disk; any error (a full phone too) undoes all of it.
// `then(request, next)` goes on with what a request found, inside the same transaction.
function inside(stores, mode, work) {
  return new Promise((yes, no) => {
    let out, problem;
    const t = db.transaction(stores, mode, { durability: "strict" });
    const safe = (step) => { try { return step(); } catch (p) { problem = p; t.abort(); return undefined; } };
    t.oncomplete = () => yes(out && "result" in out ? out.result : out);
    t.onabort = () => no(problem || t.error || new DOMException("aborted", "AbortError"));
    out = safe(() => work(t, (request, next) => { request.onsuccess = () => safe(() => next(request.result)); }));
  });
}
const all = (name, index, key) => inside([name], "readonly", (t) => {
  const s = t.objectStore(name);
  return index ? s.index(index).getAll(key) : s.getAll();
});

export const packs = () => all("packs");
let held = null; // the pack that was read last: screens of one visit follow each other
export async function pack(id) {
  if (held?.id !== id) held = await inside(["packs"], "readonly", (t) => t.objectStore("packs").get(id));
  return held;
}
export const entriesOf = (visit) => all("entries", "visit", visit);
export const countOf = (visit) => inside(["entries"], "readonly", (t) => t.objectStore("entries").index("visit").count(visit));
export const outbox = () => all("outbox");
export const photosOf = (visit) => all("photos", "visit", visit);
export const photos = () => all("photos");

export function deviceId() {
  let id = local.getItem("namsai.device");
  if (!id) local.setItem("namsai.device", (id = crypto.randomUUID()));
  return id;
}
export function localTime(at = new Date()) {
  const off = -at.getTimezoneOffset();
  const two = (n) => String(Math.floor(Math.abs(n))).padStart(2, "0");
  const shifted = new Date(at.getTime() + off * 60000).toISOString().slice(0, 19);
  return `${shifted}${off < 0 ? "-" : "+"}${two(off / 60)}:${two(off % 60)}`;
}

// Keep a pack; entries the server knows replace ours, but our unsent changes stay on top of them.
export async function keepPack(found) {
  held = null;
  const waiting = (await outbox()).filter((c) => c.visit === found.visit.id);
  return inside(["packs", "entries"], "readwrite", (t) => {
    const { entries, ...rest } = found;
    t.objectStore("packs").put({ ...rest, id: found.visit.id });
    for (const e of entries) t.objectStore("entries").put(merged(e, found.visit.id, waiting));
  });
}
function merged(e, visit, waiting) {
  const own = waiting.filter((c) => c.entry === e.id);
  const fields = Object.assign({}, e.fields, ...own.map((c) => c.fields));
  return { id: e.id, visit, kind: e.kind, subject: e.subject, base: e.version, mark: e.mark, fields };
}

// Save what changed of one entry: the entry and the change that will be sent, both or neither.
export async function save(visit, person, slot, kind, fields) {
  const change = await inside(["entries", "outbox"], "readwrite", (t, then) => {
    const [entries, outgoing, out] = [t.objectStore("entries"), t.objectStore("outbox"), { result: null }];
    then(entries.get(slot.entry), (before) => then(outgoing.getAll(), (waits) => {
      const patch = {};
      for (const [k, v] of Object.entries(fields)) if ((before?.fields[k] ?? null) !== v) patch[k] = v;
      if (!Object.keys(patch).length) return;
      const last = waits.filter((c) => c.entry === slot.entry).at(-1);
      out.result = {
        change: crypto.randomUUID(), visit, entry: slot.entry, kind, subject: slot.subject, base: before?.base ?? 0,
        after: last?.change ?? null, fields: patch, device: deviceId(), device_time: localTime(), person, state: "waiting",
      };
      entries.put({ id: slot.entry, visit, kind, subject: slot.subject, base: before?.base ?? 0, mark: before?.mark ?? "", fields: { ...before?.fields, ...patch } });
      outgoing.add(out.result);
    }));
    return out;
  });
  if (change) local.removeItem("namsai.exported");
  await count();
  return change;
}

export async function savePhoto(photo) {
  await inside(["photos"], "readwrite", (t) => t.objectStore("photos").put(photo));
  local.removeItem("namsai.exported");
  await count();
}

// The server has a change: take it out of the outbox and stand on the server's version of the entry.
export async function sent(change, entry, outcome) {
  await inside(["outbox", "entries"], "readwrite", (t, then) => {
    t.objectStore("outbox").delete(change.seq);
    if (entry) then(t.objectStore("outbox").getAll(), (waits) => {
      const left = waits.filter((c) => c.entry === change.entry);
      const row = merged(entry, change.visit, left);
      if (outcome === "conflict") row.fields = { ...row.fields, ...Object.assign({}, change.fields, ...left.map((c) => c.fields)) };
      t.objectStore("entries").put(row);
    });
  });
  await count();
}
export async function refused(change, why) {
  await inside(["outbox"], "readwrite", (t) => t.objectStore("outbox").put({ ...change, state: "refused", why }));
  await count();
}
export async function photoSent(photo, state = "sent") {
  await inside(["photos"], "readwrite", (t) => t.objectStore("photos").put({ ...photo, state }));
  await count();
}
// Photos the centre has take no room any more: what is left of them is that they were taken. Returns how many.
export async function dropSentPhotos() {
  const done = (await photos()).filter((p) => p.state === "sent" && p.blob);
  const write = (change) => inside(["photos"], "readwrite", (t) => done.forEach((p) => change(t.objectStore("photos"), p)));
  try { await write((s, p) => s.put({ ...p, blob: null })); } catch { await write((s, p) => s.delete(p.key)); } // no room even for that
  return done.length;
}
export function removeVisit(id) {
  held = null;
  return inside(["packs", "entries", "photos"], "readwrite", (t) => {
    t.objectStore("packs").delete(id);
    for (const name of ["entries", "photos"]) {
      t.objectStore(name).index("visit").getAllKeys(id).onsuccess = (e) => e.target.result.forEach((k) => t.objectStore(name).delete(k));
    }
  });
}
// Put changes and photos of an exported file back (after the storage was cleared).
export async function putBack(changes, pictures) {
  const known = new Set((await outbox()).map((c) => c.change));
  const fresh = changes.filter((c) => !known.has(c.change));
  const bases = new Map();
  for (const visit of new Set(fresh.map((c) => c.visit))) for (const e of await entriesOf(visit)) bases.set(e.id, e);
  await inside(["outbox", "entries", "photos"], "readwrite", (t) => {
    for (const { seq, ...c } of fresh) {
      t.objectStore("outbox").add({ ...c, state: "waiting" });
      const e = bases.get(c.entry) ?? { id: c.entry, visit: c.visit, kind: c.kind, subject: c.subject, base: 0, mark: "", fields: {} };
      e.fields = { ...e.fields, ...c.fields };
      bases.set(c.entry, e);
      t.objectStore("entries").put(e);
    }
    for (const p of pictures) t.objectStore("photos").put(p);
  });
  await count();
  return fresh.length + pictures.length;
}

// How much is not sent: counted, not read; kept in localStorage too, so that any page can refuse a log-out at once.
export async function count() {
  const unsent = await new Promise((yes, no) => {
    const t = db.transaction(["outbox", "photos"]);
    const asks = [t.objectStore("outbox").count(), t.objectStore("photos").count(), t.objectStore("photos").index("state").count("sent")];
    t.oncomplete = () => yes(asks[0].result + asks[1].result - asks[2].result);
    t.onabort = () => no(t.error);
  });
  local?.setItem("namsai.unsent", String(unsent));
  if (!unsent) local?.removeItem("namsai.exported");
  return unsent;
}
// All that is not sent, with the photos.
export async function waiting() {
  return { changes: await outbox(), pictures: (await photos()).filter((p) => p.state !== "sent") };
}
// An export lets a log-out pass until something new is saved.
export const markExported = () => local.setItem("namsai.exported", "1");

// Drafts: what is typed but not saved, by screen; a killed tab loses nothing.
export const draft = (key) => JSON.parse(local.getItem(`namsai.draft.${key}`) || "null");
export function keepDraft(key, values) {
  try { local.setItem(`namsai.draft.${key}`, JSON.stringify(values)); } catch { /* a full phone: the form still holds it */ }
}
export const dropDraft = (key) => local.removeItem(`namsai.draft.${key}`);

export async function room() {
  const kept = (await navigator.storage?.persisted?.()) || (await navigator.storage?.persist?.()) || false;
  const { usage, quota } = (await navigator.storage?.estimate?.()) || {};
  return { kept, usage, quota };
}
