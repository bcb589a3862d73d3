export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * What a shell is told once. The words themselves come from the program, each time, as `word<tab>what it is`: so they
 * are those of the version that is installed.
 */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: String.raw`# scim-check completion for bash: eval "$(scim-check completion bash)"
_scim_check() {
  local IFS=$'\n' words
  words=$("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1)
  COMPREPLY=($words)
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]] && compopt -o nospace
}
complete -o nosort -F _scim_check scim-check 2>/dev/null || complete -F _scim_check scim-check
`.replaceAll("\\$", "$"),
  zsh: String.raw`#compdef scim-check
# scim-check completion for zsh: eval "$(scim-check completion zsh)"
_scim_check() {
  local -a words_ about_
  local word about
  while IFS=$'\t' read -r word about; do
    words_+=("$word")
    about_+=("$word\${about:+  -- $about}")
  done < <("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( \${#words_} )) && compadd -l -d about_ -a words_
}
compdef _scim_check scim-check
`.replaceAll("\\$", "$"),
  fish: `# scim-check completion for fish: scim-check completion fish | source
function __scim_check_complete
  set -l words (commandline -opc)
  set -l typed (commandline -ct)
  $words[1] complete -- $words[2..-1] "$typed" 2>/dev/null
end
complete -c scim-check -f -a '(__scim_check_complete)'
`,
};
