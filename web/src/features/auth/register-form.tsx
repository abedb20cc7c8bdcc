/** A new account. */
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { register } from "../../api/auth";
import { describeError } from "../../api/errors";
import { Failure } from "../../ui/failure";

export function RegisterForm({ onDone }: { readonly onDone: () => Promise<void> }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const attempt = useMutation({
    mutationFn: async () => {
      await register({ name: name.trim(), email: email.trim(), password });
      await onDone();
    },
  });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate();
      }}
    >
      <TextInput
        label="Name"
        autoComplete="name"
        autoFocus
        required
        withAsterisk={false}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="username"
        required
        withAsterisk={false}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
      />
      {attempt.isError && <Failure {...describeError(attempt.error)} />}
      <Button type="submit" loading={attempt.isPending} fullWidth>
        Make the account
      </Button>
    </form>
  );
}
