// Stands in for the SDK's chain of places to look for credentials. In a Lambda they are in the environment, where the
// runtime puts those of its role; profiles, single sign-on and instance metadata are a sixth of what it would read to start.
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
