import { api } from "./client.ts";
import type { UnitRef } from "./types.ts";

export type Unit = UnitRef & {
  name_en: string;
  line: "party" | "state" | "front";
  parent_id: string | null;
  parent_name: string | null;
  province_id: string;
  territory: string | null;
  children: number;
  valid_from: string;
  valid_to: string | null;
  successor_id: string | null;
  version: number;
};

export type UnitDetail = Unit & { ancestors: UnitRef[] };
export type UnitKind = { code: string; name: string; line: Unit["line"]; position: number };

const PAGE = 500;

export const units = {
  childrenOf: (parentId: string) =>
    api.get<{ units: Unit[] }>("/api/units", { parent_id: parentId, limit: PAGE }).then((answer) => answer.units),
  search: (q: string, query: { under?: string; kind?: string; after?: string; limit?: number } = {}) =>
    api.get<{ units: Unit[]; next: string | null }>("/api/units", { q, limit: 50, ...query }),
  one: (id: string) => api.get<UnitDetail>(`/api/units/${id}`),
  kinds: () => api.get<{ kinds: UnitKind[] }>("/api/unit-kinds").then((answer) => answer.kinds),
};
