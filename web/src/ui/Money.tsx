import { grouped } from "./amount.ts";

/** An amount as it came, with its digits grouped; never a float. */
export function Money({ amount, unit }: { amount: string; unit?: string | null | undefined }) {
  return (
    <span className="number">
      {grouped(amount)}
      {unit ? ` ${unit}` : null}
    </span>
  );
}
