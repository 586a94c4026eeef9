/** Shapes of the API that several screens share; those of one screen live beside it. */
export type UnitRef = { id: string; code: string; name: string; kind: string; path: string };
export type Person = { id: string; name: string };
export type Deadline = { before: string; wording: string };
export type Role = "administrator" | "data_entry" | "approver" | "coordinator" | "leader" | "inspector" | "intake";
export type SubmissionState = "draft" | "submitted" | "approved" | "received" | "returned";
export type EntryWindow = "not_yet" | "open" | "late" | "locked";

export type Tally = {
  assigned: number;
  submitted: number;
  on_time: number;
  late: number;
  approved: number;
  received: number;
  returned: number;
  nil: number;
};

export type TargetState = "none" | "reached" | "missed";
export type Cell = {
  present: boolean;
  nil: boolean;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  text: string | null;
  note: string | null;
  revision?: number;
  rolled_up?: boolean;
  target_state?: TargetState;
  warnings?: { code: string; title: string }[];
};

export type Target = {
  year: number;
  operator: "at_least" | "more" | "at_most" | "less" | "equal" | "range";
  value: string;
  high: string | null;
};

export type Indicator = {
  id: string;
  version: number;
  code: string;
  name: string;
  group: string;
  resolution: string;
  unit_of_measure: string;
  definition: string;
  source: string;
  value_type: "number" | "percentage" | "rank" | "yes_no" | "text";
  accrual: "stock" | "flow" | "cumulative";
  frequency: "month" | "quarter" | "half_year" | "year";
  direction: "higher" | "lower" | "range" | "information";
  aggregation: "none" | "sum" | "ratio" | "average" | "max" | "min" | "last" | "count_yes";
  decimals: number;
  part_decimals: number;
  factor: number;
  min: string | null;
  max: string | null;
  outlier_percent: number;
  evidence_required: boolean;
  illustrative: boolean;
  levels: string[];
  targets: Target[];
  owner?: UnitRef;
  valid_from?: string;
  valid_to?: string | null;
};

export type Evidence = {
  id: string;
  name: string;
  size: number;
  type: string;
  added_by: Person | null;
  added_at: string;
};

export type Session = {
  state: "open" | "password_required" | "totp_required" | "totp_enroll_required";
  csrf_token: string;
  server_now: string;
  demo: boolean;
  expires_at: string;
  idle_seconds: number;
  sudo_until: string;
  totp_required: boolean;
  account: {
    id: string;
    username: string;
    full_name: string;
    position: string | null;
    email: string | null;
    language: string;
    unit: UnitRef;
    totp_enabled: boolean;
    must_change_password: boolean;
  };
  grants: { id: string; role: Role; unit: UnitRef }[];
  rights: string[];
  screens: Screen[];
};

export type Screen =
  | "my-work"
  | "overview"
  | "entry"
  | "approval"
  | "figures"
  | "tasks"
  | "documents"
  | "indicators"
  | "assignments"
  | "units"
  | "accounts"
  | "calendar"
  | "events"
  | "rights";
