// What was written and the server does not have yet, kept in this browser: for one text, one person, one opened page.
// A page opened later sends what an earlier one could not.

const MARK = "biosint-pad-";

export const toText = (bytes) => {
  let letters = "";
  for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(letters);
};

export const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// crypto.randomUUID is missing where a page came without TLS.
export function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export class Kept {
  constructor(pad, person) {
    this.group = `${MARK}${pad}-${person}-`;
    this.place = this.group + freshKey();
    this.adopted = [];
  }

  // [[key, bytes], …] of earlier pages of this person.
  earlier() {
    const found = [];
    try {
      for (const place of Object.keys(localStorage).filter((name) => name.startsWith(this.group))) {
        for (const [key, content] of JSON.parse(localStorage.getItem(place))) found.push([key, toBytes(content)]);
        this.adopted.push(place);
      }
    } catch {
      // No storage here (private window), or something in it that is not ours: nothing is kept.
    }
    return found;
  }

  save(items) {
    try {
      if (items.length) localStorage.setItem(this.place, JSON.stringify(items.map(([key, bytes]) => [key, toText(bytes)])));
      else for (const place of [this.place, ...this.adopted.splice(0)]) localStorage.removeItem(place);
    } catch {
      // A full or closed storage must not stop anybody from writing.
    }
  }
}
