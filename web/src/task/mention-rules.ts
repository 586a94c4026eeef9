import type { Person } from "../api/types.ts";

/** Those of the people chosen whose names still stand in the text, behind an @. */
export function mentionsIn(text: string, picked: Person[]): string[] {
  const ids = picked.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id);
  return [...new Set(ids)];
}
