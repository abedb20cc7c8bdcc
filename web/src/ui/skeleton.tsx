/** Grey lines in the shape of what comes, seen only when it takes longer than 150 ms. */
import "./skeleton.css";

interface SkeletonProps {
  readonly lines: number;
  readonly height?: number;
  readonly label?: string;
}

const SLOTS = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"] as const;

export function Skeleton({ lines, height = 36, label = "Loading" }: SkeletonProps) {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {SLOTS.slice(0, lines).map((slot) => (
        <div key={slot} className="skeleton-line" style={{ height }} />
      ))}
    </div>
  );
}
