// Sends a chosen document while the rest of the form is filled in: piece by piece, so that a lost connection loses
// nothing, and checked at once. Without this the form sends the file itself, which it also does when this fails.
const PIECE = 1024 * 1024;
const MEGABYTE = 1024 * 1024;
const LONGEST_WAIT = 30_000;

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

class Refused extends Error {
  constructor(problems) {
    super("refused");
    this.problems = problems;
  }
}

class Sending {
  constructor(sheet, file) {
    this.file = file;
    this.sheet = sheet;
    this.stopped = new AbortController();
  }

  async run() {
    const about = new URLSearchParams({ kind: this.sheet.kind, name: this.file.name, size: this.file.size });
    let state = await this.ask(this.sheet.address, { method: "POST", body: about });
    this.address = state.url;
    let wait = 1000;
    while (state.progress === "coming") {
      this.sheet.tell(state.received + PIECE < this.file.size ? "sending" : "checking", this.file, state.received);
      try {
        state = await this.piece(state.received);
        wait = 1000;
      } catch (error) {
        if (error instanceof Refused || this.stopped.signal.aborted) throw error;
        this.sheet.tell("waiting", this.file, state.received);
        await sleep(wait);
        wait = Math.min(2 * wait, LONGEST_WAIT);
        state = await this.ask(this.address, { method: "GET" }).catch((again) => {
          if (again instanceof Refused) throw again;
          return state;
        });
      }
    }
    if (state.problems.length) throw new Refused(state.problems);
    return state.token;
  }

  piece(from) {
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(from) };
    return this.ask(this.address, { method: "PATCH", headers, body: this.file.slice(from, from + PIECE) });
  }

  // The answer of the site. A refusal is told; anything else that goes wrong may go better the next time.
  async ask(address, { headers = {}, ...request }) {
    const all = { ...headers, "X-CSRFToken": this.sheet.key, Accept: "application/json" };
    const answer = await fetch(address, { ...request, headers: all, signal: this.stopped.signal });
    const told = await answer.json();
    if (answer.status === 409 && this.address) return this.ask(this.address, { method: "GET" });
    // What cannot be done now, 503, is tried again as after a lost connection.
    if (told.problems?.length && !answer.ok && answer.status !== 503) throw new Refused(told.problems);
    if (!answer.ok) throw new Error(String(answer.status));
    return told;
  }

  stop() {
    this.stopped.abort();
    if (this.address) fetch(this.address, { method: "DELETE", headers: { "X-CSRFToken": this.sheet.key } }).catch(() => {});
  }
}

class Sheet {
  constructor(element) {
    this.address = element.dataset.uploads;
    this.kind = element.dataset.kind;
    this.input = element.querySelector("input[type=file]");
    this.group = this.input.closest(".govuk-form-group");
    this.panel = element.querySelector(".jcm-upload");
    this.bar = this.panel.querySelector("progress");
    this.state = this.panel.querySelector("[role=status]");
    this.token = this.input.form.elements[`${this.kind}_upload`];
    this.key = this.input.form.elements.csrfmiddlewaretoken.value;
    this.button = this.panel.querySelector("button");
    this.input.addEventListener("change", () => this.begin());
    this.button.addEventListener("click", () => this.reset());
    // What the browser kept of an earlier visit is chosen again, not sent again.
    this.name = this.input.name;
  }

  async begin() {
    const file = this.input.files[0];
    this.forget();
    if (!file) return;
    const sending = new Sending(this, file);
    this.sending = sending;
    this.button.hidden = false;
    try {
      const token = await sending.run();
      if (this.sending !== sending) return;
      this.token.value = token;
      // The file has come in: the form need not send it once more.
      this.input.removeAttribute("name");
      this.tell("ready", file, file.size);
    } catch (error) {
      if (this.sending !== sending) return;
      if (error instanceof Refused) this.refuse(file, error.problems);
      else if (!sending.stopped.signal.aborted) this.tell("failed", file, 0);
    }
    this.button.hidden = true;
  }

  refuse(file, problems) {
    this.tell("refused", file, 0);
    this.input.value = "";
    this.group.classList.add("govuk-form-group--error");
    this.input.setAttribute("aria-invalid", "true");
    for (const problem of problems) {
      const line = document.createElement("p");
      line.className = "govuk-error-message jcm-upload__problem";
      const text = problem.text.charAt(0).toUpperCase() + problem.text.slice(1);
      line.append(text, " ");
      const code = document.createElement("span");
      code.className = "jcm-code";
      code.append(problem.code);
      line.append(code);
      this.input.before(line);
    }
  }

  tell(what, file, received) {
    const percent = Math.floor((100 * received) / Math.max(file.size, 1));
    const size = (file.size / MEGABYTE).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    this.panel.hidden = false;
    this.bar.hidden = !["sending", "checking", "waiting"].includes(what);
    this.bar.value = percent;
    const words = this.panel.dataset[what].replace("NAME", file.name).replace("SIZE", size);
    // Readers of the screen hear of every quarter, not of every piece.
    const said = words.replace("PERCENT", String(percent - (percent % 25)));
    if (this.state.textContent !== said) this.state.textContent = said;
  }

  reset() {
    this.input.value = "";
    this.forget();
    this.panel.hidden = true;
    this.input.focus();
  }

  forget() {
    this.sending?.stop();
    this.sending = undefined;
    this.token.value = "";
    this.input.name = this.name;
    this.group.classList.remove("govuk-form-group--error");
    this.input.removeAttribute("aria-invalid");
    for (const line of this.group.querySelectorAll(".jcm-upload__problem")) line.remove();
  }
}

for (const element of document.querySelectorAll("[data-uploads]")) new Sheet(element);
