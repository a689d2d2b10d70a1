// Marks the page as one where scripts run, before it is drawn, then starts the components.
// Everything on the site works without either. A plain script: modules run only after drawing.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
  const components = import(new URL(document.currentScript.dataset.components, document.baseURI).href);
  document.addEventListener("DOMContentLoaded", async () => (await components).initAll());
}
