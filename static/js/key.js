// Writes the visitor's own key into copied code, quoted as its language needs it.

// What is copied of a code: with the key where the server says that the code reads it, else as it stands.
export function withKey(code) {
  const text = code.textContent;
  const { keyAt, keyText, keyBefore, keyQuoting } = code.closest(".snippet-tab")?.dataset ?? {};
  const key = code.closest(".snippet")?.querySelector(".snippet-key input")?.value.trim();
  const places = keyAt?.split(" ").map(Number) ?? [];
  const quote = QUOTES[keyQuoting];
  if (!key || !quote || !places.every((at) => text.startsWith(keyText, at))) return { text, hasKey: false };
  const put = (done, at) => done.slice(0, at) + quote(keyBefore + key) + done.slice(at + keyText.length);
  return { text: places.reduceRight(put, text), hasKey: true };
}

const escaped = (text, pattern, write) => text.replace(pattern, (letter) => write(letter));
const hex = (letter, digits) => letter.codePointAt(0).toString(16).padStart(digits, "0");

const SHORT = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const quoted = (text, special, wide) =>
  `"${escaped(text, special, (letter) => SHORT[letter] ?? (/[ -~]/.test(letter) ? `\\${letter}` : wide(letter)))}"`;
const four = (letter) => `\\u${hex(letter, 4)}`;
const braced = (letter) => `\\u{${hex(letter, 1)}}`;

// The rules are those of the server's literals: shlex.quote, python_literal, javascript_literal and so on.
export const forBash = (text) => `'${text.replaceAll("'", `'"'"'`)}'`;
const QUOTES = {
  bash: forBash,
  go: (text) => quoted(text, /[\\"]|[^ -~]/gu, (letter) => (letter.length > 1 ? `\\U${hex(letter, 8)}` : four(letter))),
  javascript: (text) => escaped(JSON.stringify(text), /[<>&]|[^\0-~]/g, (letter) => `\\u${hex(letter, 4)}`),
  php: (text) =>
    /^[ -~]*$/.test(text) ? `'${text.replace(/[\\']/g, "\\$&")}'` : quoted(text, /[\\"$]|[^ -~]/gu, braced),
  ruby: (text) =>
    quoted(text, /[\\"]|#(?=[{$@])|[^ -~]/gu, (letter) => (letter.length > 1 ? braced(letter) : four(letter))),
  python: (text) => {
    const mark = text.includes('"') ? "'" : '"';
    const written = (letter) => {
      if (letter === "\\" || letter === mark) return `\\${letter}`;
      const code = letter.codePointAt(0);
      if (code < 0x100) return `\\x${hex(letter, 2)}`;
      return code < 0x10000 ? `\\u${hex(letter, 4)}` : `\\U${hex(letter, 8)}`;
    };
    return (
      mark +
      escaped(text, /[\\'"]|[^ -~]/gu, (letter) =>
        /['"]/.test(letter) && letter !== mark ? letter : written(letter),
      ) +
      mark
    );
  },
};
