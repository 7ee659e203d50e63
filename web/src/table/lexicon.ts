import type { Label } from "../api/client.ts";
import type { Slot } from "./slots.ts";

/** What cells say, as the server said it: kept by column and content, so that it stays true however rows move. */
export class Lexicon {
  private readonly words = new Map<string, Label>();

  learn(slot: Slot, held: unknown, says: Label): void {
    this.words.set(entry(slot, held), says);
  }

  says(slot: Slot, held: unknown): Label | undefined {
    return this.words.get(entry(slot, held));
  }
}

function entry(slot: Slot, held: unknown): string {
  const column = slot.kind === "when" ? slot.column : slot.kind === "then" ? slot.output : slot.kind;
  return JSON.stringify([column, held ?? null]);
}
