import { nearest, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { CommandSpec, Run } from "../command.js";
import { print } from "../output/print.js";
import { completions } from "./words.js";

/** Asks for candidates: what the scripts call. */
const WORDS = "words";

/** Each script asks `yule completion words -- WORDS…` for what may stand in the place of the last word; nothing means a file. */
const SCRIPTS = {
  bash: `# Completion of yule in bash: source <(yule completion bash)
_yule() {
  local IFS=$'\\n' cur="\${COMP_WORDS[COMP_CWORD]}"
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD-1}")
  COMPREPLY=($(yule completion words -- "\${words[@]}" "$cur" 2>/dev/null))
  if [[ \${#COMPREPLY[@]} -eq 0 ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$cur"))
  elif [[ \${COMPREPLY[0]} == *, || \${COMPREPLY[0]} == *"(" ]]; then
    compopt -o nospace 2>/dev/null
  fi
}
complete -F _yule yule
`,
  zsh: `#compdef yule
# Completion of yule in zsh: source <(yule completion zsh)
_yule() {
  local -a found
  found=("\${(@f)$(yule completion words -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)words[CURRENT]}" 2>/dev/null)}")
  if [[ -z "\${found[*]}" ]]; then
    _files
  else
    compadd -Q -- "\${(@q-)found}"
  fi
}
if [[ "\${funcstack[1]}" == "_yule" ]]; then
  _yule "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _yule yule
fi
`,
  fish: `# Completion of yule in fish: yule completion fish > ~/.config/fish/completions/yule.fish
function __yule_words
  set -l before (commandline -opc)
  set -l found (yule completion words -- $before[2..-1] (commandline -ct) 2>/dev/null)
  if test (count $found) -eq 0
    __fish_complete_path (commandline -ct)
  else
    printf '%s\\n' $found
  end
end
complete -c yule -f -a '(__yule_words)'
`,
} as const;

/** Prints the script of a shell, or the candidates that a script asks for. */
export const completing =
  (commands: readonly CommandSpec[]): Run =>
  async ({ shell }, name, given) => {
    if (name === WORDS) {
      const found = await completions((given ?? "").split("\0"), shell, commands);
      await print(shell.stdout, found.map((word) => `${word}\n`).join(""));
      return 0;
    }
    const shells = Object.keys(SCRIPTS);
    if (name === undefined || !(name in SCRIPTS)) {
      throw usageError(
        "unknown-shell",
        "shell",
        name,
        `There is no completion for ${show(name ?? "")}; did you mean ${nearest(name ?? "", shells)}? (bash, zsh and fish have one.)`,
      );
    }
    await print(shell.stdout, SCRIPTS[name as keyof typeof SCRIPTS]);
    return 0;
  };
