// Renders an overlay without kustomize: the few of its features that these manifests use, so that everyone can look at
// them. A test holds the result against `kustomize build`. Other fields of a kustomization are refused by the schema.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const generatorSchema = z.strictObject({
  name: z.string(),
  files: z.array(z.string()).default([]),
  envs: z.array(z.string()).default([]),
  literals: z.array(z.string()).default([]),
  options: z
    .strictObject({ disableNameSuffixHash: z.boolean(), labels: z.record(z.string(), z.string()).default({}) })
    .optional(),
});
type Generator = z.infer<typeof generatorSchema>;

const kustomizationSchema = z.strictObject({
  apiVersion: z.string(),
  kind: z.enum(['Kustomization', 'Component']),
  namespace: z.string().optional(),
  labels: z.array(z.strictObject({ pairs: z.record(z.string(), z.string()) })).default([]),
  resources: z.array(z.string()).default([]),
  components: z.array(z.string()).default([]),
  configMapGenerator: z.array(generatorSchema).default([]),
  secretGenerator: z.array(generatorSchema).default([]),
  patches: z
    .array(z.strictObject({ target: z.strictObject({ kind: z.string(), name: z.string() }), patch: z.string() }))
    .default([]),
});

const manifestSchema = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), labels: z.record(z.string(), z.string()).optional() }),
});
export type Manifest = z.infer<typeof manifestSchema>;

const operationsSchema = z.array(z.strictObject({ op: z.literal('add'), path: z.string(), value: z.unknown() }));

export function renderManifests(folder: string): string {
  return manifestsOf(folder)
    .map((manifest) => stringify(manifest))
    .join('---\n');
}

/** All manifests of a kustomization. Names of generated ones have no hash, so a changed setting restarts nothing. */
export function manifestsOf(folder: string): Manifest[] {
  const read = (path: string) => parse(readFileSync(join(folder, path), 'utf8'));
  const kustomization = kustomizationSchema.parse(read('kustomization.yaml'));
  const { resources, components, configMapGenerator, secretGenerator, patches, labels, namespace } = kustomization;
  const manifests = [
    ...resources.flatMap((path) =>
      path.endsWith('.yaml') ? [manifestSchema.parse(read(path))] : manifestsOf(join(folder, path)),
    ),
    ...components.flatMap((path) => manifestsOf(join(folder, path))),
    ...configMapGenerator.map((generator) => configMap(folder, generator)),
    ...secretGenerator.map((generator) => secret(folder, generator)),
  ];
  for (const { target, patch } of patches) {
    const found = manifests.filter(({ kind, metadata }) => kind === target.kind && metadata.name === target.name);
    for (const { path, value } of operationsSchema.parse(parse(patch))) for (const one of found) add(one, path, value);
  }
  for (const manifest of manifests) {
    if (namespace !== undefined && manifest.kind !== 'Namespace') manifest.metadata.namespace = namespace;
    for (const { pairs } of labels) manifest.metadata.labels = { ...manifest.metadata.labels, ...pairs };
  }
  return manifests;
}

function configMap(folder: string, generator: Generator): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadataOf(generator), data: dataOf(folder, generator) };
}

function secret(folder: string, generator: Generator): Manifest {
  const data = Object.entries(dataOf(folder, generator)).map(([key, text]) => [
    key,
    Buffer.from(text).toString('base64'),
  ]);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadataOf(generator),
    type: 'Opaque',
    data: Object.fromEntries(data),
  };
}

function metadataOf({ name, options }: Generator): Manifest['metadata'] {
  const labels = options?.labels ?? {};
  return Object.keys(labels).length === 0 ? { name } : { name, labels };
}

function dataOf(folder: string, { files, envs, literals }: Generator): Record<string, string> {
  const text = (path: string) => readFileSync(join(folder, path), 'utf8');
  const lines = [...literals, ...envs.flatMap((path) => text(path).split('\n'))].filter((line) => line.includes('='));
  return Object.fromEntries([
    ...files.map((path) => [basename(path), text(path)]),
    ...lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  ]);
}

/** RFC 6902's add, to members of objects. */
function add(manifest: Manifest, path: string, value: unknown): void {
  const [name = '', ...parents] = path.split('/').slice(1).reverse();
  let at: Record<string, unknown> = manifest;
  for (const part of parents.reverse()) {
    const next = at[part];
    if (typeof next !== 'object' || next === null) throw new TypeError(`${path} leads nowhere in ${manifest.kind}`);
    at = z.custom<Record<string, unknown>>().parse(next);
  }
  at[name] = value;
}
