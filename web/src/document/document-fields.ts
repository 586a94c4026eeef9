import type { DocumentDetail, DocumentInput, LinkKind, Secrecy } from "../api/documents.ts";
import { deadlineBefore, deadlineParts } from "./correction.ts";
import { documentTypes } from "../words/letters.ts";

/** A document as the form holds it. Pure. */
export type DocumentFields = {
  unit_id: string | null;
  number: string;
  type: string;
  issuer: string;
  superior: string;
  place: string;
  date: string | null;
  subject: string;
  prefix: string;
  position: string;
  signer: string;
  addressees: string[];
  recipients: string[];
  secrecy: Secrecy;
  due: string | null;
  due_hour: string;
  arrived: boolean;
  arrived_on: string | null;
  arrival_number: number | null;
  references: { kind: LinkKind; number: string; type: string; date: string | null }[];
};

export function blankFields(unit: string, today: string): DocumentFields {
  return {
    unit_id: unit,
    number: "",
    type: documentTypes[0]!,
    issuer: "",
    superior: "",
    place: "",
    date: null,
    subject: "",
    prefix: "",
    position: "",
    signer: "",
    addressees: [],
    recipients: [],
    secrecy: "normal",
    due: null,
    due_hour: "24h00",
    arrived: true,
    arrived_on: today,
    arrival_number: null,
    references: [],
  };
}

export function toFields(document: DocumentDetail): DocumentFields {
  const due = document.due ? deadlineParts(document.due.before) : null;
  return {
    unit_id: document.unit.id,
    number: document.number ?? "",
    type: document.type,
    issuer: document.issuer,
    superior: document.superior,
    place: document.place,
    date: document.date,
    subject: document.subject,
    prefix: document.signer.prefix ?? "",
    position: document.signer.position ?? "",
    signer: document.signer.name ?? "",
    addressees: document.addressees,
    recipients: document.recipients,
    secrecy: document.secrecy,
    due: due?.day ?? null,
    due_hour: due?.hour ?? "24h00",
    arrived: document.arrived_on !== null,
    arrived_on: document.arrived_on,
    arrival_number: document.arrival_number,
    references: [],
  };
}

const list = (names: string[] | undefined) => (names ?? []).map((name) => name.trim()).filter(Boolean);

/**
 * What is sent. Of a document above the approved secrecy that is number, date and deadline alone: whatever else was
 * typed before the level was chosen stays out of the request.
 */
export function toInput(fields: DocumentFields, stub: boolean, existing?: DocumentDetail): DocumentInput {
  const due = fields.due ? deadlineBefore(fields.due, fields.due_hour) : null;
  const core: DocumentInput = {
    number: fields.number.trim() || null,
    date: fields.date,
    secrecy: fields.secrecy,
    due: due ? { before: due } : null,
    ...(existing ? {} : { unit_id: fields.unit_id ?? undefined }),
    /* The month that a letter without a day has stays until a day is given. */
    ...(existing?.month && !fields.date ? { month: existing.month } : {}),
  };
  if (stub) return core;
  return {
    ...core,
    type: fields.type.trim(),
    issuer: fields.issuer.trim(),
    superior: fields.superior.trim(),
    place: fields.place.trim(),
    subject: fields.subject.trim(),
    signer: { prefix: fields.prefix.trim(), position: fields.position.trim(), name: fields.signer.trim() },
    addressees: list(fields.addressees),
    recipients: list(fields.recipients),
    arrived_on: fields.arrived ? fields.arrived_on : null,
    arrival_number: fields.arrived ? fields.arrival_number : null,
    ...(existing
      ? {}
      : {
          references: (fields.references ?? [])
            .filter((reference) => reference?.number?.trim())
            .map((reference) => ({
              kind: reference.kind,
              number: reference.number.trim(),
              type: reference.type?.trim() || null,
              date: reference.date ?? null,
              issuer: null,
              title: null,
            })),
        }),
  };
}
