// What changed between two states of a text field: one piece was replaced by another.

const isHigh = (text, at) => at >= 0 && (text.charCodeAt(at) & 0xfc00) === 0xd800;
const isLow = (text, at) => at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00;

// `caret`: where it stands now. Of several readings (one more “a” in “aaa”) the one that ends there is meant.
// A letter outside the basic plane (an emoji) is two units; it is never cut in two.
export function difference(before, after, caret) {
  const most = Math.min(before.length, after.length);
  const same = (back) => before[before.length - 1 - back] === after[after.length - 1 - back];
  let tail = 0;
  while (tail < Math.min(most, after.length - caret) && same(tail)) tail += 1;
  let head = 0;
  while (head < most - tail && before[head] === after[head]) head += 1;
  while (tail < most - head && same(tail)) tail += 1;
  if (head && (isHigh(before, head - 1) || isHigh(after, head - 1))) head -= 1;
  if (tail && (isLow(before, before.length - tail) || isLow(after, after.length - tail))) tail -= 1;
  return { start: head, gone: before.length - head - tail, text: after.slice(head, after.length - tail) };
}
