// Says what a call cost: what its answer says was used, at the prices that this site's API quotes.
import { say } from "./code.js";
import { readUsage } from "./try_it_usage.js";

// As the pages write it: every digit, and two decimals at least.
const padded = (amount) =>
  amount.replace(/^(\d+)(?:\.(\d*))?$/, (_, whole, part = "") => `${whole}.${part.padEnd(2, "0")}`);
const money = (amount, currency) => (currency === "USD" ? `$${padded(amount)}` : `${padded(amount)} ${currency}`);
const counted = ({ quantity, meter }) => {
  const words = meter.replaceAll("_", " ");
  return `${Number(quantity).toLocaleString("en")} ${quantity === "1" ? words.replace(/s$/, "") : words}`;
};

const listed = (words) => words.join(` ${say("and")} `);

export async function showCost(call, sent, answer, place, signal) {
  const body = JSON.parse(sent);
  if (typeof body?.model === "string" && body.model !== call.model) {
    const names = { named: body.model, model: call.model };
    return put(
      place,
      say("The request names {named}, and this page prices {model}: its cost is not computed here.", names),
    );
  }
  if (answer.task === "failed") return put(place, say("The task failed. What fails is not charged."));
  try {
    const found = await quoted(call, body, sent, answer, signal);
    if (!found) put(place, say("The answer states no usage, so its cost is not known."));
    else if (found.refusal) put(place, say("This catalog cannot price this call: {refusal}", found));
    else showQuote(found, place);
  } catch (error) {
    if (!signal.aborted) put(place, say("The price could not be asked for: {message}", { message: error.message }));
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
  if (typeof body?.service_tier === "string" && body.service_tier !== "auto")
    query.set("service_tier", body.service_tier);
  for (const name of price.parameters) {
    const value = body?.[name];
    if (["string", "number", "boolean"].includes(typeof value)) query.set(`param.${name}`, value);
  }
  return query;
}

const refusalOf = (problem) =>
  problem.errors?.map((error) => `${error.loc.replace("query.", "")}: ${error.msg}`).join("; ") ??
  problem.detail ??
  problem.title;

function showQuote({ quote, address, kind }, place) {
  const used = quote.lines.filter((line) => line.quantity !== "0");
  const missing = quote.unpriced_details.map(counted);
  if (!used.length && missing.length)
    return put(place, say("Cost not known: this catalog has no price for {meters}.", { meters: listed(missing) }));
  const total = money(quote.total ?? quote.subtotal, quote.currency);
  const title = document.createElement("strong");
  title.textContent = total;
  const lines = document.createElement("ul");
  for (const line of used) {
    const row = document.createElement("li");
    const [each, amount] = [line.unit_amount, line.amount].map((number) => money(number, quote.currency));
    const unit = line.unit_is_inferred ? say("{unit} (unit inferred)", line) : line.unit;
    const values = { count: counted(line), each, unit, amount };
    row.textContent = line.unheeded.includes("service_tier")
      ? say("{count} at {each} per {unit}: {amount}, whatever the service tier", values)
      : say("{count} at {each} per {unit}: {amount}", values);
    lines.append(row);
  }
  const link = document.createElement("a");
  Object.assign(link, { href: address, textContent: say("The quote") });
  const without = { meters: listed(missing) };
  const note = quote.total === null ? say("without {meters}, which have no price in this catalog", without) : "";
  const line = document.createElement("p");
  const whose =
    kind === "list" ? say("Cost at the list price of the model's own provider:") : say("Cost by the catalog's prices:");
  line.append(`${whose} `, title, `${note && ` ${note}`}. `, link);
  const warnings = quote.warnings.map(({ message }) => {
    const warning = document.createElement("p");
    warning.textContent = message;
    return warning;
  });
  place.replaceChildren(line, lines, ...warnings);
}

function put(place, text) {
  const line = document.createElement("p");
  line.textContent = text;
  place.replaceChildren(line);
}
