/** Changes one's password. */
import { Button, PasswordInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { changePassword } from "../../api/auth";
import { describeError } from "../../api/errors";
import { Failure } from "../../ui/failure";

export function PasswordForm() {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      notifications.show({ message: "Your password is changed." });
    },
  });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <PasswordInput
        label="Current password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": "Show the current password" }}
      />
      <PasswordInput
        label="New password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": "Show the new password" }}
      />
      {change.isError && <Failure {...describeError(change.error)} />}
      <div>
        <Button type="submit" variant="default" loading={change.isPending}>
          Change password
        </Button>
      </div>
    </form>
  );
}
