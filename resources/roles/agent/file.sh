# shellcheck shell=sh
# Is a file of the bundle on the server? Arguments: RUN LOCK PATH SIZE (bytes). Changes nothing.
# Files get their name only when they are complete and checked, so that name and size tell it.
# Answer, on standard output: `present` or `absent`.
if [ -f "$3" ] && [ "$(wc -c <"$3")" -eq "$4" ]; then
    echo present
else
    echo absent
fi
