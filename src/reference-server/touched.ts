import { type Operations, soundOperations } from "./operations.ts";
import type { ResourceType } from "./schemas.ts";
import type { Character } from "./variation.ts";

type TypeName = ResourceType["name"];
type Name = keyof Operations;

/** Operations that differ from those underneath for some types of resources alone. */
const limited = new WeakMap<object, readonly TypeName[]>();

/**
 * Says that an operation is the one underneath for all but these types. What that one itself does otherwise is not
 * forgotten.
 */
export function onlyFor<Kind extends Name>(
  types: readonly TypeName[],
  operation: Operations[Kind],
  underneath: { readonly name: Kind; readonly operation: Operations[Kind] },
): Operations[Kind] {
  const isSound = underneath.operation === soundOperations[underneath.name];
  const inherited = isSound ? [] : limited.get(underneath.operation);
  if (inherited !== undefined) limited.set(operation, [...inherited, ...types]);
  return operation;
}

/**
 * The operations through which alone a server can answer otherwise than the sound one, as `telling` names them;
 * undefined when it can do so anywhere.
 */
export function touchedBy({ replace = {}, ...more }: Character): readonly string[] | undefined {
  if (Object.keys(more).length > 0) return undefined;
  return Object.entries(replace).flatMap(([name, operation]) => {
    if (operation === soundOperations[name as Name]) return [];
    const types = limited.get(operation);
    return types === undefined ? [name] : types.map((type) => `${name} ${type}`);
  });
}

/** The sound operations, telling the names of each call: that of the operation, and that with its type of resource. */
export function telling(tell: (name: string) => void): Operations {
  const told = Object.entries(soundOperations).map(([name, operation]) => [
    name,
    (...given: readonly unknown[]) => {
      tell(name);
      const [type, ...others] = [given[1]].flat() as readonly (Partial<ResourceType> | undefined)[];
      if (typeof type?.name === "string" && others.length === 0) tell(`${name} ${type.name}`);
      return (operation as (...given: readonly unknown[]) => unknown)(...given);
    },
  ]);
  return Object.fromEntries(told) as Operations;
}
