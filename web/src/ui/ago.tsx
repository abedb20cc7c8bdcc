/** A time as people say it, with the exact one on hover. */
import { formatAgo, formatTime } from "../lib/format";

export function Ago({ time }: { readonly time: string }) {
  return (
    <time dateTime={time} title={formatTime(time)}>
      {formatAgo(time, Date.now())}
    </time>
  );
}
