# shellcheck shell=sh
# What launch starts in a session and process group of its own: runs the script of an attempt to its
# end, whatever happens to the connection. Argument: the attempt's folder. Standard input: the
# secrets. Descriptor 7 holds the lock on `alive`.
dir=$1
# Output that is kept: the first 16 MiB (in blocks of 512 bytes; of 1024 for an old bash: 32 MiB), and
# where there is more, the last 64 KiB.
keep_blocks=32768
tail_bytes=65536

trap : TERM INT HUP
printf '%s\n' "$$" >"$dir/pid.new" && mv "$dir/pid.new" "$dir/pid"

{
    # A signal to the group ends the script, not the one that writes down how it ended.
    trap : TERM INT HUP
    sh "$dir/script" 7>&-
    status=$?
    # Into a file that has its block already: a full disk does not hide how a step ended.
    printf '%-7s\n' "$status" 1<>"$dir/status.new" && mv "$dir/status.new" "$dir/status"
} 2>&1 | {
    exec 7>&-
    trap '' TERM INT HUP XFSZ
    # tee writes each piece as it comes, and goes on for tail when the log takes no more.
    {
        ulimit -f "$keep_blocks"
        tee -a "$dir/log" 2>"$dir/cut"
    } | tail -c "$tail_bytes" >"$dir/tail"
    if [ -s "$dir/cut" ]; then
        printf '\nfinclip: output was left out here\n'
        cat "$dir/tail"
    fi >>"$dir/log"
    rm -f "$dir/tail" "$dir/cut"
    : >"$dir/log.end"
}
