import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Schemas } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";
import { Loading } from "../../../ui/Loading.tsx";
import { PageHead } from "../../../ui/PageHead.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { calendarQuery } from "../queries.ts";
import { type Day, monthsOf } from "./months.ts";
import "./calendar.css";

/** The year as deadlines count it. */
export function CalendarPage() {
  const { t } = useTranslation("people");
  const [place, go] = useSearchParams();
  const year = Number(place.get("year")) || dayjs().year();
  const { data, error } = useQuery(calendarQuery(year));
  const turn = (to: number) => go({ year: String(to) }, { replace: true });
  return (
    <>
      <PageHead title={t("calendar.title", { year })} says={t("calendar.says")}>
        <Button icon={<LeftOutlined />} aria-label={t("calendar.before")} onClick={() => turn(year - 1)} />
        <Button icon={<RightOutlined />} aria-label={t("calendar.after")} onClick={() => turn(year + 1)} />
      </PageHead>
      {error ? <Refusal error={error} /> : data ? <Year told={data} /> : <Loading />}
    </>
  );
}

function Year({ told }: { told: Schemas["CalendarOut"] }) {
  const { t } = useTranslation("people");
  return (
    <div className="stack">
      {told.announced ? null : (
        <Alert type="warning" showIcon title={t("calendar.notAnnounced", { year: told.year })} />
      )}
      <section className="card pad calendar-rules">
        <span>
          {t("calendar.hours")} <strong className="number">{told.hours.join("，")}</strong>
        </span>
        <span>
          {t("calendar.weekdays")}{" "}
          <strong>{told.weekdays.map((one) => t(`calendar.days.${one}`)).join("、")}</strong>
        </span>
        <span>
          {t("calendar.zone")} <strong>{told.time_zone}</strong>
        </span>
        <Legend />
      </section>
      <div className="calendar-months">
        {monthsOf(told.days).map((days, month) => (
          <Month key={days[0]?.date} month={month} days={days} />
        ))}
      </div>
    </div>
  );
}

function Legend() {
  const { t } = useTranslation("people");
  return (
    <span className="calendar-legend">
      {(["holiday", "make_up", "own_off", "own_on"] as const).map((because) => (
        <span key={because}>
          <span className={`calendar-mark is-${because}`} aria-hidden="true">
            {t(`calendar.mark.${because}`)}
          </span>
          {t(`calendar.because.${because}`)}
        </span>
      ))}
    </span>
  );
}

const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

function Month({ month, days }: { month: number; days: Day[] }) {
  const { t } = useTranslation("people");
  const first = (dayjs(days[0]?.date).day() + 6) % 7;
  const worked = days.filter((one) => one.hours.length > 0).length;
  return (
    <section className="card calendar-month" aria-label={t(`calendar.months.${month + 1}`)}>
      <h2>
        {t(`calendar.months.${month + 1}`)}
        <small className="muted number">{t("calendar.worked", { count: worked })}</small>
      </h2>
      <div className="calendar-days">
        {WEEK.map((one) => (
          <span key={one} className="muted" aria-hidden="true">
            {t(`calendar.short.${one}`)}
          </span>
        ))}
        {days.map((one, number) => (
          <OneDay key={one.date} day={one} from={number === 0 ? first + 1 : undefined} />
        ))}
      </div>
    </section>
  );
}

function OneDay({ day, from }: { day: Day; from: number | undefined }) {
  const { t } = useTranslation("people");
  const say = useLabel();
  const isMarked = day.because !== "weekday" && day.because !== "weekend";
  const because = say(day.feast) || t(`calendar.because.${day.because}`);
  const says = `${day.date} ${because} ${day.hours.join("，") || t("calendar.free")}`;
  return (
    <span
      className={`calendar-day is-${day.because}${dayjs(day.date).isSame(dayjs(), "day") ? " is-today" : ""}`}
      title={says}
      style={from ? { gridColumnStart: from } : undefined}
    >
      <span className="number">{dayjs(day.date).date()}</span>
      {isMarked ? <small>{t(`calendar.mark.${day.because}`)}</small> : null}
    </span>
  );
}
