import { Fragment, type ReactNode } from "react";

/** What is known, each with its name; what is empty is left out. */
export function Facts({ of }: { of: [string, ReactNode][] }) {
  const known = of.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return (
    <dl className="facts">
      {known.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
