/** What a person can do about an export that failed; codes as in docs/errors.md. */

const REMEDIES: Record<string, string> = {
  source_missing: "Put the file back into the sources, under the same name, and try again.",
  source_refused: "Give the file itself to the service, not a link to it, and choose it again.",
  source_unreadable:
    "The file may be damaged, or its copy was not complete. Copy it again from the camera, then try again.",
  source_changed: "The file has changed since. Check that it is complete, then try again.",
  source_fault: "Check this camera's file, then try again.",
  empty_programme: "Make the shots longer: together they are shorter than one picture.",
  encoder_failed: "Try again with other settings. If that fails too, ask whoever runs the service.",
  child_crashed: "Try again. If it fails at the same place, one of the files may be damaged there.",
  stalled: "The disk may be slow or away. Try again later.",
  out_of_memory: "Try again with a smaller picture, or when less is being exported.",
  limit_exceeded: "Something about one of the files is unusual. Look at each of them in a player.",
  verification_failed:
    "The result was checked and was not right, so it is not handed out. Try again; if it fails again, report it.",
  died_too_often: "Something ends the work again and again. Ask whoever runs the service.",
  render_fault: "Try again. If it fails again, ask whoever runs the service.",
  no_space: "Make room: delete exports that nobody needs. Then try again.",
  volume_unavailable: "The service's disk is away. Ask whoever runs the service.",
  quota_reached: "Wait until some of your exports are done, or delete some.",
  unreachable: "Check the connection; the page tries again by itself.",
  not_known: "Enter the key that you were given.",
  not_found: "It was deleted, or the address is wrong.",
};

/** What to do, for a code of an error; empty where the sentence has to say it all. */
export function remedyFor(code: string | null): string {
  return (code && REMEDIES[code]) || "";
}

/** The codes that have words here, so that a test can hold them against docs/errors.md. */
export const KNOWN_CODES = Object.keys(REMEDIES);
