// Shows the contract: every call with its parameters, its body and its answers.

const METHODS = ["get", "post", "put", "patch", "delete"];
const MAX_DEPTH = 6;

const contract = await (await fetch("/api/openapi.json")).json();
const calls = document.querySelector("#calls");
const find = document.querySelector("#find");

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function resolve(schema) {
  const name = schema?.$ref?.split("/").pop();
  return name ? contract.components.schemas[name] : schema;
}

/** A schema as the JSON one would write, with types in the place of values. */
function shape(schema, depth = 0) {
  const resolved = resolve(schema) ?? {};
  if (depth > MAX_DEPTH) return "…";
  const choice = (resolved.oneOf ?? resolved.anyOf)?.find((one) => one.type !== "null");
  if (choice) return shape(choice, depth + 1);
  if (resolved.allOf) return Object.assign({}, ...resolved.allOf.map((part) => shape(part, depth + 1)));
  if (resolved.properties) {
    const required = new Set(resolved.required ?? []);
    const entries = Object.entries(resolved.properties);
    return Object.fromEntries(
      entries.map(([key, value]) => [required.has(key) ? key : `${key}?`, shape(value, depth + 1)]),
    );
  }
  const types = [resolved.type ?? "any"].flat();
  if (types.includes("array")) return [shape(resolved.items, depth + 1)];
  const words = resolved.enum ? resolved.enum.join(" | ") : types.join(" | ");
  return resolved.format ? `${words} (${resolved.format})` : words;
}

function body(title, content) {
  const parts = [];
  for (const [kind, media] of Object.entries(content ?? {})) {
    parts.push(element("h3", `${title} · ${kind}`));
    parts.push(element("pre", JSON.stringify(shape(media.schema), null, 2)));
  }
  return parts;
}

function parameters(call) {
  if (!call.parameters?.length) return [];
  const lines = call.parameters.map((one) => {
    const optional = one.required ? "" : "?";
    return `${one.in}  ${one.name}${optional}: ${shape(one.schema)}  ${one.description ?? ""}`.trimEnd();
  });
  return [element("h3", "Parameters"), element("pre", lines.join("\n"))];
}

function show(path, method, call) {
  const details = element("details");
  const summary = element("summary");
  const heading = [call.summary, call.description].filter(Boolean).join(" ");
  summary.append(element("span", method.toUpperCase(), `method ${method}`), element("code", path));
  summary.append(element("small", heading));
  const inside = element("div");
  inside.append(...parameters(call), ...body("Body", call.requestBody?.content));
  for (const [status, answer] of Object.entries(call.responses ?? {})) {
    const parts = body(status, resolve(answer).content);
    inside.append(...(parts.length ? parts : [element("h3", `${status} · ${answer.description || "no body"}`)]));
  }
  details.append(summary, inside);
  details.dataset.words = `${method} ${path} ${heading}`.toLowerCase();
  return details;
}

function render() {
  const groups = new Map();
  for (const [path, item] of Object.entries(contract.paths)) {
    for (const method of METHODS.filter((one) => item[one])) {
      const tag = item[method].tags?.[0] ?? "Other";
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(show(path, method, item[method]));
    }
  }
  const sections = [...groups].map(([tag, shown]) => {
    const section = element("section");
    section.append(element("h2", tag), ...shown);
    return section;
  });
  calls.replaceChildren(...sections);
}

find.addEventListener("input", () => {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const section of calls.children) {
    const shown = [...section.querySelectorAll("details")];
    for (const one of shown) one.hidden = !words.every((word) => one.dataset.words.includes(word));
    section.hidden = shown.every((one) => one.hidden);
  }
});

render();
