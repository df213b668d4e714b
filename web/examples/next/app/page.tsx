import { Export } from "./export";

export default function Page() {
  return (
    <main>
      <h1>Episode 12</h1>
      <Export baseUrl={process.env.NEXT_PUBLIC_EXPORT_SERVICE ?? ""} />
    </main>
  );
}
