/** What a list may have done in the detail beside it. */
export interface Handle {
  act: (kind: "primary" | "danger") => void;
}
