import { useSyncExternalStore } from "react";

/** `phone`: one column and a thumb; `wide`: room for a list and what is chosen in it, side by side. */
export type Width = "phone" | "page" | "wide";

const PHONE = "(max-width: 767px)";
const WIDE = "(min-width: 1200px)";

function now(): Width {
  if (matchMedia(PHONE).matches) return "phone";
  return matchMedia(WIDE).matches ? "wide" : "page";
}

function told(changed: () => void): () => void {
  const watched = [matchMedia(PHONE), matchMedia(WIDE)];
  for (const one of watched) one.addEventListener("change", changed);
  return () => {
    for (const one of watched) one.removeEventListener("change", changed);
  };
}

export function useWidth(): Width {
  return useSyncExternalStore(told, now);
}
