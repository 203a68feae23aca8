// What a waiting user sees: one line a piece of work, counting seconds on a terminal, plain where there is none.

export interface Step {
  /** Changes what is said beside the title, e.g. "batch 3 of 7". */
  update(detail: string): void;
  done(detail?: string): void;
  fail(): void;
}

const TITLE_WIDTH = 14;
const REFRESH_MS = 200;

let openStep: (() => void) | undefined;
let openTimer: NodeJS.Timeout | undefined;

/** Leaves the open line as it stands: its work was cut off. */
export function leaveOpenLine(): void {
  clearInterval(openTimer);
  openStep = undefined;
}

/** Opens a line. Only one is open at a time; `say` may print above it. */
export function step(title: string, detail = ''): Step {
  const started = performance.now();
  let current = detail;
  const line = (mark: string) => `  ${mark} ${title.padEnd(TITLE_WIDTH)} ${seconds(started).padStart(7)}  ${current}`;
  const draw = () => process.stdout.write(`\r\x1b[K${cut(line('·'))}`);
  const terminal = process.stdout.isTTY;
  openTimer = terminal ? setInterval(draw, REFRESH_MS) : undefined;
  if (terminal) draw();
  openStep = terminal ? draw : undefined;
  const close = (mark: string, last?: string) => {
    leaveOpenLine();
    current = last ?? current;
    process.stdout.write(`${terminal ? '\r\x1b[K' : ''}${line(mark)}\n`);
  };
  return {
    update: (text) => {
      if (text === current) return;
      current = text;
      if (!terminal) process.stdout.write(`${line('·')}\n`);
    },
    done: (text) => close('✓', text),
    fail: () => close('✗'),
  };
}

/** Runs a piece of work under a line of its own. `summarise` words its result. */
export async function during<T>(
  title: string,
  work: (open: Step) => Promise<T>,
  summarise: (result: T) => string = () => '',
): Promise<T> {
  const open = step(title);
  try {
    const result = await work(open);
    open.done(summarise(result));
    return result;
  } catch (error) {
    open.fail();
    throw error;
  }
}

/** Prints a line above the open one. */
export function say(text: string): void {
  process.stdout.write(`${openStep ? '\r\x1b[K' : ''}${text}\n`);
  openStep?.();
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

// A line that wraps could not be drawn over. Some terminals do not know how wide they are, and say 0.
const cut = (text: string) => text.slice(0, (process.stdout.columns || 120) - 1);
