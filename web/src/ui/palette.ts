/** The only raw colours of the application. Contrast is at least 4.5:1 on the page and the card of each mode. */
export type Mode = "light" | "dark";

export const PALETTE = {
  light: {
    primary: "#2563eb",
    hover: "#1d4ed8",
    page: "#f5f7fa",
    card: "#ffffff",
    border: "#e5e9f0",
    ink: "#0f172a",
    muted: "#475569",
    success: "#047857",
    warn: "#b45309",
    danger: "#dc2626",
  },
  dark: {
    primary: "#6ea2ff",
    hover: "#8fb6ff",
    page: "#0f1622",
    card: "#1b2433",
    border: "#2a364a",
    ink: "#e6ebf4",
    muted: "#a3b1c6",
    success: "#34d399",
    warn: "#fbbf24",
    danger: "#ff8080",
  },
} as const satisfies Record<Mode, Record<string, string>>;

/** One hue per kind of node: bar, icon and chip; never the only signal. */
export const HUES = {
  light: {
    approval: "#c2410c",
    work: "#047857",
    cc: "#2563eb",
    decide: "#7c3aed",
    effect: "#0e7490",
    branch: "#0f766e",
    parallel: "#4f46e5",
    each: "#4f46e5",
    call: "#9d174d",
    wait: "#854d0e",
    end: "#475569",
  },
  dark: {
    approval: "#fb923c",
    work: "#34d399",
    cc: "#7aaaff",
    decide: "#b79bff",
    effect: "#38c6e0",
    branch: "#2dd4bf",
    parallel: "#a5aefc",
    each: "#a5aefc",
    call: "#f472b6",
    wait: "#facc15",
    end: "#a3b1c6",
  },
} as const satisfies Record<Mode, Record<string, string>>;

export type Kind = keyof (typeof HUES)["light"];
