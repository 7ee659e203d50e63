import { DownOutlined } from "@ant-design/icons";

interface Props<T extends string> {
  label: string;
  value: T | "";
  options: { value: T; label: string }[];
  choose: (value: T | "") => void;
  /** What is said where nothing is chosen; without it something always is. */
  all?: string;
}

/** One of several, with the browser's own list. */
export function Choose<T extends string>({ label, value, options, choose, all }: Props<T>) {
  return (
    <label className={value && all ? "field field-set" : "field"}>
      <span className="visually-hidden">{label}</span>
      <select
        value={value}
        onChange={(event) =>
          choose(options.find((option) => option.value === event.target.value)?.value ?? "")
        }
      >
        {all ? <option value="">{all}</option> : null}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <DownOutlined aria-hidden="true" />
    </label>
  );
}
