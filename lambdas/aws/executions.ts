// Executions of the training pipeline.
import { ExecutionAlreadyExists, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { sfn } from './clients.ts';
import { settings } from './settings.ts';

/** The started execution's ARN, or null when the name is taken: the same input was started before. */
export async function startExecution(name: string, input: Readonly<Record<string, unknown>>): Promise<string | null> {
  try {
    const { executionArn = '' } = await sfn().send(
      new StartExecutionCommand({ stateMachineArn: settings().stateMachineArn, name, input: JSON.stringify(input) }),
    );
    return executionArn;
  } catch (error) {
    if (error instanceof ExecutionAlreadyExists) return null;
    throw error;
  }
}
