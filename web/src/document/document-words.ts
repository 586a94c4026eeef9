import type { DocumentRef, LinkKind, ReadingState, Secrecy, UnitMatch } from "../api/documents.ts";
import { formatDate, formatPeriod } from "../format/format.ts";
import { midSentence } from "../format/periods.ts";
import type { Speak, Word } from "../words/words.tsx";
import type { Level } from "./chain-layout.ts";

export const secrecies: Record<Secrecy, Word> = {
  normal: "secrecyNormal",
  confidential: "secrecyConfidential",
  secret: "secrecySecret",
  top_secret: "secrecyTopSecret",
};

/** As said of the document that is looked at: "căn cứ" X; and of the other that stands on it. */
export const linkWords: Record<LinkKind, { to: Word; from: Word }> = {
  based_on: { to: "linkBasedOn", from: "linkGroundOf" },
  carries_out: { to: "linkCarriesOut", from: "linkCarriedOutBy" },
  replaces: { to: "linkReplaces", from: "linkReplacedBy" },
  amends: { to: "linkAmends", from: "linkAmendedBy" },
};
export const linkKinds = Object.keys(linkWords) as LinkKind[];

export const levelWords: Record<Level, Word> = {
  central: "levelCentral",
  government: "levelGovernment",
  party: "levelParty",
  ministry: "levelMinistry",
  province: "levelProvince",
  department: "levelDepartment",
  commune: "levelCommune",
  other: "levelOther",
};

export const readingStates: Record<ReadingState, Word> = {
  waiting: "readingWaiting",
  running: "readingRunning",
  done: "readingDone",
  failed: "readingFailed",
};

export const groupWords: Record<NonNullable<UnitMatch["group"]>, Word> = {
  departments: "groupDepartments",
  communes: "groupCommunes",
  provinces: "groupProvinces",
  ministries: "groupMinistries",
  all: "groupAllUnits",
};


/** "Công văn 2203-CV/VPTW", or the kind alone while it has no number. */
export function nameOf(document: Pick<DocumentRef, "number"> & { type: string | null }, t: Speak): string {
  return [document.type || t("documentOne"), document.number || t("documentUnnumbered")].join(" ");
}

/** 6/5/2026, or the month alone when the day was left blank. */
export function dayOf(document: { date: string | null; month?: string | null }, t: Speak): string {
  if (document.date) return formatDate(document.date);
  return document.month ? midSentence(formatPeriod(document.month, t)) : "";
}
