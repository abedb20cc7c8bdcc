/** E-mail and password. */
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { signIn } from "../../api/auth";
import { describeError } from "../../api/errors";
import { Failure } from "../../ui/failure";

export function SignInForm({ onDone }: { readonly onDone: () => Promise<void> }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const attempt = useMutation({
    mutationFn: async () => {
      await signIn({ email: email.trim(), password });
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
        label="E-mail"
        type="email"
        autoComplete="username"
        autoFocus
        required
        withAsterisk={false}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
      />
      {attempt.isError && <Failure {...describeError(attempt.error)} />}
      <Button type="submit" loading={attempt.isPending} fullWidth>
        Sign in
      </Button>
    </form>
  );
}
