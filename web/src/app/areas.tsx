import {
  ApartmentOutlined,
  AuditOutlined,
  CheckSquareOutlined,
  HomeOutlined,
  RadarChartOutlined,
  TableOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import type { Right } from "./session.ts";

/** A place of the navigation; shown to those who have one of the rights. `onPhone`: in the bar at the bottom. */
export interface Area {
  name: "home" | "tasks" | "trace" | "flows" | "rules" | "people" | "admin";
  path: string;
  rights: Right[];
  icon: ComponentType;
  onPhone: boolean;
}

export const AREAS: Area[] = [
  { name: "home", path: "/", rights: ["act", "read"], icon: HomeOutlined, onPhone: false },
  { name: "tasks", path: "/tasks", rights: ["act"], icon: CheckSquareOutlined, onPhone: true },
  { name: "trace", path: "/instances", rights: ["act", "read"], icon: RadarChartOutlined, onPhone: true },
  {
    name: "flows",
    path: "/flows",
    rights: ["read", "processes", "processes_approve"],
    icon: ApartmentOutlined,
    onPhone: false,
  },
  {
    name: "rules",
    path: "/rules",
    rights: ["read", "rules", "rules_approve"],
    icon: TableOutlined,
    onPhone: false,
  },
  { name: "people", path: "/people", rights: ["act", "read", "people"], icon: TeamOutlined, onPhone: false },
  { name: "admin", path: "/admin", rights: ["people", "audit"], icon: AuditOutlined, onPhone: false },
];
