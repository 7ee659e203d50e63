import {
  ApiOutlined,
  AuditOutlined,
  BranchesOutlined,
  CheckCircleOutlined,
  ClockCircleOutlined,
  ClusterOutlined,
  ForkOutlined,
  SendOutlined,
  StopOutlined,
  TableOutlined,
  ToolOutlined,
  UnorderedListOutlined,
  UserOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import type { Chip } from "./marks.ts";
import type { Kind } from "./model.ts";

export const KIND_ICONS: Record<Kind, ComponentType<{ "aria-hidden"?: "true" }>> = {
  approval: AuditOutlined,
  work: ToolOutlined,
  cc: SendOutlined,
  decide: TableOutlined,
  branch: BranchesOutlined,
  parallel: ClusterOutlined,
  each: UnorderedListOutlined,
  effect: ApiOutlined,
  call: ForkOutlined,
  wait: ClockCircleOutlined,
  end: StopOutlined,
};

export const CHIP_ICONS: Record<NonNullable<Chip["icon"]>, ComponentType<{ "aria-hidden"?: "true" }>> = {
  person: UserOutlined,
  time: ClockCircleOutlined,
  rule: TableOutlined,
  done: CheckCircleOutlined,
};
