// Passkeys: asks the browser for one, puts its answer into the form that has the button, and sends it.
// The buttons are hidden until this runs; beside each the page offers another way, which needs no script.
const forms = document.querySelectorAll("form[data-passkey]");
const able =
  "PublicKeyCredential" in window &&
  "parseRequestOptionsFromJSON" in PublicKeyCredential &&
  "toJSON" in PublicKeyCredential.prototype;

async function options(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.action, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).request_options;
}

async function made(kind, { publicKey }) {
  if (kind === "create")
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

for (const form of forms) {
  const button = form.querySelector("button"), failed = form.querySelector("[data-failed]");
  form.closest("[data-needs-script]")?.removeAttribute("hidden");
  if (!able) {
    form.hidden = true;
    form.parentElement.querySelector("[data-unable]")?.removeAttribute("hidden");
    continue;
  }
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    failed.hidden = true;
    try {
      const credential = await made(form.dataset.passkey, await options(form));
      form.querySelector("[data-credential]").value = JSON.stringify(credential);
      form.submit();
    } catch {
      failed.hidden = false;
      button.disabled = false;
      failed.focus();
    }
  });
}
