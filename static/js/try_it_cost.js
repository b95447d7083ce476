// Says what a call cost: what its answer says was used, at the prices that this site's API quotes.
import { readUsage } from "./try_it_usage.js";

// As the pages write it: every digit, and two decimals at least.
const padded = (amount) => amount.replace(/^(\d+)(?:\.(\d*))?$/, (_, whole, part = "") => `${whole}.${part.padEnd(2, "0")}`);
const money = (amount, currency) => (currency === "USD" ? `$${padded(amount)}` : `${padded(amount)} ${currency}`);
const counted = ({ quantity, meter }) => {
  const words = meter.replaceAll("_", " ");
  return `${Number(quantity).toLocaleString("en")} ${quantity === "1" ? words.replace(/s$/, "") : words}`;
};

export async function showCost(call, sent, answer, place, signal) {
  const body = JSON.parse(sent);
  if (typeof body?.model === "string" && body.model !== call.model) {
    return put(place, `The request names ${body.model}, and this page prices ${call.model}: its cost is not reckoned here.`);
  }
  if (answer.task === "failed") return put(place, "The task failed. What fails is not charged.");
  try {
    const found = await quoted(call, body, sent, answer, signal);
    if (!found) put(place, "The answer states no usage, so its cost is not known.");
    else if (found.refusal) put(place, `This catalog cannot price this call: ${found.refusal}`);
    else showQuote(found, place);
  } catch (error) {
    if (!signal.aborted) put(place, `The price could not be asked for: ${error.message}`);
  }
}

// The quote at this site's prices; where those do not price all that was used, at the list prices if they do.
async function quoted(call, body, sent, answer, signal) {
  let first = null;
  for (const price of call.prices) {
    const usage = readUsage({ ...call, ...price }, sent, answer);
    if (!usage) continue;
    const address = `/api/v1/quote?${queryOf(call, price, body, usage)}`;
    const response = await fetch(address, { signal });
    const quote = await response.json();
    const found = response.ok ? { quote, address, kind: price.kind } : { refusal: refusalOf(quote) };
    if (response.ok && quote.total !== null) return found;
    first ??= found;
  }
  return first;
}

// What was used, and what the model's prices look at: the answer goes nowhere, nor does the rest of the body.
function queryOf(call, price, body, usage) {
  const query = new URLSearchParams({ model: call.model, kind: price.kind, ...usage });
  if (call.action) query.set("action", call.action);
  if (typeof body?.service_tier === "string" && body.service_tier !== "auto") query.set("service_tier", body.service_tier);
  for (const name of price.parameters) {
    const value = body?.[name];
    if (["string", "number", "boolean"].includes(typeof value)) query.set(`param.${name}`, value);
  }
  return query;
}

const refusalOf = (problem) =>
  problem.errors?.map((error) => `${error.loc.replace("query.", "")}: ${error.msg}`).join("; ") ?? problem.detail ?? problem.title;

function showQuote({ quote, address, kind }, place) {
  const used = quote.lines.filter((line) => line.quantity !== "0");
  const missing = quote.unpriced_details.map(counted);
  if (!used.length && missing.length) return put(place, `Cost not known: this catalog has no price for ${missing.join(" and ")}.`);
  const total = money(quote.total ?? quote.subtotal, quote.currency);
  const title = document.createElement("strong");
  title.textContent = total;
  const lines = document.createElement("ul");
  for (const line of used) {
    const row = document.createElement("li");
    const tier = line.unheeded.includes("service_tier") ? ", whatever the service tier" : "";
    row.textContent = `${counted(line)} at ${money(line.unit_amount, quote.currency)} per ${line.unit}: ${money(line.amount, quote.currency)}${tier}`;
    lines.append(row);
  }
  const link = document.createElement("a");
  Object.assign(link, { href: address, textContent: "The quote" });
  const note = quote.total === null ? ` without ${missing.join(" and ")}, which have no price in this catalog` : "";
  const line = document.createElement("p");
  const whose = kind === "list" ? "Cost at the list price of the model’s own provider: " : "Cost by the catalog’s prices: ";
  line.append(whose, title, `${note}. `, link);
  place.replaceChildren(line, lines);
}

function put(place, text) {
  const line = document.createElement("p");
  line.textContent = text;
  place.replaceChildren(line);
}
