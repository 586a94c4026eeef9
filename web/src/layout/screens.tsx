import {
  ApartmentOutlined,
  AuditOutlined,
  BarChartOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  DashboardOutlined,
  EditOutlined,
  FileTextOutlined,
  FundOutlined,
  HomeOutlined,
  ProfileOutlined,
  SafetyOutlined,
  SolutionOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import { lazy, type ComponentType, type ReactNode } from "react";
import type { Screen } from "../api/types.ts";
import type { Word } from "../words/words.tsx";

/** Every screen of the house in the order of the rail. A role sees only what it may use. */
export type ScreenEntry = {
  screen: Screen;
  path: string;
  /** Where the rail leads, when that is not the bare path. */
  open?: string;
  word: Word;
  group?: Word;
  icon: ReactNode;
  component: ComponentType;
};

export const screens: ScreenEntry[] = [
  {
    screen: "my-work",
    path: "/",
    word: "screenMyWork",
    icon: <HomeOutlined />,
    component: lazy(() => import("../my-work/my-work.tsx")),
  },
  {
    screen: "overview",
    path: "/overview",
    word: "screenOverview",
    icon: <DashboardOutlined />,
    component: lazy(() => import("../overview/overview.tsx")),
  },
  {
    screen: "entry",
    path: "/entry",
    word: "screenEntry",
    group: "groupFigures",
    icon: <EditOutlined />,
    component: lazy(() => import("../submission/entry.tsx")),
  },
  {
    screen: "approval",
    path: "/approval",
    word: "screenApproval",
    group: "groupFigures",
    icon: <CheckSquareOutlined />,
    component: lazy(() => import("../submission/approval.tsx")),
  },
  {
    screen: "figures",
    path: "/figures",
    word: "screenFigures",
    group: "groupFigures",
    icon: <BarChartOutlined />,
    component: lazy(() => import("../figures/figures.tsx")),
  },
  {
    screen: "tasks",
    path: "/tasks",
    open: "/tasks?state=unfinished",
    word: "screenTasks",
    icon: <ProfileOutlined />,
    component: lazy(() => import("../task/tasks.tsx")),
  },
  {
    screen: "documents",
    path: "/documents",
    word: "screenDocuments",
    icon: <FileTextOutlined />,
    component: lazy(() => import("../document/documents.tsx")),
  },
  {
    screen: "indicators",
    path: "/indicators",
    word: "screenIndicators",
    icon: <FundOutlined />,
    component: lazy(() => import("../indicator/indicators.tsx")),
  },
  {
    screen: "assignments",
    path: "/assignments",
    word: "screenAssignments",
    icon: <SolutionOutlined />,
    component: lazy(() => import("../assignment/assignments.tsx")),
  },
  {
    screen: "units",
    path: "/units",
    word: "screenUnits",
    group: "groupAdmin",
    icon: <ApartmentOutlined />,
    component: lazy(() => import("../unit/units.tsx")),
  },
  {
    screen: "accounts",
    path: "/accounts",
    word: "screenAccounts",
    group: "groupAdmin",
    icon: <TeamOutlined />,
    component: lazy(() => import("../account/accounts.tsx")),
  },
  {
    screen: "calendar",
    path: "/calendar",
    word: "screenCalendar",
    group: "groupAdmin",
    icon: <CalendarOutlined />,
    component: lazy(() => import("../deadline/calendar.tsx")),
  },
  {
    screen: "events",
    path: "/events",
    word: "screenEvents",
    group: "groupAdmin",
    icon: <AuditOutlined />,
    component: lazy(() => import("../audit/events.tsx")),
  },
  {
    screen: "rights",
    path: "/rights",
    word: "screenRights",
    group: "groupAdmin",
    icon: <SafetyOutlined />,
    component: lazy(() => import("../account/rights.tsx")),
  },
];

export const profile = lazy(() => import("../account/profile.tsx"));
