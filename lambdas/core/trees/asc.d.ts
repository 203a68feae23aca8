// What we use of the AssemblyScript compiler. Its own types declare globals (console, for one) over Node's.

interface Host {
  readonly readFile: (name: string) => string | null;
  readonly writeFile: (name: string, contents: string | Uint8Array) => void;
  readonly listFiles: () => string[];
}

interface Compiled {
  readonly error: Error | null;
  readonly stderr: { toString(): string };
}

declare const asc: { main(args: readonly string[], host: Host): Promise<Compiled> };
export default asc;
