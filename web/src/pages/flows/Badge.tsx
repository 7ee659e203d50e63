/** How far something has come, in a word. */
export function Badge({ tone = "plain", children }: { tone?: "plain" | "good" | "warn"; children: string }) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}
