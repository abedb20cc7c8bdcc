/** What was typed on the new schema page, kept through a reload of the tab. */

export interface SchemaDraft {
  readonly name: string;
  readonly description: string;
  readonly projectId: string | undefined;
  readonly document: string;
}

const KEY = "tenanta.newSchema";

export function keepDraft(draft: SchemaDraft): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // A full or forbidden store only costs the reload's memory.
  }
}

export function keptDraft(): SchemaDraft | undefined {
  try {
    const text = sessionStorage.getItem(KEY);
    return text === null ? undefined : (JSON.parse(text) as SchemaDraft);
  } catch {
    return undefined;
  }
}

export function forgetDraft(): void {
  sessionStorage.removeItem(KEY);
}
