// Finds where a text stops being JSON; browsers tell it differently, or not at all.
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON refuses them within a text
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = new RegExp(`${TEXT.source}|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null`, "y");
const SPACE = /[ \t\n\r]*/y;

// Line and column, from 1, of the first token that is wrong, or null where the whole text is JSON.
export function whereJsonEnds(text) {
  try {
    JSON.parse(text);
    return null;
  } catch {
    const before = text.slice(0, faultOf(text)).split("\n");
    return { line: before.length, column: before.at(-1).length + 1 };
  }
}

function faultOf(text) {
  let at = 0;
  const take = (pattern) => {
    pattern.lastIndex = at;
    const isFound = pattern.test(text);
    if (isFound) at = pattern.lastIndex;
    return isFound;
  };
  const sign = (letter) => take(SPACE) && text[at] === letter && ++at > 0;
  const entries = (end, entry) => {
    if (sign(end)) return true;
    do if (!entry()) return false;
    while (sign(","));
    return sign(end);
  };
  const member = () => take(SPACE) && take(TEXT) && sign(":") && value();
  const value = () => (sign("{") ? entries("}", member) : sign("[") ? entries("]", value) : take(SCALAR));
  if (value()) take(SPACE);
  return at;
}
