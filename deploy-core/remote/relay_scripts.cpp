#include "remote/relay_scripts.h"

#include "base/shell_quote.h"
#include "remote/upload_scripts.h"

namespace deploy {

#define RELAY_PLACES                                                   \
    "PATH=${PATH:-/usr/bin}:/usr/local/sbin:/usr/sbin:/usr/bin:/bin\n" \
    "umask 077\n"                                                      \
    "relay=${FINCLIP_STATE:-/var/lib/finclip-deploy}/relay\n"          \
    "home=${FINCLIP_ROOT_HOME:-~root}\n"                               \
    "keys=$home/.ssh/authorized_keys mark=finclip-deploy-relay\n"

const char* const kRelayKeyScript = RELAY_PLACES R"sh(
: "$keys" "$mark"
command -v ssh >/dev/null && command -v ssh-keygen >/dev/null || exit 71
mkdir -p "$relay/$1" || exit 70
if [ ! -s "$relay/$1/key.pub" ]; then
    rm -f "$relay/$1/key"
    ssh-keygen -q -t ed25519 -N '' -C '' -f "$relay/$1/key" </dev/null >/dev/null || exit 71
fi
read -r type text _ <"$relay/$1/key.pub" && echo "key $type $text"
ip -o addr show scope global 2>/dev/null | while read -r _ _ _ address _; do echo "address ${address%%/*}"; done
)sh";

// The list of keys is replaced as a whole, so that no crash leaves half of it; a copy of the one
// before stays until it is put back.
const char* const kRelayAdmitScript = RELAY_PLACES R"sh(
mkdir -p "$relay" || exit 70
cat >"$relay/receive.new" && mv -f "$relay/receive.new" "$relay/receive" || exit 70
if [ ! -d "$home/.ssh" ]; then
    : >"$relay/made-folder" && mkdir -m 700 "$home/.ssh" || exit 70
fi
if [ ! -e "$keys" ]; then
    : >"$relay/made-file" && : >"$keys" || exit 70
fi
keys=$(readlink -f "$keys")
grep -q "$mark\$" "$keys" || cp -p "$keys" "$relay/before" || exit 70
if ! grep -qF "$1 $mark" "$keys"; then
    cp -p "$keys" "$keys.$mark" || exit 70
    {
        [ -z "$(tail -c 1 "$keys")" ] || echo
        echo "restrict,from=\"$2\",command=\"/bin/sh $relay/receive\" $1 $mark"
    } >>"$keys.$mark" && mv -f "$keys.$mark" "$keys" || exit 70
fi
for key in ${FINCLIP_HOST_KEYS:-/etc/ssh/ssh_host_*_key.pub}; do
    read -r type text _ <"$key" && echo "hostkey $type $text"
done
exit 0
)sh";

const char* const kRelaySendScript = RELAY_PLACES R"sh(
: "$keys" "$mark"
own=$relay/$1 part=$2 whole=$3 size=$4 sha=$5 at=$6 streams=$7 user=$8 address=$9
shift 9
there=$2
cat >"$own/known" || exit 70

feed() {
    idle=0
    while [ $((at * 65536)) -lt "$size" ]; do
        file=$whole
        [ -f "$file" ] || file=$part
        have=$(stat -c %s "$file" 2>/dev/null) || have=0
        blocks=$((have / 65536 - at))
        [ "$have" -lt "$size" ] || blocks=$(((size + 65535) / 65536 - at))
        [ "$blocks" -le 256 ] || blocks=256
        if [ "$blocks" -gt 0 ]; then
            # It gets its name just now, or nobody takes it any more.
            dd if="$file" bs=65536 skip="$at" count="$blocks" 2>/dev/null || {
                [ ! -f "$file" ] || return
                continue
            }
            at=$((at + blocks)) idle=0 there=1
            echo "at $((at * 65536))" >&3 || return
        else
            idle=$((idle + 1))
            # It was there and was used up: nothing more comes.
            [ "$there" = 0 ] || [ -f "$file" ] || [ "$idle" -le 3 ] || return
            [ "$idle" -le 100 ] || return
            [ $((idle % 10)) -ne 1 ] || echo wait >&3 || return
            sleep 0.2 2>/dev/null || sleep 1
        fi
    done
}

{
    feed | ssh -F /dev/null -i "$own/key" -p "$1" -o BatchMode=yes -o IdentitiesOnly=yes \
        -o ControlPath=none -o PreferredAuthentications=publickey -o LogLevel=ERROR \
        -o StrictHostKeyChecking=yes -o UserKnownHostsFile="$own/known" \
        -o GlobalKnownHostsFile=/dev/null -o HostKeyAlias=finclip-relay -o UpdateHostKeys=no \
        -o ConnectTimeout=5 -o ServerAliveInterval=5 -o ServerAliveCountMax=3 \
        -o Ciphers=aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,aes128-ctr \
        "$user@$address" "$sha $size $at $streams"
} 3>&1
status=$?
[ "$status" -ne 255 ] || exit 73
exit "$status"
)sh";

const char* const kRelayForgetScript = RELAY_PLACES R"sh(
[ "$1" != sender ] || rm -rf "${relay:?}/$2"
if [ "$1" != sender ]; then
    keys=$(readlink -f "$keys") || keys=$home/.ssh/authorized_keys
    if [ -f "$keys" ] && grep -q "$mark\$" "$keys"; then
        cp -p "$keys" "$keys.$mark" || exit 70
        grep -v "$mark\$" "$keys" >"$keys.$mark"
        # What ended without a newline does so again.
        if [ -f "$relay/before" ] && [ "$(cat "$relay/before")" = "$(cat "$keys.$mark")" ]; then
            cp -p "$relay/before" "$keys.$mark" || exit 70
        fi
        mv -f "$keys.$mark" "$keys" || exit 70
    fi
    rm -f "$keys.$mark"
    [ ! -e "$relay/made-file" ] || [ -s "$keys" ] || rm -f "$keys"
    [ ! -e "$relay/made-folder" ] || rmdir "$home/.ssh" 2>/dev/null
    rm -f "$relay/made-file" "$relay/made-folder" "$relay/before" "$relay/receive" "$relay/receive.new"
fi
[ "$1" != all ] || rm -rf "$relay"
[ ! -d "$relay" ] || rmdir "$relay" 2>/dev/null
exit 0
)sh";

#undef RELAY_PLACES

std::string relayReceiver(const std::string& folder) {
    // What the key asks for is its request's words, and these are checked one by one.
    return "folder=" + *shellQuote(folder) + R"sh(
set -f
# shellcheck disable=SC2086
set -- $SSH_ORIGINAL_COMMAND
[ $# -eq 4 ] || exit 64
case $1 in *[!0-9a-f]*) exit 64 ;; esac
[ ${#1} -eq 64 ] || exit 64
case $2$3$4 in *[!0-9]*) exit 64 ;; esac
[ -d "$folder" ] || exit 66
PATH=${PATH:-/usr/bin}:/usr/sbin:/usr/bin:/bin
LC_ALL=C
export LC_ALL
set -- "$folder/$1" "$folder/$1.part-$(printf %.16s "$1")" "$2" "$1" 600 "$3" "$(($4 != 0))"
)sh" + kUploadReceiveScript;
}

}  // namespace deploy
