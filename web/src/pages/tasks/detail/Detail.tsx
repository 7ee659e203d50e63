import { useQuery } from "@tanstack/react-query";
import type { Ref } from "react";
import { Loading } from "../../../ui/Loading.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { instanceQuery, taskQuery } from "./asked.ts";
import type { Handle } from "./handle.ts";
import { Whole } from "./Whole.tsx";
import "./detail.css";

export interface DetailProps {
  /** The task, or null for an instance that is looked at without one. */
  task: string | null;
  /** The instance, where it is known before the task is read. */
  instance: string | null;
  handle?: Ref<Handle>;
  left: () => void;
  /** On a page of its own its title is the page's. */
  heading: "h1" | "h2";
}

/** A task with all that its person needs to decide it. */
export function Detail({ task: id, instance, ...rest }: DetailProps) {
  const task = useQuery({ ...taskQuery(id ?? ""), enabled: id !== null });
  const whole = useQuery(instanceQuery(task.data?.instance ?? instance ?? ""));
  const error = task.error ?? whole.error;
  if (error) return <Refusal isPage error={error} />;
  if (!whole.data || (id !== null && !task.data)) return <Loading />;
  return <Whole task={task.data} whole={whole.data} {...rest} />;
}
