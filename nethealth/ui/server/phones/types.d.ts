/** A session as the server describes it to a phone. */
export interface Session {
  state: "open" | "paused" | "closed" | "gone";
  name: string;
  kind?: "mindset" | "pulse" | "connections" | "collaborations";
  moment?: string;
  hoped?: boolean;
  roles?: string[];
  statements?: string[];
  /** Differs once other people are on the list; empty if no one is. */
  list?: string;
}

/** What the page brings along. */
export interface Page {
  code: string;
  secret: string;
  language: string;
  session: Session;
  words: Record<string, Record<string, string>>;
  /** The two statements of each pair, by language. */
  pairs: Record<string, [string, string][]>;
  languages: string[];
  /** A pulse's statements that are ours, in each language. */
  statements: Record<string, string[]>;
  columns: string[];
  characteristics: string[];
  longest: Record<"words" | "name" | "people", number>;
}

/** What the server answers: status 0 if nothing came that it sent. */
export interface Reply {
  status: number;
  data: any;
}

/** A key, a name, and a place, which may be empty. */
export type Person = [string, string, string];

export type Attributes = Record<string, any> | null;
export type Make = (tag: string, attributes?: Attributes, ...children: (Node | string | null | undefined)[]) => any;

/** One page of the session. */
export interface Step {
  draw(): void;
  /** If none of these is answered, the step is skipped, not left. */
  questions?: string[];
  /** False keeps people on the step. */
  isReady?(): boolean;
  /** What the button says; null for none. */
  next?(): string | null;
  /** Called when people leave the step. */
  leave?: (() => unknown) | null;
}
