// Step Functions in memory: names that are unique, and the real state machine run by aws-local-stepfunctions.
import {
  type DescribeExecutionCommandInput,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type GetExecutionHistoryCommandInput,
  type ListExecutionsCommandInput,
  type StartExecutionCommandInput,
  type StopExecutionCommandInput,
} from '@aws-sdk/client-sfn';

const META = { $metadata: { httpStatusCode: 200 } } as const;

type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

export interface Execution {
  readonly name: string;
  readonly arn: string;
  readonly input: string;
  readonly started: number;
  status: Status;
  stopped: number | null;
  output: string | null;
  error: string | null;
  cause: string | null;
  abort: () => void;
}

export interface MachineRun {
  readonly result: Promise<unknown>;
  readonly abort: () => void;
}

export class Executions {
  readonly #executions = new Map<string, Execution>();
  readonly #now: () => number;
  readonly #run: (execution: Execution) => MachineRun;

  /** @param run begins an execution of the machine */
  constructor(now: () => number, run: (execution: Execution) => MachineRun) {
    this.#now = now;
    this.#run = run;
  }

  startExecution({ stateMachineArn = '', name = '', input = '{}' }: StartExecutionCommandInput) {
    const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const known = this.#executions.get(arn);
    if (known !== undefined) {
      // The same start again while it runs is answered as the first was; anything else finds the name taken.
      if (known.status === 'RUNNING' && known.input === input) return this.#started(known);
      throw new ExecutionAlreadyExists({
        message: `Execution Already Exists: '${arn}'`,
        $metadata: { httpStatusCode: 400 },
      });
    }
    const execution: Execution = {
      ...{ name, arn, input, started: this.#now(), status: 'RUNNING', stopped: null },
      ...{ output: null, error: null, cause: null, abort: () => {} },
    };
    this.#executions.set(arn, execution);
    const { result, abort } = this.#run(execution);
    execution.abort = abort;
    result.then(
      (output) => this.#end(execution, 'SUCCEEDED', { output: JSON.stringify(output) }),
      (error: unknown) => this.#end(execution, 'FAILED', { error: nameOf(error), cause: messageOf(error) }),
    );
    return this.#started(execution);
  }

  describeExecution({ executionArn = '' }: DescribeExecutionCommandInput) {
    const { arn, name, status, started, stopped, input, output, error, cause } = this.#existing(executionArn);
    return {
      ...{ executionArn: arn, name, status, startDate: new Date(started), input },
      ...(stopped === null ? {} : { stopDate: new Date(stopped) }),
      ...(output === null ? {} : { output }),
      ...(error === null ? {} : { error, cause: cause ?? '' }),
      ...META,
    };
  }

  listExecutions({ maxResults = 100 }: ListExecutionsCommandInput) {
    const executions = [...this.#executions.values()].reverse().slice(0, maxResults);
    return {
      executions: executions.map(({ arn, name, status, started, stopped }) => ({
        ...{ executionArn: arn, name, status, startDate: new Date(started) },
        ...(stopped === null ? {} : { stopDate: new Date(stopped) }),
      })),
      ...META,
    };
  }

  getExecutionHistory({ executionArn = '' }: GetExecutionHistoryCommandInput) {
    this.#existing(executionArn);
    return { events: [], ...META };
  }

  /** Its functions go on until they end: Step Functions cannot stop a Lambda. */
  stopExecution({ executionArn = '', error, cause }: StopExecutionCommandInput) {
    const execution = this.#existing(executionArn);
    this.#end(execution, 'ABORTED', { error: error ?? null, cause: cause ?? null });
    execution.abort();
    return { stopDate: new Date(this.#now()), ...META };
  }

  /** Every one that runs ends as one that was cut off: what a hard end of everything leaves. */
  cutOff(): void {
    for (const execution of this.all()) {
      if (execution.status !== 'RUNNING') continue;
      this.#end(execution, 'FAILED', { error: 'CutOff', cause: 'everything ended' });
      execution.abort();
    }
  }

  all(): Execution[] {
    return [...this.#executions.values()];
  }

  #started({ arn, started }: Execution) {
    return { executionArn: arn, startDate: new Date(started), ...META };
  }

  #end(execution: Execution, status: Status, facts: Partial<Pick<Execution, 'output' | 'error' | 'cause'>>): void {
    if (execution.status !== 'RUNNING') return;
    Object.assign(execution, { status, stopped: this.#now(), ...facts });
  }

  #existing(arn: string): Execution {
    const found = this.#executions.get(arn);
    if (found !== undefined) return found;
    throw new ExecutionDoesNotExist({
      message: `Execution Does Not Exist: '${arn}'`,
      $metadata: { httpStatusCode: 400 },
    });
  }
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : 'Error');
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
