import type { Role } from "../api/types.ts";
import type { Word } from "../words/words.tsx";

/** The roles in the order of the product, with their names. */
export const roleWords: Record<Role, Word> = {
  administrator: "roleAdministrator",
  data_entry: "roleDataEntry",
  approver: "roleApprover",
  coordinator: "roleCoordinator",
  leader: "roleLeader",
  inspector: "roleInspector",
  intake: "roleIntake",
};

export const roles = Object.keys(roleWords) as Role[];

/** What each role is for, in a sentence. */
export const roleHints: Record<Role, Word> = {
  administrator: "roleAdministratorHint",
  data_entry: "roleDataEntryHint",
  approver: "roleApproverHint",
  coordinator: "roleCoordinatorHint",
  leader: "roleLeaderHint",
  inspector: "roleInspectorHint",
  intake: "roleIntakeHint",
};
