# Completion of vpcp for bash. What the program offers is never evaluated: `value TAB description`, one a line.
_vpcp() {
    local line program=${1/#\~\//$HOME/}
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            $'\tfiles') compopt -o default 2>/dev/null && return ;;
            $'\tfolders') compopt -o dirnames 2>/dev/null && return ;;
        esac
        # bash takes what follows = for a word of its own
        [[ $COMP_WORDBREAKS == *=* && $line == --*=* ]] && line=${line#*=}
        if [[ $COMP_TYPE == 63 ]]; then # a second Tab only lists: with descriptions, as wide as the screen
            line=${line/$'\t'/  }
            COMPREPLY+=("${line:0:${COLUMNS:-80}-1}")
        else
            COMPREPLY+=("${line%%$'\t'*}")
        fi
    done < <(_VPCP_COMPLETE=bash "$program" "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
}
complete -o nosort -F _vpcp vpcp 2>/dev/null || complete -F _vpcp vpcp
