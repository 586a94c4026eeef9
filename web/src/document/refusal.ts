/** Why the server did not take an item, and at which field of it; "": the item as a whole. Pure. */
export type Refusal = { field: string; title: string };

/** What is said at one of these fields. */
export function problemAt(refusals: Refusal[], ...fields: string[]): string | undefined {
  return refusals.find(({ field }) => fields.includes(field))?.title;
}

/** What is said at none of them. */
export function problemsBeside(refusals: Refusal[], fields: readonly string[]): Refusal[] {
  return refusals.filter(({ field }) => !fields.includes(field));
}
