/** The details of a schema as a form holds them, and what of them was changed. */

export interface Details {
  readonly name: string;
  readonly description: string;
  readonly isActive: boolean;
}

interface Described {
  readonly name: string;
  readonly description?: string | null;
  readonly isActive: boolean;
}

export function detailsOf({ name, description, isActive }: Described): Details {
  return { name, description: description ?? "", isActive };
}

/** Only the parts that differ, so that two people who change different parts do not meet. */
export function changedDetails(before: Details, after: Details): Partial<Details> {
  return {
    ...(after.name.trim() === before.name ? {} : { name: after.name.trim() }),
    ...(after.description === before.description ? {} : { description: after.description }),
    ...(after.isActive === before.isActive ? {} : { isActive: after.isActive }),
  };
}

/** The parts that are about to be changed and were changed by somebody else meanwhile. */
export function overtaken(before: Details, now: Details, changes: Partial<Details>): string[] {
  const parts: readonly (keyof Details)[] = ["name", "description", "isActive"];
  return parts.filter((part) => {
    return part in changes && now[part] !== before[part] && now[part] !== changes[part];
  });
}
