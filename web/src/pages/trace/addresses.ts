/** The page of an instance; its id may hold any sign. */
export function instancePath(id: string, view?: string): string {
  return `/instances/${encodeURIComponent(id)}${view ? `?view=${view}` : ""}`;
}

/** `purchase-approval@3` is the release 3 of `purchase-approval`. */
export function releaseNumber(release: string): string {
  return release.slice(release.lastIndexOf("@") + 1);
}
