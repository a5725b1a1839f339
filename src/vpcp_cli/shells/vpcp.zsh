#compdef vpcp
# Completion of vpcp for zsh. What the program offers is never evaluated: `value TAB description`, one a line.
_vpcp() {
    local line apart program=${${(Q)words[1]}/#\~\//$HOME/}
    local -a lines items
    lines=("${(@f)$(_VPCP_COMPLETE=zsh $program "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    case $lines[1] in
        '') return 1 ;;
        $'\tfiles') _files && return ;;
        $'\tfolders') _files -/ && return ;;
    esac
    for line in $lines; do
        items+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
        [[ ${line[1]} == "${${lines[1]}[1]}" ]] || apart=yes
    done
    # values with nothing in common: list them, and let what was typed stand
    [[ -n $PREFIX && -n $apart ]] && compstate[insert]= compstate[list]='list force'
    # -U: the program has chosen already, also by names that are not what is put in; -V: in its order
    _describe -V vpcp items -U
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _vpcp "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _vpcp vpcp
fi
