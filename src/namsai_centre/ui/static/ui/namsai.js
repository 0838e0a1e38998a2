// Small comforts; every page works without them.
document.addEventListener("submit", (event) => { // field work: no log-out while a phone holds what is neither sent nor exported
  if (!new URL(event.target.action, location).pathname.endsWith("/account/logout/")) return;
  const unsent = Number(localStorage.getItem("namsai.unsent"));
  if (unsent && !localStorage.getItem("namsai.exported")) { event.preventDefault(); event.stopImmediatePropagation(); location.assign("/visits/phone/#/logout"); }
  else if (!unsent) indexedDB.deleteDatabase("namsai-fieldwork");
}, true);
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post") { form.dataset.sent = "1"; setTimeout(() => delete form.dataset.sent, 8000); }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent));
