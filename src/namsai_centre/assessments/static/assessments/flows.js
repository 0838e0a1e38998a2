// Choose a flow or a place in the picture without loading the page again; every link works without this too.
(() => {
  const box = document.querySelector(".flows"), panel = document.getElementById("picked");
  if (!box || !panel) return;
  const show = (key) => {
    const own = key && document.getElementById(`p-${key}`);
    for (const section of panel.querySelectorAll("section")) section.hidden = section !== own;
    const lights = own ? own.dataset.lights.split(" ") : [];
    for (const link of box.querySelectorAll("svg a")) link.classList.toggle("on", lights.includes(link.dataset.key));
    box.classList.toggle("picked", Boolean(own));
    panel.hidden = !own;
    panel.scrollTop = 0;
    return own;
  };
  const clear = () => { show(""); history.replaceState(null, "", box.dataset.here); };
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest(".flows a[data-key], .flows a[data-close]");
    if (!link) return;
    if (link.hasAttribute("data-close")) clear();
    else if (show(link.dataset.key)) history.replaceState(null, "", `${box.dataset.here}&pick=${encodeURIComponent(link.dataset.key)}`);
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !panel.hidden) clear(); });
})();
