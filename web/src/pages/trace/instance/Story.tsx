import { ExclamationCircleOutlined, SafetyCertificateOutlined } from "@ant-design/icons";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";
import { When } from "../../../ui/Dwell.tsx";
import { Empty } from "../../../ui/Empty.tsx";
import { type InstanceView, storyQuery } from "../asked.ts";
import { bilingual } from "./bilingual.ts";
import { askedFor, lineTone, opinionOf } from "./lines.ts";
import "./story.css";

/** What happened, line by line, and whether anybody altered it since it was written. */
export function Story({ instance }: { instance: InstanceView }) {
  const { t } = useTranslation("trace");
  const { data } = useSuspenseQuery(storyQuery(instance.id));
  if (data.lines.length === 0) return <Empty title={t("story.none")} says={t("story.noneSays")} />;
  return (
    <section className="card trace-story" aria-label={t("instance.views.story")}>
      <Seal verified={data.verified} problems={data.problems} />
      <ol className="trace-story-lines">
        {data.lines.map((line) => (
          <StoryLine key={line.number} line={line} name={line.person ? data.names[line.person] : undefined} />
        ))}
      </ol>
    </section>
  );
}

function StoryLine({ line, name }: { line: Schemas["Line"]; name: string | undefined }) {
  const { t } = useTranslation("trace");
  const say = useLabel();
  const opinion = opinionOf(line);
  return (
    <li className={`trace-story-line trace-story-${lineTone(line)}`}>
      <span className="trace-story-when muted">
        <When at={line.at} format="MM-DD HH:mm" />
      </span>
      <div>
        <p>
          {name ? <strong>{name} </strong> : null}
          {say(line.text)}
        </p>
        {opinion ? <p className="trace-story-opinion">{t("story.opinion", { opinion })}</p> : null}
        {askedFor(line).map((one) => (
          <p className="muted" key={one.person}>
            {t("story.because", { name: one.name, reason: say(one.reason) })}
          </p>
        ))}
      </div>
    </li>
  );
}

function Seal({ verified, problems }: { verified: boolean; problems: string[] }) {
  const { t, i18n } = useTranslation("trace");
  if (verified) {
    return (
      <p className="trace-seal trace-seal-whole">
        <SafetyCertificateOutlined aria-hidden="true" /> {t("story.whole")}
      </p>
    );
  }
  return (
    <div className="trace-seal trace-seal-broken" role="alert">
      <p>
        <ExclamationCircleOutlined aria-hidden="true" /> {t("story.broken")}
      </p>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{bilingual(problem, i18n.language)}</li>
        ))}
      </ul>
    </div>
  );
}
