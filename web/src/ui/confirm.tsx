/** Asks before something that is hard to take back; the worst asks for the name. */
import { Button, Modal, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Failure, type FailureProps } from "./failure";

interface ConfirmProps {
  readonly title: string;
  readonly children: ReactNode;
  /** A verb with its object: "Remove Ada". */
  readonly action: string;
  /** When given, it must be typed before the act. */
  readonly name?: string;
  readonly busy?: boolean;
  readonly failure?: FailureProps | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

export function Confirm(props: ConfirmProps) {
  const [typed, setTyped] = useState("");
  const ready = props.name === undefined || typed === props.name;
  return (
    <Modal opened onClose={props.onClose} title={props.title} size={440}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // Asked from inside another form, which must not take this as its own.
          event.stopPropagation();
          if (ready) props.onConfirm();
        }}
      >
        <div className="dim">{props.children}</div>
        {props.name !== undefined && (
          <TextInput
            mt={16}
            label={`Type ${props.name} to confirm`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        )}
        {props.failure !== undefined && (
          <div style={{ marginTop: 16 }}>
            <Failure {...props.failure} />
          </div>
        )}
        <div className="form-actions">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            data-danger
            loading={props.busy ?? false}
            disabled={!ready}
            title={ready ? undefined : `Type ${props.name} above first`}
            {...(props.name === undefined ? { "data-autofocus": true } : {})}
          >
            {props.action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
