// The part of vis-network that the map uses: its canvas, camera, and pointer events; and that of d3-contour.

declare module "vis-network-subset" {
  export interface Point {
    x: number;
    y: number;
  }

  export interface MoveOptions {
    position?: Point;
    scale?: number;
    offset?: Point;
    animation?: false | { duration: number; easingFunction: string };
  }

  export interface ClickEvent {
    pointer: { canvas: Point; DOM: Point };
    event?: { srcEvent?: PointerEvent };
  }

  export interface Network {
    on(event: "beforeDrawing", callback: (pen: CanvasRenderingContext2D) => void): void;
    on(event: "click", callback: (event: ClickEvent) => void): void;
    on(event: string, callback: () => void): void;
    getScale(): number;
    getViewPosition(): Point;
    canvasToDOM(point: Point): Point;
    DOMtoCanvas(point: Point): Point;
    moveTo(options: MoveOptions): void;
    redraw(): void;
    setSize(width: string, height: string): void;
    destroy(): void;
  }

  export interface Contours {
    size(columnsAndRows: [number, number]): Contours;
    contour(values: ArrayLike<number>, level: number): { coordinates: [number, number][][][] };
  }
}
