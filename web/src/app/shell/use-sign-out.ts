/** Signs out and forgets everything that was seen. */
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { meQuery, signOut } from "../../api/auth";
import { errorLine } from "../../api/errors";
import { paths } from "../paths";

export function useSignOut(): () => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  return () => {
    signOut()
      .then(async () => {
        client.clear();
        client.setQueryData(meQuery.queryKey, null);
        await navigate(paths.signIn({}));
      })
      .catch((error: unknown) => {
        notifications.show({ title: "You are still signed in", message: errorLine(error) });
      });
  };
}
