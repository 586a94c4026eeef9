import type { Secrecy } from "../api/documents.ts";

const levels: Secrecy[] = ["normal", "confidential", "secret", "top_secret"];

/** Of a document above the approved level only number, date and deadline are kept. Pure. */
export function isAbove(secrecy: Secrecy, approved: Secrecy): boolean {
  return levels.indexOf(secrecy) > levels.indexOf(approved);
}
