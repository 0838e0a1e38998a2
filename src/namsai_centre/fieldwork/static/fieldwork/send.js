// Send what waits, in order, one at a time; every sending may be repeated. Nothing leaves the phone's outbox unless taken.
// Page and worker run the same code; the lock lets only one of them send. Ends with state done, offline, login,
// other_person or failed.
import * as store from "./store.js";

let running = null;

// Who is logged in, the key for sending, the visits that may be taken along. null without network, false without log-in.
export async function state(base) {
  try {
    const answer = await fetch(`${base}state.json`, { redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect") return false;
    return answer.ok ? await answer.json() : null;
  } catch { return null; }
}

export function send(base, again = false) {
  running ??= (navigator.locks ? navigator.locks.request("namsai-send", () => work(base, again)) : work(base, again)).finally(() => { running = null; });
  return running;
}

async function work(base, again) {
  const { changes, pictures } = await store.waiting();
  if (!changes.length && !pictures.length) return { state: "done" };
  const who = await state(base);
  if (who === null) return { state: "offline" };
  if (who === false) return { state: "login" };
  const key = { "X-CSRFToken": who.csrf };
  const off = Math.round((Date.now() - new Date(who.now)) / 60000);
  const result = { state: "done", conflicts: 0, off: Math.abs(off) > 90 ? off : 0 };
  const stopped = new Set(); // visits whose change was refused: what follows it would only be refused as well
  for (const c of changes) {
    if (c.person && c.person.id !== who.person.id) { result.state = "other_person"; result.name = c.person.name; continue; }
    if (c.state === "refused" && !again) continue;
    if (stopped.has(c.visit)) { await store.refused(c, "visit"); continue; }
    const { seq, visit, entry, person, state: s, why, ...body } = c;
    const answer = await put(`${base}${visit}/entries/${entry}/`, { ...key, "Content-Type": "application/json" }, JSON.stringify({ ...body, sent_time: store.localTime() }));
    if (answer.stop) return { ...result, state: answer.stop };
    if (answer.status === 404) { stopped.add(visit); await store.refused(c, "visit"); continue; }
    if (answer.status >= 400) { await store.refused(c, String(answer.status)); continue; }
    if (answer.json.outcome === "conflict") result.conflicts += 1;
    await store.sent(c, answer.json.entry, answer.json.outcome);
  }
  for (const p of pictures) {
    if (p.person && p.person.id !== who.person.id) { result.state = "other_person"; result.name = p.person.name; continue; }
    if (p.state === "refused" && !again) continue;
    const answer = await put(`${base}${p.visit}/photos/${p.digest}/`, { ...key, "Content-Type": "image/jpeg", "X-Subject": p.subject, "X-Device-Time": p.device_time }, p.blob);
    if (answer.stop) return { ...result, state: answer.stop };
    await store.photoSent(p, answer.status < 400 ? "sent" : "refused");
  }
  return result;
}

async function put(address, headers, body) {
  try {
    const answer = await fetch(address, { method: "PUT", headers, body, redirect: "manual" });
    if (answer.type === "opaqueredirect") return { stop: "login" };
    if (answer.status === 403 || answer.status >= 500) return { stop: "failed" };
    return { status: answer.status, json: answer.ok ? await answer.json() : {} };
  } catch { return { stop: "offline" }; }
}
