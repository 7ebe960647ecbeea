/** What Streamlit hands to a component. */
export interface Component<Data> {
  parentElement: HTMLElement | ShadowRoot;
  data: Data;
}

/** What the app says about the page's charts. */
export interface PictureData {
  /** Where the numbers come from, and of which day. */
  source: string;
  paper: string;
  ink: string;
  muted: string;
  /** What the page's colors become on white paper, each `#rrggbb`. */
  colors: Record<string, string>;
}
