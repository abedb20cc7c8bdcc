/** A refusal or a fault, in words, with what to do about it. */
import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Prose } from "./prose";
import "./failure.css";

export interface FailureProps {
  readonly title: string;
  readonly detail: string;
  readonly hint?: string;
  readonly requestId?: string;
  readonly onRetry?: () => void;
}

export function Failure({ title, detail, hint, requestId, onRetry }: FailureProps) {
  return (
    <div className="failure" role="alert">
      <IconAlertTriangle size={20} stroke={1.75} aria-hidden className="failure-icon" />
      <div>
        <p className="failure-title">{title}</p>
        <p className="failure-text">
          <Prose text={hint === undefined ? detail : `${detail} ${hint}`} />
        </p>
        {requestId !== undefined && (
          <p className="failure-request">
            Request <span className="mono">{requestId}</span>
          </p>
        )}
        {onRetry !== undefined && (
          <Button variant="default" size="xs" mt={8} onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
