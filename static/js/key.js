// The visitor's own key: kept in one masked field of this page, and written into copied code. Only Try it sends it.
const HINT = "Goes into the code you copy, and nowhere else.";
const hintOf = (host) => (host ? `Goes into the code you copy, and to ${host} when you send. Nowhere else.` : HINT);

export function addKeyFields(root) {
  for (const place of root.querySelectorAll(".snippet-key")) place.append(...fieldFor(place));
}

// The field has no name and no form: nothing submits it. What a browser keeps of a page that is left is without it.
function fieldFor(place) {
  const label = document.createElement("label");
  const field = document.createElement("input");
  const hint = document.createElement("small");
  Object.assign(field, { type: "password", autocomplete: "off", spellcheck: false, placeholder: "Optional" });
  // Password managers would offer to keep what is to be forgotten.
  for (const name of ["data-1p-ignore", "data-lpignore", "data-bwignore"]) field.setAttribute(name, "true");
  hint.id = "snippet-key-hint";
  hint.textContent = hintOf(place.dataset.host);
  field.setAttribute("aria-describedby", hint.id);
  label.append("Your key ", field);
  addEventListener("pagehide", () => (field.value = ""));
  return [label, hint];
}

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

const escaped = (text, pattern, escape) => text.replace(pattern, (letter) => escape(letter));
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
    const escape = (letter) => {
      if (letter === "\\" || letter === mark) return `\\${letter}`;
      const code = letter.codePointAt(0);
      if (code < 0x100) return `\\x${hex(letter, 2)}`;
      return code < 0x10000 ? `\\u${hex(letter, 4)}` : `\\U${hex(letter, 8)}`;
    };
    return mark + escaped(text, /[\\'"]|[^ -~]/gu, (letter) => (/['"]/.test(letter) && letter !== mark ? letter : escape(letter))) + mark;
  },
};
