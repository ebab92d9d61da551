// The line to the server: what has been reached leaves this device at once, or as soon as it can, and never twice.
//
// Every report is kept on the device until the server has it. Reports carry the opening of the player and a count
// within it, so that the server tells a second copy from a new one, and a forgotten window from the one in use.

const SOON = 600; // ms: several values that a package sets together are one report
const PATIENCE = [1, 2, 4, 8, 15, 30, 60]; // seconds between attempts while the line is lost

const wait = (seconds) =>
  new Promise((resolve) => {
    const timer = setTimeout(done, seconds * 1000);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    }
    addEventListener("online", done);
  });

class Kept {
  // What has not arrived yet. The page of the site around the player keeps it: browsers give a frame of another
  // origin a storage of its own, one for a while, or none. A player in a window of its own keeps it itself.
  constructor(store) {
    this.store = store;
    this.content = { reports: {}, statements: [] };
  }

  async read() {
    try {
      this.content = JSON.parse(await this.store.read()) ?? this.content;
    } catch {
      // Nothing kept.
    }
  }

  get isEmpty() {
    return !Object.keys(this.content.reports).length && !this.content.statements.length;
  }

  write() {
    this.store.write(this.isEmpty ? "" : JSON.stringify(this.content));
  }
}

export class Line {
  // `tell(word)` shows how saving stands, `standing({done, points, passed})` the result; `renew()` asks for a new ticket.
  constructor({ address, store, tell, standing, renew }) {
    Object.assign(this, { address, tell, standing, renew });
    this.kept = new Kept(store);
    this.opening = 0;
    this.sequence = 0;
    this.isSuperseded = false;
    this.sending = null;
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.flush());
  }

  // First what an earlier visit could not send, then what the server has.
  async open() {
    await this.kept.read();
    await this.flush();
    for (let turn = 0; ; turn += 1) {
      const answer = await this.post("open/", {});
      if (answer?.ok) {
        const opened = await answer.json();
        this.opening = opened.opening;
        this.tell("");
        return opened;
      }
      await this.recover(answer, turn);
    }
  }

  put(item, state) {
    if (this.isSuperseded) return;
    const text = JSON.stringify(state);
    if (this.last?.item === item && this.last.text === text) return;
    this.last = { item, text };
    this.sequence += 1;
    this.kept.content.reports[item] = { opening: this.opening, sequence: this.sequence, item, state };
    this.soon();
  }

  say(statement) {
    if (this.isSuperseded) return;
    const room = this.kept.content.statements;
    if (room.length < 500) room.push({ ...statement, id: crypto.randomUUID?.() ?? randomId() });
    this.soon();
  }

  soon() {
    this.kept.write();
    this.tell("saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), SOON);
  }

  flush() {
    this.sending ??= this.sendAll().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  async sendAll() {
    for (let turn = 0; !this.kept.isEmpty && !this.isSuperseded; ) {
      const report = this.next();
      if (!report) return;
      const answer = await this.post("report/", report);
      if (answer?.ok || answer?.status === 409 || answer?.status === 400) {
        turn = 0;
        this.arrived(report);
        await this.heard(answer);
      } else {
        await this.recover(answer, turn);
        turn += 1;
      }
    }
    if (!this.isSuperseded && this.opening) this.tell("saved");
  }

  // One part's state with the statements that wait. Statements alone wait for the next state.
  next() {
    const report = Object.values(this.kept.content.reports)[0];
    return report && { ...report, statements: this.kept.content.statements.slice(0, 100) };
  }

  arrived(report) {
    const { reports, statements } = this.kept.content;
    if (reports[report.item]?.sequence === report.sequence && reports[report.item]?.opening === report.opening) {
      delete reports[report.item];
    }
    const sent = new Set(report.statements.map((statement) => statement.id));
    this.kept.content.statements = statements.filter((statement) => !sent.has(statement.id));
    this.kept.write();
  }

  async heard(answer) {
    if (answer.status === 409 && this.opening) {
      this.isSuperseded = true;
      this.tell("elsewhere");
    }
    if (answer.status !== 400) this.standing(await answer.json());
  }

  async recover(answer, turn) {
    if (answer?.status === 401) {
      const fresh = await this.renew();
      if (fresh) {
        this.address = fresh;
        return;
      }
      this.tell("ended");
    } else {
      this.tell(answer?.status === 404 ? "ended" : "lost");
    }
    await wait(PATIENCE[Math.min(turn, PATIENCE.length - 1)]);
  }

  // Null where the line is lost or the server breaks.
  async post(word, body) {
    try {
      return await fetch(this.address + word, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        credentials: "omit",
      });
    } catch {
      return null;
    }
  }

  // The page goes: browsers still carry 64 KB for it. What is larger waits in the storage for the next visit.
  leave() {
    const report = !this.isSuperseded && this.next();
    if (!report) return;
    this.kept.write();
    const body = JSON.stringify(report);
    if (body.length < 60_000) navigator.sendBeacon(`${this.address}report/`, new Blob([body], { type: "application/json" }));
  }
}

// Where the page is not served securely (a trial in a local network) there is no randomUUID.
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
