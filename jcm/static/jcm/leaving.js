// Tells of the end of a session two minutes before it. Every page that opens in this browser puts the end off.
const MINUTE = 60_000;
const WARNED = 2;
const SEEN = "jcm-seen";

const notice = document.querySelector("[data-stay]");
const allowed = (Number(notice.dataset.minutes) - WARNED) * MINUTE;
let timer;

function seen() {
  localStorage.setItem(SEEN, String(Date.now()));
  notice.hidden = true;
  watch();
}

function watch() {
  clearTimeout(timer);
  const left = Number(localStorage.getItem(SEEN)) + allowed - Date.now();
  if (left <= 0) notice.hidden = false;
  else timer = setTimeout(watch, left);
}

notice.querySelector("button").addEventListener("click", async () => {
  const answer = await fetch(notice.dataset.stay, { redirect: "error" }).catch(() => null);
  if (answer?.ok) seen();
  else location.reload();
});
addEventListener("storage", (event) => {
  if (event.key !== SEEN) return;
  notice.hidden = true;
  watch();
});
seen();
