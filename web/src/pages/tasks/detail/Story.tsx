import { SafetyCertificateOutlined, WarningOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLabel } from "../../../app/label.ts";
import { When } from "../../../ui/Dwell.tsx";
import { storyQuery } from "./asked.ts";
import { toneOfLine } from "./story.ts";

/** What happened, in the server's sentences, the latest first. */
export function Story({ instance }: { instance: string }) {
  const { t } = useTranslation("tasks");
  const say = useLabel();
  const { data: story } = useQuery(storyQuery(instance));
  if (!story) return null;
  return (
    <section className="part">
      <h3>{t("detail.story")}</h3>
      <ol className="story">
        {[...story.lines].reverse().map((line) => {
          const name = line.person ? (story.names[line.person] ?? line.person) : "";
          const opinion = typeof line.data.opinion === "string" ? line.data.opinion : "";
          return (
            <li key={line.number} className={`story-${toneOfLine(line)}`}>
              <span>
                {name ? <strong>{name} </strong> : null}
                {say(line.text)}
              </span>
              {opinion ? <q>{opinion}</q> : null}
              <span className="muted">
                <When at={line.at} format="MM-DD HH:mm" />
              </span>
            </li>
          );
        })}
      </ol>
      <p className={story.verified ? "verified muted" : "verified verified-not"}>
        {story.verified ? (
          <SafetyCertificateOutlined aria-hidden="true" />
        ) : (
          <WarningOutlined aria-hidden="true" />
        )}{" "}
        {t(story.verified ? "detail.verified" : "detail.notVerified")}
      </p>
    </section>
  );
}
