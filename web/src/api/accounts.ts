import { api } from "./client.ts";
import type { Role, UnitRef } from "./types.ts";

export type AccountState = "proposed" | "active" | "disabled" | "refused";
export type Grant = { id: string; role: Role; unit: UnitRef };

export type Account = {
  id: string;
  username: string;
  full_name: string;
  position: string | null;
  unit: UnitRef;
  state: AccountState;
  roles: Role[];
  totp_enabled: boolean;
  last_seen_at: string | null;
  locked_until: string | null;
  version: number;
};

export type Warning = { code: string; title: string };

export type AccountDetail = Account & {
  email: string | null;
  mobile_tail: string | null;
  citizen_number_tail: string | null;
  leader_category: number | null;
  must_change_password: boolean;
  state_reason: string | null;
  grants: Grant[];
  created_at: string;
  created_by: string;
  decided_at: string | null;
  decided_by: string;
  warnings: Warning[];
};

export type AccountForm = {
  username?: string;
  full_name: string;
  position?: string;
  email?: string;
  mobile?: string;
  citizen_number?: string;
  unit_id: string;
  leader_category?: number;
  grants?: { role: Role; unit_id: string }[];
};

export type FirstPassword = { initial_password?: string };
export type LeaderCategory = { no: number; name: string };

export type AccountQuery = {
  unit_id?: string;
  q?: string;
  state?: string;
  role?: string;
  after?: string;
  limit?: number;
};

const at = (id: string, act = "") => `/api/accounts/${id}${act}`;

export const accounts = {
  page: (query: AccountQuery) => api.get<{ accounts: Account[]; next: string | null }>("/api/accounts", query),
  one: (id: string) => api.get<AccountDetail>(at(id)),
  create: (form: AccountForm, idempotencyKey: string) =>
    api.post<AccountDetail & FirstPassword>("/api/accounts", form, { idempotencyKey }),
  change: (id: string, form: Partial<AccountForm>, version: number) =>
    api.patch<AccountDetail>(at(id), form, { ifMatch: version }),
  approve: (id: string) => api.post<FirstPassword>(at(id, "/approve")),
  refuse: (id: string, reason: string) => api.post<AccountDetail>(at(id, "/refuse"), { reason }),
  unlock: (id: string) => api.post<AccountDetail>(at(id, "/unlock")),
  disable: (id: string, reason: string) => api.post<AccountDetail>(at(id, "/disable"), { reason }),
  enable: (id: string) => api.post<AccountDetail>(at(id, "/enable")),
  resetPassword: (id: string, remove_totp: boolean) =>
    api.post<FirstPassword>(at(id, "/reset-password"), { remove_totp }),
  reveal: (id: string, reason: string) =>
    api.post<{ citizen_number: string | null; mobile: string | null }>(at(id, "/reveal"), { reason }),
  grant: (id: string, role: Role, unit_id: string) =>
    api.post<Grant & { warnings: Warning[] }>(at(id, "/grants"), { role, unit_id }),
  revoke: (id: string, grantId: string) => api.delete(at(id, `/grants/${grantId}`)),
  endSessions: (id: string) => api.delete(at(id, "/sessions")),
  leaderCategories: () =>
    api.get<{ categories: LeaderCategory[] }>("/api/leader-categories").then((answer) => answer.categories),
};
