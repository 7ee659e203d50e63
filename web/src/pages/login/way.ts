/** Where to go after logging in: an address of this application, never another site's. */
export function wayOn(to: string | null): string {
  return to?.startsWith("/") && !/^\/[/\\]/.test(to) && !to.startsWith("/login") ? to : "/";
}
