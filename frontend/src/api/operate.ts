// Requests that change something: they need the operator's token. A refused one is forgotten, so that it is asked again.
import { ApiProblem, type RequestOptions, request } from './client.ts';
import { setToken } from './token.ts';

export async function operate<T>(path: string, options: RequestOptions<T>): Promise<T> {
  try {
    return await request('POST', path, options);
  } catch (error) {
    if (error instanceof ApiProblem && (error.status === 401 || error.status === 403)) setToken(null);
    throw error;
  }
}
