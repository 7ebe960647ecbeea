// What the app sends to the map, and what the scripts share on `window`. For the type checker only: nothing here ships.
// All of it is global, so that no script has to import types.

export {};

declare global {
  type NetworkMap = import("./network_map.js").NetworkMap;
  type Graph = import("./graph.js").Graph;
  type Labels = import("./labels.js").Labels;
  type BoxIndex = import("./boxes.js").BoxIndex;
  type MoveOptions = import("vis-network-subset").MoveOptions;
  type ClickEvent = import("vis-network-subset").ClickEvent;
  type Network = import("vis-network-subset").Network;

  type NameStyle = "names" | "initials" | "codes";
  type Theme = "light" | "dark";

  /** The number of a person or a tie: its place in the columns of the data. */
  type PersonIndex = number;
  type TieIndex = number;

  /** A value of the attribute that colors the map (-1: other), or the people who did not respond. */
  type LegendGroup = number | "silent";

  interface LineStyle {
    color: string;
    dashes: number[];
  }

  interface Palette {
    paper: string;
    ink: string;
    muted: string;
    other: string;
    accent: string;
    groups: string[];
    lines: LineStyle[];
  }

  interface LegendEntry {
    group: number;
    label: string;
    count: number;
    shape: string;
  }

  /** One attribute of everyone on the map: each value once, and for each person the place of theirs (-1: none). */
  interface AttributeColumn {
    label: string;
    values: string[];
    indexes: number[];
  }

  /** A measure of ties, such as trust; null where no one answered. */
  interface TieMeasure {
    id: string;
    label: string;
    values: (number | null)[];
  }

  /** A part of the map with a hull and a name: a cluster, or the people with one value of the column in color. */
  interface Region {
    /** The cluster's number; for a category, its group in the legend. */
    number: number;
    name: string;
    kind: "found" | "category";
    members: PersonIndex[];
  }

  /** The area for people with no connections yet, in map units. */
  interface IsolateArea {
    x: number;
    y: number;
    width: number;
    height: number;
    label: string;
    /** True if people stand so close that there is no room for their names. */
    isCompact?: boolean;
    /** What it leaves free above people, in map units. */
    headingHeight?: number;
  }

  interface MapDescription {
    description: string;
    description_names: string;
  }

  interface MapDetails {
    version: string;
    complete: boolean;
    people: Record<string, DetailSection[]>;
    ties: Record<string, TieReport[]>;
  }

  interface DetailSection {
    title: string;
    lines: [string, string][];
    more: number;
  }

  interface TieReport {
    who: string;
    lines: string[];
  }

  /** What `NetworkMap.as_json` in network_map.py gives. */
  interface MapData extends MapDescription {
    version: string;
    /** The network's name. */
    title: string;
    wave: string;
    /** Where the map comes from and of which day. */
    source: string;
    for_staff: boolean;
    /** How many people share how many ties, and how many have none, in one sentence. */
    counts: string;
    base: string;
    key?: string;
    /** True if people stand where the data says, whatever the stage's shape. */
    is_arranged?: boolean;
    people: {
      id: string[];
      name: string[];
      x: number[];
      y: number[];
      ties: number[];
      group: number[];
      betweenness: number[] | null;
      nonrespondents: PersonIndex[];
      organizations: PersonIndex[];
      /** Each person's cluster; -1 for none. */
      cluster: number[];
      /** Of some people, how many of their ties lead to people off the map. For staff only. */
      hidden_ties: [PersonIndex, number][];
    };
    name_styles: { shown: NameStyle; others: Partial<Record<NameStyle, string[]>> };
    attributes: AttributeColumn[];
    ties: {
      from: PersonIndex[];
      to: PersonIndex[];
      strength: (number | null)[];
      kinds: number[];
      kind_names: string[];
      kind_sets: number[][];
      unconfirmed: TieIndex[];
      /** Those of the unconfirmed that are introductions after the wave. For staff only. */
      introduced: TieIndex[];
      /** Those that one of the two people reported and the other didn't. For staff only. */
      one_sided: TieIndex[];
      measures: TieMeasure[];
    };
    legend: { title: string; nonresponse_label: string; entries: LegendEntry[] };
    /** `regionsOf` and `crossesRegions` in regions.js read them. */
    regions: {
      kind: Region["kind"];
      entries: { number: number; name: string }[];
      /** What a region is called, as in "from one cluster to another". */
      noun: string;
      /** The few people who hold regions together, the highest betweenness first. */
      brokers: PersonIndex[];
    };
    scale: Record<string, string>;
    shapes: { groups: string[]; other: string };
    options: object;
    shown: number;
    total: number;
    isolates: IsolateArea | null;
    tie_opacity: number;
    palettes: Record<Theme, Palette>;
    fonts: { text: string; title: string };
    details?: MapDetails;
    tour?: TourData;
  }

  /** The prepared tour, as `MapTour.as_json` in tour.py gives it. People are given by their ids. */
  interface TourData {
    steps: TourStep[];
  }

  interface TourStep {
    id: string;
    /** One sentence about what is shown. */
    text: string;
    /** The people whom the step is about; empty for everyone. */
    people: string[];
    /** Those of them whom it is most about. */
    leading: string[];
    changes?: WaveChanges;
    /** Pairs of people who could meet. */
    pairs?: [string, string][];
  }

  /** What changed since the wave before. */
  interface WaveChanges {
    joined: string[];
    /** People who joined and have left since. */
    passed: string[];
    /** Where each person who left was, and who they were connected to who stayed; not who they were. */
    left: (Point & { near: string[] })[];
    /** New ties between people who stayed. */
    new: [string, string][];
    /** Ties of people who joined. */
    brought: [string, string][];
    /** Lost ties between people who stayed. */
    lost: [string, string][];
  }

  interface View {
    size: "ties" | "bridging" | "same";
    /** "strength", "type", "reports", or the id of a tie measure. */
    lines: string;
    names: NameStyle;
    /** What tells categories apart. */
    marks: "color" | "shape";
  }

  interface Path {
    people: PersonIndex[];
    ties: TieIndex[];
    /** How many paths are as short. */
    count: number;
  }

  interface Point {
    x: number;
    y: number;
  }

  interface Box extends Point {
    w: number;
    h: number;
  }

  interface Bounds {
    left: number;
    right: number;
    top: number;
    bottom: number;
  }

  /** How the canvas shows the map: map units to pixels, and its size in pixels. */
  interface Viewport extends Size {
    ratio: number;
    scale: number;
    origin: Point;
    /** How far down a picture the map begins. */
    top?: number;
  }

  interface Frame extends Viewport {
    isMoving: boolean;
  }

  /** The area around people of a region, in map units. */
  interface Hull {
    region: Region;
    outline: Point[];
    path: Path2D;
    center: Point;
    box: Box;
  }

  /** What is done to positions to fill the stage. */
  interface Stretch {
    isTurned: boolean;
    across: number;
    down: number;
  }

  /** In pixels. */
  interface Size {
    width: number;
    height: number;
  }

  /** What people are arranged for. */
  interface Stage extends Size {
    /** The size of names, in pixels. */
    text: number;
    /** True if people with no connections yet must be shown with their names. */
    listsUnconnected: boolean;
  }

  /** What is new since the data before. */
  interface Highlights {
    people: Set<PersonIndex>;
    ties: Set<TieIndex>;
    /** When they came, in ms. */
    begun: number;
  }

  interface Positions {
    x: Float64Array;
    y: Float64Array;
  }

  /** What one component of the page publishes for the map of the same key. */
  type PublishedData = { map: string } & (
    | ({ what: "network" } & MapData)
    | ({ what: "details" } & MapDetails)
    | ({ what: "description" } & MapDescription)
    | ({ what: "tour" } & TourData)
  );

  /** What the app sends to the map of a live session. */
  interface LiveData {
    base: string;
    map: MapData;
    shows_names: boolean;
    counts: string;
    /** The category that is shown large, and the ids of its people; empty for everyone. */
    focus: string;
    focus_people: string[];
  }

  /** What Streamlit passes to a component's script. */
  interface Component<Data> {
    parentElement: HTMLElement | ShadowRoot;
    data: Data;
    setTriggerValue(name: string, value: unknown): void;
  }

  interface MountData {
    key: string;
    base: string;
    /** The version of the whole network that `changes` apply to. */
    network_version: string;
    changes: Partial<Omit<MapData, "people" | "ties">> & {
      people?: Partial<MapData["people"]>;
      ties?: Partial<MapData["ties"]>;
    };
  }

  interface VisLibrary {
    Network: new (element: HTMLElement, data: object, options: object) => Network;
    contours(): import("vis-network-subset").Contours;
  }

  /** The map's style sheet; Python puts it before the script. */
  const STYLES: string;

  interface Window {
    vis?: VisLibrary;
    nethealthVis?: Promise<VisLibrary>;
    nethealthMap: { NetworkMap: typeof import("./network_map.js").NetworkMap; STYLES: string };
    nethealthMapData?: Map<string, PublishedData>;
    nethealthMapsReady?: Set<string>;
  }

  interface Navigator {
    keyboard?: { lock?: (keys: string[]) => Promise<void> };
  }

  interface WindowEventMap {
    "nethealth-map-data": CustomEvent<PublishedData>;
    "nethealth-map-ready": CustomEvent<string>;
  }

  interface Element {
    /** For tests and benchmarks, which ask where people stand. */
    networkMap?: NetworkMap;
  }
}
