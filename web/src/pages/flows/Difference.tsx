import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "../../api/client.ts";
import { useLabel } from "../../app/label.ts";
import { Refusal } from "../../ui/Refusal.tsx";
import { useDesigning } from "./designing.ts";

interface Props {
  process: string;
  from: number;
  to: number;
  /** How often the later one was saved: another content, another difference. */
  revision: number;
}

/** What one version changed against another, sentence by sentence. */
export function Difference({ process, from, to, revision }: Props) {
  const { t } = useTranslation("flows");
  const say = useLabel();
  const { select } = useDesigning();
  const { data, error } = useQuery({
    queryKey: ["processes", process, "difference", from, to, revision],
    queryFn: () => {
      const params = { path: { key: process, number: from }, query: { to } };
      return told(api.GET("/api/v1/processes/{key}/versions/{number}/difference", { params }));
    },
  });
  const isSame = data && !data.differences.length && !data.cases.length;
  return (
    <section>
      <h3>{t("versions.difference", { from, to })}</h3>
      <Refusal error={error} />
      {isSame ? <p className="muted">{t("versions.same")}</p> : null}
      <ul className="differences">
        {data?.differences.map((one) => (
          <li key={one.place + one.kind + (one.setting ?? "")}>
            {one.node && one.kind !== "removed" ? (
              <button type="button" className="link-like" onClick={() => select(one.node ?? "")}>
                {say(one.text)}
              </button>
            ) : (
              say(one.text)
            )}
          </li>
        ))}
        {data?.cases.map((one) => (
          <li key={one.zh}>{say(one)}</li>
        ))}
      </ul>
    </section>
  );
}
