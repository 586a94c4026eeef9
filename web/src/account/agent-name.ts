/** The order matters: Chrome calls itself Safari too, Edge and Coc Coc call themselves Chrome. */
const browsers: [RegExp, string][] = [
  [/coc_coc_browser\/(\d+)/i, "Coc Coc"],
  [/Edg(?:e|A|iOS)?\/(\d+)/, "Edge"],
  [/OPR\/(\d+)/, "Opera"],
  [/Firefox\/(\d+)/, "Firefox"],
  [/(?:Headless)?Chrome\/(\d+)/, "Chrome"],
  [/Version\/(\d+)[^ ]* (?:Mobile\/\S+ )?Safari\//, "Safari"],
];

const systems: [RegExp, string][] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** "Firefox 128, Windows" of a User-Agent; what is no browser says its own first word. */
export function agentName(agent: string | null): string {
  if (!agent) return "";
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1];
  for (const [pattern, name] of browsers) {
    const found = pattern.exec(agent);
    if (found) return [`${name} ${found[1]}`, system].filter(Boolean).join(", ");
  }
  return agent.split(" ")[0] ?? agent;
}
