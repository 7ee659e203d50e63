import { NavLink } from "react-router";
import "./places.css";

interface Props {
  label: string;
  places: { path: string; name: string }[];
}

/** The places of an area, side by side; the first one is the area's own address. */
export function Places({ label, places }: Props) {
  return (
    <nav className="places" aria-label={label}>
      {places.map(({ path, name }, number) => (
        <NavLink key={path} to={path} end={number === 0}>
          {name}
        </NavLink>
      ))}
    </nav>
  );
}
