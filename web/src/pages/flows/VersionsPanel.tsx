import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { When } from "../../ui/Dwell.tsx";
import { type ProcessSet, setQuery, type Version, type VersionLine } from "./asking.ts";
import { Badge } from "./Badge.tsx";
import { Difference } from "./Difference.tsx";

/** The versions there are, and what one changed against another. */
export function VersionsPanel({ set, version }: { set: ProcessSet; version: Version }) {
  const { t } = useTranslation("flows");
  const { data = set } = useQuery(setQuery(set.key));
  const older = data.versions.find((one) => one.version < version.version);
  const [against, setAgainst] = useState(data.in_force ?? older?.version ?? null);
  return (
    <>
      <h2>{t("versions.title")}</h2>
      <ul className="versions">
        {data.versions.map((one) => (
          <VersionRow
            key={one.version}
            line={one}
            isOpen={one.version === version.version}
            onCompare={setAgainst}
          />
        ))}
      </ul>
      {against !== null && against !== version.version ? (
        <Difference process={set.key} from={against} to={version.version} revision={version.revision} />
      ) : null}
    </>
  );
}

interface RowProps {
  line: VersionLine;
  isOpen: boolean;
  onCompare: (version: number) => void;
}

function VersionRow({ line, isOpen, onCompare }: RowProps) {
  const { t } = useTranslation("flows");
  return (
    <li aria-current={isOpen ? "true" : undefined}>
      <div className="case-line">
        <Link to={`?version=${line.version}`}>{t("version.number", { version: line.version })}</Link>
        <Badge tone={line.in_force ? "good" : line.stage === "draft" ? "warn" : "plain"}>
          {t(line.in_force ? "versions.inForce" : `versions.${line.stage}`)}
        </Badge>
      </div>
      <p className="muted">
        {line.authors.join(", ")} · <When at={line.changed_at} />
        {line.approver ? ` · ${t("versions.approvedBy", { name: line.approver })}` : null}
      </p>
      {line.notes ? <p>{line.notes}</p> : null}
      {isOpen ? null : (
        <Button size="small" type="link" onClick={() => onCompare(line.version)}>
          {t("versions.compare", { version: line.version })}
        </Button>
      )}
    </li>
  );
}
