// Puts a known fault into a universe: a change to a source while it is loaded, or to commands on their way to a service.
import { registerHooks } from 'node:module';
import type { ObjectRights } from '../services/objects.ts';
import type { Altered } from '../world/network.ts';
import { PLANTED } from './faults.ts';

/** @throws PlantedFaultError when the source no longer has what is to be changed */
export function plantInSources(name: string | null): void {
  const changes = name === null ? [] : (plantedOf(name).sources ?? []);
  if (changes.length === 0) return;
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      const own = changes.filter(({ file }) => url.endsWith(`/${file}`));
      if (own.length === 0) return loaded;
      let text = textOf(loaded.source);
      for (const { file, from, to } of own) {
        if (text.split(from).length !== 2) throw new PlantedFaultError(name ?? '', file);
        text = text.replace(from, () => to);
      }
      return { ...loaded, source: text };
    },
  });
}

export function alterationOf(name: string | null): Altered {
  return (name === null ? undefined : plantedOf(name).alter) ?? ((command) => command);
}

export function rightsUnder(name: string | null, rights: Readonly<Record<string, ObjectRights>>) {
  return (name === null ? undefined : plantedOf(name).rights)?.(rights) ?? rights;
}

function textOf(source: string | ArrayBuffer | NodeJS.TypedArray | undefined): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source);
}

function plantedOf(name: string) {
  const found = PLANTED.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`there is no planted fault ${name}`);
  return found;
}

export class PlantedFaultError extends Error {
  override readonly name = 'PlantedFaultError';
  constructor(name: string, file: string) {
    super(`${file} has changed: the planted fault "${name}" no longer finds what it breaks; write it anew`);
  }
}
