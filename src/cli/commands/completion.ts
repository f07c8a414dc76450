import type { CommandSpec } from "../command.js";

/** @param all every command, this one included. */
export const completionOf = (all: () => readonly CommandSpec[]): CommandSpec => ({
  name: "completion",
  arguments: "<shell> [words...]",
  summary: "a script that completes commands, options, models and columns",
  description:
    "Prints a script for SHELL (bash, zsh or fish). It completes commands, options and their values, model names, and the columns of the file on the line.",
  options: ["quiet", "verbose", "color"],
  examples: [
    "source <(yule completion bash)                     # in ~/.bashrc",
    "source <(yule completion zsh)                      # in ~/.zshrc",
    "yule completion fish > ~/.config/fish/completions/yule.fish",
  ],
  load: async () => (await import("../completion/completion.js")).completing(all()),
});
