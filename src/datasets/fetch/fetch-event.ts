/** What a fetch is doing, told through a callback so that a command can draw it; called often. */
export type FetchEvent =
  | {
      readonly kind: 'download';
      /** Bytes on disk, what an earlier download left included. */
      readonly receivedBytes: number;
      /** Undefined when the server does not tell. */
      readonly totalBytes: number | undefined;
    }
  | {
      readonly kind: 'unpack';
      /** Bytes of the archive read so far, and in all. */
      readonly readBytes: number;
      readonly totalBytes: number;
    };

/** How a fetch tells about itself; both default to nothing. */
export interface FetchListeners {
  readonly onProgress?: (event: FetchEvent) => void;
  /** A sentence that the user should see, such as that a download goes on after an interruption. */
  readonly onNote?: (note: string) => void;
}
