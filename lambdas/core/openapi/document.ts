// The OpenAPI 3.1 description of the API.

export function openApi(): Record<string, unknown> {
  return { openapi: '3.1.0', info: { title: 'readmit', version: '0.1.0' }, paths: {} };
}
