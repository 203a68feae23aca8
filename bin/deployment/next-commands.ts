// What to type after a deployment: bring in a file, start the chain, make a token.

/** @param outputs the stacks' outputs by stack name, as the CDK writes them */
export function nextCommands(
  name: string,
  outputs: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string {
  const { DataBucketName = '', StateMachineArn = '', ApiUrl = '' } = outputs[name] ?? {};
  const page = outputs[`${name}-web`]?.WebUrl;
  return [
    `API   ${ApiUrl}`,
    ...(page === undefined ? [] : [`Page  ${page}`]),
    '',
    'Next:',
    `  aws s3 cp diabetic_data.csv s3://${DataBucketName}/incoming/`,
    `  aws stepfunctions start-execution --state-machine-arn ${StateMachineArn} --input '{"source": "incoming/diabetic_data.csv"}'`,
    `  npm run token -- --aws --stack ${name} --scope predict`,
  ].join('\n');
}
