import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { Pick } from "./Pick.tsx";

const UNITS = ["m", "h", "d"];

interface Props {
  id?: string;
  label: string;
  value: string;
  placeholder?: string;
  onChange: (value: string) => void;
}

/** A length of time as a number and its unit: `8h`. One that is written otherwise stays as it is. */
export function Duration({ id, label, value, placeholder, onChange }: Props) {
  const { t } = useTranslation("flows");
  const parts = /^(\d*)([smhd])$/.exec(value);
  const [, count = value, unit = "h"] = parts ?? [];
  const put = (number: string, per: string) => onChange(number ? `${number}${per}` : "");
  return (
    <span className="duration">
      <Input
        {...(id ? { id } : {})}
        aria-label={label}
        inputMode="numeric"
        value={parts || !value ? count : value}
        placeholder={placeholder}
        onChange={(event) => put(event.target.value.replace(/\D/g, ""), unit)}
      />
      <Pick
        label={t("duration.unit")}
        value={unit}
        choices={(UNITS.includes(unit) ? UNITS : [...UNITS, unit]).map((one) => ({
          value: one,
          label: t(`duration.${one}`),
        }))}
        onPick={(per) => put(count || "1", per ?? "h")}
      />
    </span>
  );
}
