// The phone's page: which screen, what is going on (network, unsent), sending by itself.
import * as store from "./store.js";
import * as sending from "./send.js";
import { h, lang, loadWords, other, say, switchTo } from "./words.js";
import * as screens from "./screens.js";
import * as sheets from "./sheets.js";
import * as add from "./add.js";

const body = document.body;
const base = body.dataset.base;
const main = document.getElementById("main");
const top_ = document.getElementById("top");
const drop = h("img", { src: body.dataset.icon, alt: "", width: 24, height: 24 }); // one for all screens: it is decoded once

export const ctx = {
  base, dirty: false, known: undefined, install: null, updated: false, // known: what the server last said of who is logged in
  tell(text, kind = "", ...more) {
    const box = document.getElementById("told");
    if (!box) return; // no screen yet
    box.replaceChildren(h("div", { class: `message ${kind}`, role: kind === "error" ? "alert" : null }, h("p", {}, text), ...more));
    if (kind === "error") box.scrollIntoView({ block: "nearest" });
    clearTimeout(ctx.timer);
    if (kind === "success") ctx.timer = setTimeout(() => box.replaceChildren(), 4000);
  },
  // Save and say so; a full phone is said loudly and the form stays as it is. Returns whether it is kept.
  async keep(work) {
    try {
      await work();
    } catch (problem) {
      if (problem?.name === "QuotaExceededError") ctx.tell(say("full"), "error", await screens.makeRoom(ctx));
      else ctx.tell(say("broken", { text: problem?.message || String(problem) }), "error", screens.exportButton(ctx));
      return false;
    }
    ctx.tell(say("saved"), "success");
    header();
    trySend();
    return true;
  },
  go(hash) { if (location.hash === hash) show(); else location.hash = hash; },
  show: () => show(), header: () => header(), trySend: (again) => trySend(again),
};

function header() {
  const unsent = Number(localStorage.getItem("namsai.unsent") || 0);
  const [code, name] = other();
  const chip = unsent ? say("unsent", { count: unsent }) : say("all_sent");
  top_.replaceChildren(
    h("a", { class: "brand", href: "#/" }, drop, say("brand")),
    h("div", { class: "who" },
      h("a", { class: `badge ${unsent ? "warn" : "good"}`, href: "#/send", id: "unsent" }, `${navigator.onLine ? say("online") : say("offline")} · ${chip}`),
      h("button", { class: "quiet", type: "button", lang: code, onclick: () => { switchTo(code); show(); } }, name)));
}

const ROUTES = [
  [/^#\/$/, () => screens.list(ctx)],
  [/^#\/send$/, () => screens.sendPage(ctx)],
  [/^#\/logout$/, () => screens.sendPage(ctx, true)],
  [/^#\/visit\/([\w-]+)$/, (id) => screens.home(ctx, id)],
  [/^#\/visit\/([\w-]+)\/balance$/, (id) => screens.balances(ctx, id)],
  [/^#\/visit\/([\w-]+)\/notes$/, (id) => sheets.notes(ctx, id)],
  [/^#\/visit\/([\w-]+)\/check\/([\w-]+)$/, (id, key) => sheets.checklist(ctx, id, key)],
  [/^#\/visit\/([\w-]+)\/(equipment|meters|streams)$/, (id, table) => screens.table(ctx, id, table)],
  [/^#\/visit\/([\w-]+)\/(equipment|meters|streams)\/new$/, (id, table) => add.found(ctx, id, table)],
  [/^#\/visit\/([\w-]+)\/(equipment|meters|streams)\/(\d+)(?:\/([\w-]+))?$/, (id, table, n, entry) => sheets[table](ctx, id, Number(n), entry)],
];
let shown = 0;

async function show() {
  const hash = location.hash || "#/";
  const mine = ++shown;
  main.setAttribute("aria-busy", "true"); // dims after a moment: a tap is answered even where the phone is slow
  const route = ROUTES.find(([re]) => re.test(hash)) || ROUTES[0];
  const nodes = await route[1](...(hash.match(route[0]) || []).slice(1));
  if (mine !== shown) return; // another screen was asked for meanwhile
  ctx.dirty = false;
  main.removeAttribute("aria-busy");
  main.replaceChildren(h("div", { id: "told", "aria-live": "polite" }), ...nodes);
  const title = main.querySelector("h1");
  document.title = `${title?.textContent || ""} · ${say("name")}`;
  title?.setAttribute("tabindex", "-1");
  header(); // before focus and scroll: the page is laid out once
  if (mine > 1) title?.focus({ preventScroll: true });
  window.scrollTo(0, 0);
  body.dataset.screen = hash;
}

async function trySend(again = false) {
  const before = await store.count();
  const result = await sending.send(base, again);
  await afterSend(result, before);
  if (before && ["offline", "failed"].includes(result.state)) wakeLater();
  return result;
}

// Say what came of a sending, by this page or by the worker.
async function afterSend(result, before) {
  const left = await store.count();
  header();
  if (result.state === "offline" || !before) return;
  if (left !== before && /^#\/(send|logout)$/.test(location.hash)) await show();
  const refused = (await store.outbox()).filter((c) => c.state === "refused").length;
  if (refused) ctx.tell(say("refused", { count: refused }), "error", screens.exportButton(ctx));
  else if (result.conflicts) ctx.tell(say("conflicts", { count: result.conflicts }), "warning");
  else if (result.state === "login") ctx.tell(say("login"), "warning", screens.loginLink());
  else if (result.state === "other_person") ctx.tell(say("other_person", { count: before, name: result.name }), "warning", screens.exportButton(ctx));
  else if (result.state === "failed") ctx.tell(say("failed"), "warning");
  else if (result.off) ctx.tell(say("clock_off", { minutes: result.off }), "warning");
  else if (!left && location.hash === "#/send") ctx.tell(say("sent"), "success");
}

// Ask the browser to wake the worker when there is network, even when this page is closed by then.
async function wakeLater() {
  try { await (await navigator.serviceWorker?.ready)?.sync?.register("namsai-send"); } catch { /* not in this browser: sent when the page is open */ }
}

window.addEventListener("hashchange", show);
for (const name of ["online", "offline"]) window.addEventListener(name, () => { header(); trySend(); });
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") trySend();
  else if (Number(localStorage.getItem("namsai.unsent"))) wakeLater();
});
setInterval(() => { if (navigator.onLine) trySend(); }, 60000);
window.addEventListener("beforeunload", (event) => { if (ctx.dirty) event.preventDefault(); });
window.addEventListener("beforeinstallprompt", (event) => { event.preventDefault(); ctx.install = event; if ((location.hash || "#/") === "#/" && !ctx.dirty) show(); });
window.addEventListener("appinstalled", () => { ctx.install = null; });
addEventListener("click", (event) => { // a log-out is refused while something is neither sent nor exported
  if (event.target.closest?.("a[data-logout]") && Number(localStorage.getItem("namsai.unsent")) && !localStorage.getItem("namsai.exported")) {
    event.preventDefault();
    ctx.go("#/logout");
  }
}, true);

function worker() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  serviceWorker.addEventListener("message", ({ data }) => { // localStorage still holds the count of before
    if (data?.sent) afterSend(data.sent, Number(localStorage.getItem("namsai.unsent") || 0));
  });
  if (serviceWorker.controller) serviceWorker.addEventListener("controllerchange", () => { ctx.updated = true; ctx.tell(say("update"), "", screens.updateButton()); });
  serviceWorker.register(body.dataset.worker, { scope: "/visits/" }).catch(() => {});
}

async function start() {
  worker();
  await Promise.all([loadWords(body.dataset.texts), store.open()]);
  await show();
  body.dataset.ready = lang();
  trySend();
}
start();
