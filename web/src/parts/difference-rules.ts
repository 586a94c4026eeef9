export type Difference = { path: string; before: string | null; after: string | null };

type Flat = Map<string, string>;

function flatten(value: unknown, path: string, into: Flat) {
  if (value === null || value === undefined) return;
  if (typeof value !== "object") {
    into.set(path || "·", typeof value === "string" ? value : JSON.stringify(value));
    return;
  }
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
    into.set(path || "·", value.join(", "));
    return;
  }
  for (const [name, member] of Object.entries(value)) flatten(member, path ? `${path}.${name}` : name, into);
}

/** What differs between two JSON values, by path; a state that is null had none of it. */
export function differences(before: unknown, after: unknown): Difference[] {
  const old: Flat = new Map();
  const fresh: Flat = new Map();
  flatten(before, "", old);
  flatten(after, "", fresh);
  const paths = [...new Set([...old.keys(), ...fresh.keys()])];
  return paths
    .map((path) => ({ path, before: old.get(path) ?? null, after: fresh.get(path) ?? null }))
    .filter((row) => row.before !== row.after);
}
