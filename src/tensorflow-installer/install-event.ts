/** What an installation is doing, told through a callback so that a command can draw it. */
export type InstallEvent =
  | { readonly kind: 'stage'; readonly text: string }
  | {
      readonly kind: 'download' | 'unpack';
      /** Such as `tensorflow-cpu`. */
      readonly name: string;
      readonly doneBytes: number;
      /** Undefined as long as it is not known. */
      readonly totalBytes: number | undefined;
    };

export type InstallListener = (event: InstallEvent) => void;
