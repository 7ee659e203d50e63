import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { spanOf } from "./span.ts";

/** A moment: the exact time, in the reader's zone. */
export function When({ at, format = "YYYY-MM-DD HH:mm" }: { at: string; format?: string }) {
  return (
    <time className="number" dateTime={at} title={dayjs(at).format("YYYY-MM-DD HH:mm:ss")}>
      {dayjs(at).format(format)}
    </time>
  );
}

/** How long something has lasted since `since` (until `until`, or now); the exact moment on hover. */
export function Dwell({ since, until }: { since: string; until?: string | null | undefined }) {
  const { t } = useTranslation("shell");
  const { count, unit } = spanOf(dayjs(until ?? undefined).diff(dayjs(since)));
  return (
    <time className="number" dateTime={since} title={dayjs(since).format("YYYY-MM-DD HH:mm:ss")}>
      {t(`span.${unit}`, { count })}
    </time>
  );
}
