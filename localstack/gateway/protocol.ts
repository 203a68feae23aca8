// What the gateway and a worker tell each other: flat arrays in batches, since every object costs a structured clone.

/** One request on its way to a function. */
export type Invocation = readonly [
  id: number,
  /** Position in the worker's list of resources. */
  resource: number,
  method: string,
  /** Path and query as they came. */
  target: string,
  /** Names and values in turn, as they came, in one text: a list costs ten times as much on the way. */
  headers: string,
  body: string | null,
  isBase64: boolean,
  /** Values of the path parameters, in the order of the resource. */
  parameters: readonly string[],
  requestId: string,
  /** Milliseconds since 1970. */
  time: number,
  sourceIp: string,
  /** What the authorizer said of the caller, as JSON. */
  authorizer: string | null,
];

/** An invocation of a function that is not behind a route, such as the authorizer, with its event as JSON. */
export type RawInvocation = readonly [id: number, event: string, requestId: string];

export type ToWorker =
  | { readonly kind: 'invoke'; readonly invocations: readonly Invocation[] }
  | { readonly kind: 'raw'; readonly invocation: RawInvocation };

/** The answer to one invocation: an HTTP response, or the JSON that a raw one returned, or a failure. */
export type Outcome =
  | readonly [id: number, status: number, headers: readonly string[], body: string, isBase64: boolean]
  | readonly [id: number, json: string]
  | readonly [id: number];

/** One line of the function's log: milliseconds since 1970 and text. Between threads they are packed (log-lines.ts). */
export type LogLine = readonly [time: number, text: string];

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly reason: string; readonly logs: string }
  | { readonly kind: 'outcomes'; readonly outcomes: readonly Outcome[]; readonly logs: string };

/** What a worker gets once, when it starts. */
export interface WorkerData {
  /** Folder with the function's unpacked code. */
  readonly directory: string;
  /** Lambda's handler setting, e.g. `index.handler`. */
  readonly handler: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly resources: readonly ResourceData[];
  readonly api: ApiData;
  /** One Int32: the id of the invocation in progress. It outlives a worker that ends without a word. */
  readonly progress: Int32Array;
}

export interface ResourceData {
  /** As API Gateway writes it, e.g. `/models/{version}`. */
  readonly path: string;
  readonly resourceId: string;
  readonly parameters: readonly string[];
  /** Whether any page may read its answers. */
  readonly openToPages: boolean;
}

export interface ApiData {
  readonly apiId: string;
  readonly stage: string;
  readonly accountId: string;
  /** Host name and port of the gateway, for the forwarded headers. */
  readonly port: number;
}
