/** The versions of a schema, newest first. */
import { useQuery } from "@tanstack/react-query";
import { describeError } from "../../api/errors";
import { versionsQuery } from "../../api/schemas";
import type { Version } from "../../api/types";
import { useSchema } from "../../app/schema";
import { useTenant } from "../../app/tenant";
import { formatActor, plural } from "../../lib/format";
import { Ago } from "../../ui/ago";
import { Failure } from "../../ui/failure";
import { Prose } from "../../ui/prose";
import { Skeleton } from "../../ui/skeleton";
import { Status } from "../../ui/status";
import { summaryLines } from "./summary-lines";
import "./history-tab.css";

/** With more changes than this, the rest is folded. */
const MAX_SHOWN = 8;

function Changes({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul className="version-changes">
      {lines.map((line) => (
        <li key={line}>
          <Prose text={line} />
        </li>
      ))}
    </ul>
  );
}

function VersionRow({
  version,
  isCurrent,
}: {
  readonly version: Version;
  readonly isCurrent: boolean;
}) {
  const lines = summaryLines(version.summary ?? []);
  return (
    <li className="version" data-current={isCurrent || undefined}>
      <div className="version-head">
        <h2 className="version-title">Version {version.version}</h2>
        {isCurrent && <Status tone="ok" label="Current" />}
        <span className="faint">
          <Ago time={version.createdAt} />
          {version.createdBy ? ` by ${formatActor(version.createdBy)}` : ""}
        </span>
      </div>
      {version.message && <p className="version-text">{version.message}</p>}
      <Changes lines={lines.slice(0, MAX_SHOWN)} />
      {lines.length > MAX_SHOWN && (
        <details className="version-rest">
          <summary>{plural(lines.length - MAX_SHOWN, "more change")}</summary>
          <Changes lines={lines.slice(MAX_SHOWN)} />
        </details>
      )}
    </li>
  );
}

export function HistoryTab() {
  const { tenant } = useTenant();
  const schema = useSchema();
  const versions = useQuery(versionsQuery(tenant.id, schema.id));
  return (
    <div className="page page-tab">
      {versions.isPending && <Skeleton lines={3} height={56} label="Loading the history" />}
      {versions.isError && (
        <Failure {...describeError(versions.error)} onRetry={() => void versions.refetch()} />
      )}
      {versions.data !== undefined && (
        <ol className="versions" aria-label="Versions">
          {versions.data.items.map((version) => (
            <VersionRow
              key={version.version}
              version={version}
              isCurrent={version.version === schema.version}
            />
          ))}
        </ol>
      )}
    </div>
  );
}
