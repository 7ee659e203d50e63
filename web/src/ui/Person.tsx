import "./person.css";

/** Somebody: the first sign of the name in a disc, and the name. */
export function Person({ name, says }: { name: string; says?: string | undefined }) {
  return (
    <span className="person">
      <span className="person-disc" aria-hidden="true">
        {name.slice(0, 1)}
      </span>
      <span>
        {name}
        {says ? <span className="muted"> {says}</span> : null}
      </span>
    </span>
  );
}
