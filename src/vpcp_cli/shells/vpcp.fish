# Completion of vpcp for fish. What the program offers is never evaluated: `value TAB description`, one a line.
function __vpcp_offers
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l offers (_VPCP_COMPLETE=fish $words[1] $words (string replace -r '^["\']' '' -- $word) 2>/dev/null)
    switch "$offers[1]"
        case \tfiles
            __fish_complete_path $word
        case \tfolders
            __fish_complete_directories $word
        case '*'
            string join -- \n $offers
    end
end
complete --command vpcp --no-files --keep-order --arguments '(__vpcp_offers)'
