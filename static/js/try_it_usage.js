// Reads what an answer says was used, by this catalog's meters. They are disjoint: no token is counted twice.
// Which field counts for which meter say the rows of catalog/records/usage_tables.py, which the page brings along.
const READERS = { anthropic, openai, gemini, made };
const DONE = ["completed", "success"];

// Meter -> quantity, or null where the answer does not say it.
export function readUsage(call, sent, answer) {
  const parts = documentsOf(answer);
  const used = READERS[call.usage]?.(parts, call, sent);
  const counts = Object.values(used ?? {});
  if (!counts.length || !counts.every(isCount)) return null;
  return Object.fromEntries(Object.entries(used).filter(([, count], at) => count > 0 || at < 2));
}

// The JSON documents of an answer: itself, or what the events of a stream hold.
export function documentsOf({ text, type }) {
  const texts = type.startsWith("text/event-stream") ? text.split(/\r?\n\r?\n/).map(dataOf) : [text];
  return texts.flatMap((one) => {
    try {
      return JSON.parse(one);
    } catch {
      return []; // "[DONE]", a comment, or no JSON at all
    }
  });
}

function dataOf(event) {
  const lines = event.split(/\r?\n/).filter((line) => line.startsWith("data:"));
  return lines.map((line) => line.slice(5)).join("\n");
}

// What the last part says of a count holds: streams say some counts early, and all of them at the end.
function stated(parts, find) {
  const found = parts.map(find).filter((usage) => usage && typeof usage === "object");
  const said = found.flatMap((usage) => Object.entries(usage).filter(([, count]) => count !== null));
  return found.length ? Object.fromEntries(said) : null;
}

// A stream that was cut says only how it began.
function anthropic(parts, call, sent) {
  const isCut =
    parts.some((part) => part?.type === "message_start") && !parts.some((part) => part?.type === "message_stop");
  const usage = isCut ? null : stated(parts, (part) => part?.usage ?? part?.message?.usage);
  const isLifetimeKnown = usage?.cache_creation?.ephemeral_1h_input_tokens !== undefined;
  if (usage?.cache_creation_input_tokens && !isLifetimeKnown && /"ttl"\s*:\s*"1h"/.test(sent)) return null;
  return counted(usage, call);
}

function openai(parts, call) {
  return counted(
    stated(parts, (part) => part?.usage ?? part?.response?.usage),
    call,
  );
}

function gemini(parts, call) {
  return counted(
    stated(parts, (part) => part?.usageMetadata),
    call,
  );
}

// Each row adds its count to one meter and takes it from the one that includes it; what does not add up is not known.
function counted(usage, { usage_rows: rows, meters }) {
  if (!usage) return null;
  const counts = {};
  for (const row of rows) {
    const count = countOf(row, usage);
    if (count === undefined || row.only_priced?.some((meter) => !meters.includes(meter))) continue;
    if (row.is_beside && !isBeside(row, rows, usage, count)) continue;
    const meter = row.meter ?? "refused";
    counts[meter] = (counts[meter] ?? 0) + count;
    if (row.within) counts[row.within] = (counts[row.within] ?? 0) - count;
  }
  return counts;
}

// Ways to state one count must agree. NaN is a count that is not known, undefined one that is not there.
function countOf(row, usage) {
  const ways = row.paths.map((path) => countAt(usage, path)).filter(({ count }) => count !== undefined);
  const [first] = ways;
  if (!first) return row.is_required ? Number.NaN : undefined;
  const isUnclear = ways.some(({ count, isWhole }) => isWhole && count !== first.count);
  if (isUnclear || (row.refusal && first.count)) return Number.NaN;
  return row.meter ? first.count : undefined;
}

// Reasoning is no part of the output where the total says so, or else where the provider is known for it.
function isBeside(row, rows, usage, count) {
  if (!count) return Number.isNaN(count);
  const total = countAt(usage, "total_tokens").count;
  if (total === undefined) return Boolean(row.is_default);
  const [sent, answered] = rows.slice(0, 2).map(({ paths }) => countAt(usage, paths[0]).count ?? 0);
  return total === sent + answered + count;
}

// The sum of a path's fields, undefined where none is stated; a value that is no count makes it NaN.
function countAt(usage, path) {
  const terms = path.split(" + ").map((term) => {
    const values = term.split(".").reduce((nodes, step) => nodes.flatMap((node) => childrenOf(node, step)), [usage]);
    return values.length ? values.reduce((sum, value) => sum + (isCount(value) ? value : Number.NaN), 0) : undefined;
  });
  const known = terms.filter((term) => term !== undefined);
  const count = known.length ? known.reduce((sum, term) => sum + term, 0) : undefined;
  return { count, isWhole: known.length === terms.length };
}

const isCount = (value) => Number.isSafeInteger(value) && value >= 0 && value < 1e15;

function childrenOf(node, step) {
  const [, key, by, word] = step.match(/^(\w+)(?:\[(\w+)=(\w+)\])?$/);
  const child = node?.[key] ?? undefined;
  if (child === undefined) return typeof node === "object" ? [] : [Number.NaN];
  return by ? (child.filter?.((row) => row?.[by] === word) ?? [Number.NaN]) : [child];
}

// A media call that has ended is one request, and has made the images that it lists; seconds it does not say.
function made(parts, { protocol, meters }) {
  const [answer] = parts;
  if (!answer || (protocol === "task" && !DONE.includes(answer.status))) return null;
  const known = { requests: 1, images: answer.images?.length };
  return Object.fromEntries(meters.map((meter) => [meter, known[meter]]));
}
