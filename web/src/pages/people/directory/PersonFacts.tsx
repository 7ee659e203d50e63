import { EditOutlined, SwapOutlined } from "@ant-design/icons";
import { Alert, Button, Grid, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { useLabel } from "../../../app/label.ts";
import { useMay } from "../../../app/session.ts";
import { When } from "../../../ui/Dwell.tsx";
import { Person } from "../../../ui/Person.tsx";
import { Facts } from "../Facts.tsx";
import type { PersonShown, Whole } from "../queries.ts";
import { RoleTag } from "../roles/RoleTag.tsx";

/** Everything about somebody, as far as it may be seen, and what is to be done about a leaver. */
export function PersonFacts({ shown, onEdit }: { shown: PersonShown; onEdit: () => void }) {
  const { t } = useTranslation("people");
  const may = useMay();
  const isWide = Grid.useBreakpoint().lg;
  const { whole } = shown;
  return (
    <>
      <div className="section">
        <Person name={shown.name} says={shown.position} />
        {whole ? <Notices whole={whole} /> : null}
        <div className="drawer-acts">
          {whole && may("people") && isWide ? (
            <Button type="primary" icon={<EditOutlined />} onClick={onEdit}>
              {t("edit")}
            </Button>
          ) : null}
          {whole && may("people") && !isWide ? <span className="muted">{t("onComputer")}</span> : null}
          {whole && whole.open_tasks > 0 && may("admin") && isWide ? <HandOver id={shown.id} /> : null}
        </div>
        <Facts
          of={[
            [t("person.id"), shown.id],
            [t("person.department"), shown.path.map((one) => one.name).join(" / ")],
            [t("person.position"), shown.position],
            [t("person.leads"), shown.heads.map((one) => one.name).join("、")],
            [t("person.state"), shown.active ? t("here") : <Tag key="left">{t("left")}</Tag>],
          ]}
        />
      </div>
      {whole ? <More whole={whole} /> : null}
    </>
  );
}

function HandOver({ id }: { id: string }) {
  const { t } = useTranslation("people");
  const go = useNavigate();
  return (
    <Button icon={<SwapOutlined />} onClick={() => go(`/people/handover/${encodeURIComponent(id)}`)}>
      {t("handover.title")}
    </Button>
  );
}

function Notices({ whole }: { whole: Whole }) {
  const say = useLabel();
  const { t } = useTranslation("people");
  if (whole.notices.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("person.leftBehind")}
      description={whole.notices.map((one) => <div key={one.en}>{say(one)}</div>)}
    />
  );
}

function More({ whole }: { whole: Whole }) {
  const { t } = useTranslation("people");
  const { person } = whole;
  return (
    <>
      <section className="section">
        <h2>{t("person.work")}</h2>
        <Facts
          of={[
            [t("person.superior"), whole.superior_name ?? t("none")],
            [t("person.reports"), whole.reports.map((one) => one.name).join("、")],
            [t("person.openTasks"), <OpenTasks key="tasks" person={person.id} count={whole.open_tasks} />],
            [t("person.skills"), <Skills key="skills" skills={person.skills} />],
            [t("person.regions"), (person.regions ?? []).join("、") || t("person.everywhere")],
            [t("person.limits"), <Limits key="limits" whole={whole} />],
          ]}
        />
      </section>
      <section className="section">
        <h2>{t("places.roles")}</h2>
        {whole.roles.length ? (
          <div className="chips">
            {whole.roles.map((one) => (
              <RoleTag key={one.id} holder={one} />
            ))}
          </div>
        ) : (
          <span className="muted">{t("person.noRole")}</span>
        )}
      </section>
      <section className="section">
        <h2>{t("person.contact")}</h2>
        <Facts
          of={[
            [t("person.phone"), person.phone],
            [t("person.email"), person.email],
            ...Object.entries(person.accounts ?? {}).map(([platform, account]): [string, string] => [
              t(`platform.${platform}`, platform),
              account,
            ]),
          ]}
        />
      </section>
      {whole.absences.length ? <Away whole={whole} /> : null}
    </>
  );
}

function Away({ whole }: { whole: Whole }) {
  const { t } = useTranslation("people");
  return (
    <section className="section">
      <h2>{t("places.absences")}</h2>
      {whole.absences.map(({ absence, agent_name, principal_name }) => (
        <div key={absence.id}>
          {t("absence.line", { agent: agent_name, principal: principal_name })}{" "}
          <span className="muted">
            <When at={absence.from} format="M-D HH:mm" /> – <When at={absence.to} format="M-D HH:mm" />
          </span>
        </div>
      ))}
    </section>
  );
}

function OpenTasks({ person, count }: { person: string; count: number }) {
  const { t } = useTranslation("people");
  const may = useMay();
  if (count === 0 || !may("read")) return t("person.tasks", { count });
  return <Link to={`/instances?person=${encodeURIComponent(person)}`}>{t("person.tasks", { count })}</Link>;
}

function Skills({ skills = {} }: { skills: Record<string, number> | undefined }) {
  const { t } = useTranslation("people");
  const known = Object.entries(skills);
  if (known.length === 0) return t("none");
  return (
    <span className="chips">
      {known.map(([skill, level]) => (
        <Tag key={skill}>{t("person.skill", { skill, level })}</Tag>
      ))}
    </span>
  );
}

function Limits({ whole: { person } }: { whole: Whole }) {
  const { t } = useTranslation("people");
  const tasks = person.max_open_tasks ?? null;
  const hours = person.max_open_hours ?? null;
  if (tasks === null && hours === null) return t("person.noLimit");
  return [
    tasks === null ? "" : t("person.mostTasks", { count: tasks }),
    hours === null ? "" : t("person.mostHours", { count: hours }),
  ]
    .filter(Boolean)
    .join("，");
}
