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
for (const strip of document.querySelectorAll(".places")) { // the strip goes sideways, never the page
  const here = strip.querySelector("[aria-current]")?.getBoundingClientRect(), all = strip.getBoundingClientRect();
  if (here) strip.scrollLeft += here.left + here.width / 2 - all.left - all.width / 2;
}
for (const form of document.forms) { // one box shows all passwords of a form
  const boxes = form.querySelectorAll("[data-shows]"), box = boxes[boxes.length - 1];
  if (!box) continue;
  const secrets = form.querySelectorAll("input[type=password]"), show = (type) => secrets.forEach((s) => { s.type = type; });
  box.parentElement.hidden = false;
  box.addEventListener("change", () => show(box.checked ? "text" : "password"));
  form.addEventListener("submit", () => show("password"));
}
for (const button of document.querySelectorAll("[data-copies], [data-shares]")) { // a link or key shown once: copy it, send it on
  const text = document.getElementById(button.dataset.copies || button.dataset.shares).textContent.trim(), share = button.dataset.shares;
  if (share ? !navigator.share : !navigator.clipboard) continue;
  button.hidden = button.parentElement.hidden = false;
  button.addEventListener("click", () => share ? navigator.share({ url: text }).catch(() => {}) : navigator.clipboard.writeText(text).then(() => { button.textContent = button.dataset.done; }));
}
