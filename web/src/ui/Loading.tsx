import "./loading.css";

/** Shown only after a moment, so that what comes at once does not flicker. */
export function Loading() {
  return <div className="loading" role="status" aria-busy="true" />;
}
