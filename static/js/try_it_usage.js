// Reads what an answer says was used, by this catalog's meters. They are disjoint: no token is counted twice.
const READERS = { anthropic, openai, gemini, made };
const DONE = ["completed", "success"];

// Meter -> quantity, or null where the answer does not say it.
export function readUsage(call, sent, answer) {
  const parts = documentsOf(answer);
  const used = READERS[call.usage]?.(parts, call, sent);
  const counts = Object.values(used ?? {});
  if (!counts.length || !counts.every((count) => Number.isSafeInteger(count) && count >= 0)) return null;
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

// Cache reads and writes stand beside `input_tokens`. A stream that was cut says only how it began.
function anthropic(parts, _call, sent) {
  const isCut =
    parts.some((part) => part?.type === "message_start") && !parts.some((part) => part?.type === "message_stop");
  const usage = isCut ? null : stated(parts, (part) => part?.usage ?? part?.message?.usage);
  if (!usage) return null;
  const written = usage.cache_creation_input_tokens ?? 0;
  const long = usage.cache_creation?.ephemeral_1h_input_tokens;
  if (written && long === undefined && /"ttl"\s*:\s*"1h"/.test(sent)) return null; // written for how long?
  return {
    input_tokens: usage.input_tokens,
    output_tokens: usage.output_tokens,
    cache_read_tokens: usage.cache_read_input_tokens ?? 0,
    cache_write_5m_tokens: written - (long ?? 0),
    cache_write_1h_tokens: long ?? 0,
    searches: usage.server_tool_use?.web_search_requests ?? 0,
  };
}

// `prompt_tokens` and `input_tokens` hold what was read from and written to the cache, and audio.
function openai(parts, call) {
  const usage = stated(parts, (part) => part?.usage ?? part?.response?.usage);
  if (!usage) return null;
  const into = usage.prompt_tokens_details ?? usage.input_tokens_details ?? {};
  const out = usage.completion_tokens_details ?? usage.output_tokens_details ?? {};
  const [read, written, heard] = [into.cached_tokens ?? 0, into.cache_write_tokens ?? 0, into.audio_tokens ?? 0];
  if (into.cache_write_tokens_details?.ttl_12h_tokens) return null; // no meter counts these
  const counts = {
    input_tokens: (usage.prompt_tokens ?? usage.input_tokens) - read - written - heard,
    output_tokens: (usage.completion_tokens ?? usage.output_tokens ?? 0) - (out.audio_tokens ?? 0),
    cache_read_tokens: read,
    cache_write_5m_tokens: written,
    input_audio_tokens: heard,
    output_audio_tokens: out.audio_tokens ?? 0,
  };
  return withReasoning(counts, out.reasoning_tokens ?? 0, call);
}

// `promptTokenCount` holds what was read from the cache; thoughts stand beside `candidatesTokenCount`.
function gemini(parts, call) {
  const usage = stated(parts, (part) => part?.usageMetadata);
  if (!usage) return null;
  const heard = audioOf(usage.promptTokensDetails);
  const read = usage.cachedContentTokenCount ?? 0;
  const spoken = audioOf(usage.candidatesTokensDetails);
  if (audioOf(usage.cacheTokensDetails)) return null; // audio from the cache: no meter counts it
  const thoughts = usage.thoughtsTokenCount ?? 0;
  const counts = {
    input_tokens: usage.promptTokenCount + (usage.toolUsePromptTokenCount ?? 0) - read - heard,
    output_tokens: (usage.candidatesTokenCount ?? 0) + thoughts - spoken,
    cache_read_tokens: read,
    input_audio_tokens: heard,
    output_audio_tokens: spoken,
  };
  return withReasoning(counts, thoughts, call);
}

const audioOf = (details) =>
  (details ?? []).filter((row) => row.modality === "AUDIO").reduce((sum, row) => sum + row.tokenCount, 0);

// Reasoning is output, unless the model is sold with a price of its own for it.
function withReasoning(counts, reasoning, { meters }) {
  if (!meters.includes("reasoning_tokens")) return counts;
  return { ...counts, output_tokens: counts.output_tokens - reasoning, reasoning_tokens: reasoning };
}

// A media call that has ended is one request, and has made the images that it lists; seconds it does not say.
function made(parts, { protocol, meters }) {
  const [answer] = parts;
  if (!answer || (protocol === "task" && !DONE.includes(answer.status))) return null;
  const known = { requests: 1, images: answer.images?.length };
  return Object.fromEntries(meters.map((meter) => [meter, known[meter]]));
}
