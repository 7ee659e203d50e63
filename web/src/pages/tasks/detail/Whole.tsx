import { useMutation, useQuery } from "@tanstack/react-query";
import { App } from "antd";
import { lazy, type Ref, Suspense, useEffect, useImperativeHandle, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, told } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";
import { useSession } from "../../../app/session.ts";
import { pathOfTask } from "../listing.ts";
import { useLists } from "../lists.ts";
import { ActBar } from "./ActBar.tsx";
import { type Action, actsOf, type Task } from "./acts.ts";
import { type InstanceOut, processQuery } from "./asked.ts";
import { Changed } from "./Changed.tsx";
import { Effects } from "./Effects.tsx";
import { Fields } from "./Fields.tsx";
import { missing, rowsOf } from "./fields.ts";
import { Head } from "./Head.tsx";
import type { Handle } from "./handle.ts";
import { actsOfInitiator } from "./instanceActs.ts";
import { Steps } from "./Steps.tsx";
import { Story } from "./Story.tsx";
import { titleOfStep } from "./titles.ts";
import { useActing } from "./useActing.ts";
import { Why } from "./Why.tsx";

const ActAsk = lazy(() => import("./ActAsk.tsx"));

interface Props {
  task: Task | undefined;
  whole: InstanceOut;
  handle?: Ref<Handle>;
  left: () => void;
  heading: "h1" | "h2";
}

const ON_TOP = ["title", "amount", "currency", "number"];

/** The document, the acts, why it is this person's, how far it is and what happened. */
export function Whole({ task, whole, handle, left, heading }: Props) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const { message } = App.useApp();
  const { person } = useSession();
  const { instance: view } = whole;
  const { data: release } = useQuery(processQuery(view.process));
  const card = release?.process.document.card ?? [];
  const [filled, setFilled] = useState<Record<string, unknown>>({});
  const [opinion, setOpinion] = useState("");
  const [lacking, setLacking] = useState<string[]>([]);
  const top = useRef<HTMLDivElement>(null);
  const rights = task && task.state === "open" ? task.fields : readOnly(task?.fields);
  const rows = rowsOf(view, rights, card, ON_TOP);
  useSeenCopy(task);

  function isFilled(): boolean {
    const gaps = missing(rows.shown, filled);
    setLacking(gaps.map((row) => row.field));
    if (gaps.length) {
      const fields = gaps.map((row) => say(row.label) || row.field).join(", ");
      void message.warning(t("outcome.required", { fields }));
    }
    if (gaps[0]) top.current?.querySelector<HTMLElement>(`[data-field="${gaps[0].field}"]`)?.focus();
    return gaps.length === 0;
  }

  const acting = useActing({ task, view, filled, opinion, isFilled, left });
  const isInitiator = view.initiator === person.id;
  const ofInitiator = isInitiator ? actsOfInitiator(view, release?.process) : [];
  const acts = actsOf(task ?? { actions: [] });
  const start = (action: Action, of: "task" | "instance" = "task") => acting.start({ action, of });

  useImperativeHandle(handle, () => ({
    act: (kind) => {
      const action = acts[kind];
      if (action) start(action);
    },
  }));

  const own = task
    ? undefined
    : whole.tasks.find(
        (one) => one.state === "open" && one.kind !== "cc" && [one.person, one.agent].includes(person.id),
      );
  const beside = whole.tasks.filter(
    (one) =>
      one.node === task?.node &&
      one.epoch === task.epoch &&
      one.person !== task.person &&
      (one.state === "open" || one.state === "waiting"),
  );
  return (
    <div className="detail" ref={top}>
      <div className="detail-body">
        <Head view={view} task={task} heading={heading} />
        <Changed view={view} task={task} card={card} isStale={acting.refused?.verdict === "stale_form"} />
        <Fields rows={rows} card={card} filled={filled} lacking={lacking} fill={setFilled} />
        {task && task.kind !== "cc" ? (
          <Why task={task} view={view} isMine={task.person === person.id} card={card} />
        ) : null}
        <Steps instance={view.id} />
        <Story instance={view.id} />
        <Effects
          effects={whole.effects}
          calls={whole.calls}
          titleOf={(node) => say(titleOfStep(release?.process, node))}
        />
      </div>
      {own ? (
        <Link className="act-go" to={pathOfTask(own.id)}>
          {t("detail.go", { title: say(own.title) })}
        </Link>
      ) : null}
      <ActBar
        acts={acts}
        ofInitiator={ofInitiator.filter((one) => !task?.actions.includes(one))}
        busy={acting.busy}
        opinion={opinion}
        say={setOpinion}
        start={start}
      />
      {acting.refused && !acting.asking && acting.refused.verdict !== "stale_form" ? (
        <p className="detail-refused" role="alert">
          {say(acting.refused.message)}
        </p>
      ) : null}
      {acting.asking ? (
        <Suspense fallback={<span className="visually-hidden">{t("ask.cancel")}</span>}>
          <ActAsk
            key={acting.asking.action}
            asking={acting.asking}
            task={task}
            beside={beside}
            opinion={opinion}
            refused={acting.refused}
            busy={acting.busy}
            close={acting.close}
            press={(of, act) => void acting.press(of, act)}
          />
        </Suspense>
      ) : null}
    </div>
  );
}

/** What is over can be looked at and not filled in. */
function readOnly(rights: Task["fields"] = {}): Task["fields"] {
  return Object.fromEntries(
    Object.entries(rights).map(([field, right]) => [field, right === "hidden" ? "hidden" : "read"]),
  );
}

/** A copy is read once it was on the screen. */
function useSeenCopy(task: Task | undefined): void {
  const lists = useLists();
  const { mutate } = useMutation({
    mutationFn: (id: string) => told(api.POST("/api/v1/todo/read", { body: { tasks: [id] } })),
    onSuccess: (said) => said.marked > 0 && lists.renew(),
  });
  const copy = task?.kind === "cc" ? task.id : null;
  useEffect(() => {
    if (copy) mutate(copy);
  }, [copy, mutate]);
}
