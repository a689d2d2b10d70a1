// Saves a section while it is typed, as its button does: some seconds after the last key, and when the page is left.
// Without this, or where it fails, the buttons save. Two writers at once are told so, and then the buttons decide.
const QUIET = 10_000;
const LONGEST = 60_000;

class Saving {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector("[data-said]");
    this.kept = this.text();
    this.patience = QUIET;
    this.line.textContent = this.line.dataset.said;
    form.addEventListener("input", () => this.later());
    form.addEventListener("submit", (event) => this.hold(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
  }

  fields() {
    return new URLSearchParams(new FormData(this.form));
  }

  text() {
    const fields = this.fields();
    fields.delete("version");
    return fields.toString();
  }

  later() {
    clearTimeout(this.timer);
    this.since ??= Date.now();
    const wait = Math.min(this.patience, Math.max(0, this.since + LONGEST - Date.now()));
    this.timer = setTimeout(() => this.save(), wait);
  }

  async save() {
    clearTimeout(this.timer);
    const text = this.text();
    if (this.running || this.ended || text === this.kept) return;
    this.running = this.send();
    const told = await this.running.catch(() => ({ failed: true }));
    this.running = this.since = null;
    if (told.version) {
      this.form.elements.version.value = told.version;
      this.kept = text;
    }
    this.ended = Boolean(told.problems);
    this.line.textContent = told.said ?? told.problems?.join(" ") ?? this.line.dataset.failed;
    this.patience = told.failed ? Math.min(2 * this.patience, LONGEST) : QUIET;
    if (told.failed || this.text() !== text) this.later();
  }

  async send() {
    const request = { method: "POST", headers: { Accept: "application/json" }, body: this.fields() };
    const answer = await fetch(this.form.action, { ...request, redirect: "error", keepalive: document.hidden });
    return answer.json();
  }

  // What is on its way arrives first, so that nobody is told of their own words as of somebody else's.
  async hold(event) {
    clearTimeout(this.timer);
    if (!this.running) {
      this.ended = true;
      return;
    }
    event.preventDefault();
    await this.running.catch(() => null);
    await Promise.resolve();
    this.ended = true;
    this.form.requestSubmit(event.submitter);
  }
}

for (const form of document.querySelectorAll("form[data-saving]")) new Saving(form);
